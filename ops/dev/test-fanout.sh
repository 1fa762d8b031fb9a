#!/usr/bin/env bash
# Faults in a run over TENANTS (1000): the process killed, the server restarted, tenants that fail and
# one that is locked, ten that drift, with requests going on; and, over few tenants, what else may happen.
set -euo pipefail
cd "$(dirname "$0")/../.."

reports=migrations/target/surefire-reports/TEST-io.tenantry.migrations.fanout
rm -f "$reports".*.xml
code=0
${MVN:-mvn} -B -q test -pl migrations -am -Dtest='FanOutIT,FanOutFaultsIT,BusyTenantsIT,RunProofIT,FailuresThatAreOverIT' \
  -Dsurefire.failIfNoSpecifiedTests=false "-Dtest.argLine=-Dfanout.tenants=${TENANTS:-1000}" || code=$?
read -r tests failed < <(
  cat "$reports".*.xml 2>/dev/null | grep -h '<testsuite ' |
    awk '{ for (i = 1; i <= NF; i++) { if (split($i, pair, "=\"") < 2) continue
        if (pair[1] == "tests") tests += pair[2] + 0
        else if (pair[1] == "errors" || pair[1] == "failures" || pair[1] == "skipped") failed += pair[2] + 0 } }
      END { print tests + 0, failed + 0 }'
)
# A run that broke off has written no report.
if [ "$failed" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$tests" -eq 0 ]; }; then failed=1; fi
passed=$((tests > failed ? tests - failed : 0))
mkdir -p build/reports
printf '{"proof":"fanout","passed":%d,"failed":%d,"skipped":0}\n' "$passed" "$failed" > build/reports/fanout.json
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
