#!/usr/bin/env bash
# The attacks, the load and the tests of the walls through Debian's PgBouncer, installed when missing.
# It lends sessions by the transaction. What runs is listed in pgbouncer-tests.txt.
set -euo pipefail
cd "$(dirname "$0")/../.."
. ops/dev/proof.sh

PATH=$PATH:/usr/sbin
if ! command -v pgbouncer >/dev/null; then
  echo "Installing PgBouncer ..."
  if ! install_package pgbouncer || ! command -v pgbouncer >/dev/null; then
    echo "There is no pgbouncer, and it could not be installed." >&2
    finish pgbouncer 0 1
  fi
fi
pgbouncer --version | head -1

tests=$(sed -e '/^#/d' -e '/^$/d' ops/dev/pgbouncer-tests.txt | paste -sd,)
reports=persistence/target/surefire-reports
rm -rf "$reports"
code=0
TENANTRY_TEST_POOLER=pgbouncer \
  ${MVN:-mvn} -B -q test -pl persistence -am "-Dtest=$tests" -Dsurefire.failIfNoSpecifiedTests=false || code=$?

read -r run failed skipped < <(count_tests "$reports")
# A class of the list that ran no test has vanished; a pattern may find none.
while read -r entry; do
  class=${entry%%#*}
  case $class in *'*'*) continue ;; esac
  if ! ls "$reports"/TEST-*."$class".xml >/dev/null 2>&1; then
    echo "$class did not run." >&2
    failed=$((failed + 1))
  fi
done < <(tr , '\n' <<< "$tests")
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if [ "$skipped" -ne 0 ]; then
  echo "$skipped tests were skipped; a proof that left something out proves nothing." >&2
  failed=$((failed + 1))
fi
finish pgbouncer $((run > failed ? run - failed : 0)) "$failed" "$skipped"
