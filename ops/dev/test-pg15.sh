#!/usr/bin/env bash
# The same changelogs and the same suite on Debian's PostgreSQL 15, which is installed when missing.
set -euo pipefail
cd "$(dirname "$0")/../.."

bin=/usr/lib/postgresql/15/bin

if [ ! -x "$bin/postgres" ]; then
  echo "Installing PostgreSQL 15 ..."
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  # The package would start a server of its own, which nobody asked for.
  "${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' |
    "${as_root[@]}" tee /etc/postgresql-common/createcluster.d/tenantry.conf >/dev/null
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -qq -y postgresql-15 >/dev/null
fi
if [ ! -x "$bin/postgres" ]; then
  echo "There is no PostgreSQL 15 in $bin, and it could not be installed." >&2
  echo "0 passed, 1 failed"
  exit 1
fi
"$bin/postgres" --version

code=0
TENANTRY_TEST_POSTGRES=embedded TENANTRY_TEST_POSTGRES_BIN=$bin \
  mvn -B clean test -Dmaven.test.failure.ignore=false --fail-at-end || code=$?
ops/dev/test-summary.sh pg15 "$code"
