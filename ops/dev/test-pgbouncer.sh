#!/usr/bin/env bash
# The attacks, the load and the tests of the walls through Debian's PgBouncer, installed when missing.
# It lends sessions by the transaction. What runs is listed in pgbouncer-tests.txt.
set -euo pipefail
cd "$(dirname "$0")/../.."

install_pooler() {
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  # The package's own service, where it starts one, is not used and is in nobody's way.
  "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y pgbouncer >/dev/null
}

finish() {
  mkdir -p build/reports
  printf '{"proof":"pgbouncer","passed":%d,"failed":%d,"skipped":%d}\n' "$1" "$2" "$3" \
    > build/reports/pgbouncer.json
  echo "$1 passed, $2 failed"
  [ "$2" -eq 0 ]
  exit
}

PATH=$PATH:/usr/sbin
if ! command -v pgbouncer >/dev/null; then
  echo "Installing PgBouncer ..."
  if ! install_pooler || ! command -v pgbouncer >/dev/null; then
    echo "There is no pgbouncer, and it could not be installed." >&2
    finish 0 1 0
  fi
fi
pgbouncer --version | head -1

tests=$(sed -e '/^#/d' -e '/^$/d' ops/dev/pgbouncer-tests.txt | paste -sd,)
reports=persistence/target/surefire-reports
rm -rf "$reports"
code=0
TENANTRY_TEST_POOLER=pgbouncer \
  ${MVN:-mvn} -B -q test -pl persistence -am "-Dtest=$tests" -Dsurefire.failIfNoSpecifiedTests=false || code=$?

read -r run failed skipped < <(
  cat "$reports"/TEST-*.xml 2>/dev/null | grep '<testsuite ' | awk '{
    for (i = 1; i <= NF; i++) {
      if (split($i, pair, "=\"") < 2) continue
      value = pair[2] + 0
      if (pair[1] == "tests") tests += value
      else if (pair[1] == "errors" || pair[1] == "failures") failed += value
      else if (pair[1] == "skipped") skipped += value
    }
  } END { print tests + 0, failed + 0, skipped + 0 }'
)
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
finish $((run > failed ? run - failed : 0)) "$failed" "$skipped"
