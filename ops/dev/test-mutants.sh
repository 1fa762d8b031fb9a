#!/usr/bin/env bash
# Takes each wall and check of ops/dev/mutants.txt away by itself, and demands that a test notices.
# ONLY= takes a part of a name. The list stays in build/reports/mutants.tsv.
set -euo pipefail
cd "$(dirname "$0")/../.."

list=build/reports/mutants.tsv
report=build/reports/mutants.json
rm -f "$list" "$report"

code=0
${MVN:-mvn} -B -q -fae test -pl migrations,persistence,api -am -Dtest=Mutants \
  -Dsurefire.failIfNoSpecifiedTests=false "-Dtest.argLine=-Dmutants.only=${ONLY:-}" >/dev/null || code=$?
mkdir -p build/reports
touch "$list"
cat "$list"
passed=$(awk -F '\t' '$2 == "killed" && $1 !~ /^none/' "$list" | wc -l)
failed=$(awk -F '\t' '$2 != "killed"' "$list" | wc -l)
# A run that broke off has not tried them all.
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
{
  printf '{"proof":"mutants","passed":%d,"failed":%d,"skipped":0,"mutants":[' "$passed" "$failed"
  awk -F '\t' '{ gsub(/["\\]/, " "); printf "%s{\"name\":\"%s\",\"outcome\":\"%s\",\"by\":\"%s\"}", (NR > 1 ? "," : ""), $1, $2, $3 }' "$list"
  printf ']}\n'
} > "$report"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
