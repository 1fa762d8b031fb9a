#!/usr/bin/env bash
# Many tenants at once under trouble: SECONDS_TO_RUN of it, with the choices of an earlier run by SEED.
set -euo pipefail
cd "$(dirname "$0")/../.."

report=build/reports/soak.json
rm -f "$report"
properties="-Dsoak.seconds=${SECONDS_TO_RUN:-300}"
if [ -n "${SEED:-}" ]; then properties="$properties -Dsoak.seed=$SEED"; fi

code=0
${MVN:-mvn} -B -q test -pl persistence -am -Dtest=SoakIT -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dtest.argLine=$properties" || code=$?
grep -h '^Soak seed' persistence/target/surefire-reports/*SoakIT-output.txt || true
# A run that broke off has written no report.
if [ ! -f "$report" ]; then
  mkdir -p build/reports
  echo '{"proof":"soak","passed":0,"failed":1,"skipped":0}' > "$report"
fi
passed=$(sed 's/.*"passed":\([0-9]*\).*/\1/' "$report")
failed=$(sed 's/.*"failed":\([0-9]*\).*/\1/' "$report")
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
  failed=1
  printf '{"proof":"soak","passed":%d,"failed":%d,"skipped":0}\n' "$passed" "$failed" > "$report"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
