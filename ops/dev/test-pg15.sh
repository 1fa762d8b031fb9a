#!/usr/bin/env bash
# The same changelogs and the same suite on Debian's PostgreSQL 15, which is installed when missing.
# Only the tests of `make run` itself keep their own server: it brings PostgreSQL 18 along.
set -euo pipefail
cd "$(dirname "$0")/../.."
. ops/dev/proof.sh

bin=/usr/lib/postgresql/15/bin

install_server() {
  # The package would start a server of its own, which nobody asked for.
  as_root mkdir -p /etc/postgresql-common/createcluster.d &&
    echo 'create_main_cluster = false' |
    as_root tee /etc/postgresql-common/createcluster.d/tenantry.conf >/dev/null &&
    install_package postgresql-15
}

if [ ! -x "$bin/postgres" ]; then
  echo "Installing PostgreSQL 15 ..."
  if ! install_server || [ ! -x "$bin/postgres" ]; then
    echo "There is no PostgreSQL 15 in $bin, and it could not be installed." >&2
    finish pg15 0 1
  fi
fi
"$bin/postgres" --version

export TENANTRY_TEST_POSTGRES=embedded TENANTRY_TEST_POSTGRES_BIN=$bin TENANTRY_TEST_POSTGRES_MAJOR=15
code=0
${MVN:-mvn} -B -q clean
ops/dev/test-lanes.sh || code=$?
# Only an installed server has pg_dump and vacuumdb.
${MVN:-mvn} -B -q test -pl migrations -am -Dtest=ClientProgramsProof \
  -Dsurefire.failIfNoSpecifiedTests=false || code=$?
ops/dev/test-summary.sh pg15 "$code"
