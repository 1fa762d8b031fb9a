#!/usr/bin/env bash
# Faults in a run over TENANTS (1000): the process killed, the server restarted, tenants that fail and
# one that is locked, ten that drift, with requests going on; and, over few tenants, what else may happen.
set -euo pipefail
cd "$(dirname "$0")/../.."
. ops/dev/proof.sh

reports=migrations/target/surefire-reports/TEST-io.tenantry.migrations.fanout
rm -f "$reports".*.xml
code=0
${MVN:-mvn} -B -q test -pl migrations -am -Dtest='FanOutIT,FanOutFaultsIT,BusyTenantsIT,RunProofIT,FailuresThatAreOverIT' \
  -Dsurefire.failIfNoSpecifiedTests=false "-Dtest.argLine=-Dfanout.tenants=${TENANTS:-1000}" || code=$?
read -r tests failed skipped < <(count_tests "$reports".*.xml)
# What was left out proves nothing.
failed=$((failed + skipped))
# A run that broke off has written no report.
if [ "$failed" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$tests" -eq 0 ]; }; then failed=1; fi
finish fanout $((tests > failed ? tests - failed : 0)) "$failed"
