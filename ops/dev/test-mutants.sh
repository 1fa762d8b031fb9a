#!/usr/bin/env bash
# Takes each wall and check of ops/dev/mutants.txt away by itself, and demands that a test notices.
# ONLY= takes a regular expression for names. The list stays in build/reports/mutants.tsv.
set -euo pipefail
cd "$(dirname "$0")/../.."
. ops/dev/proof.sh

list=build/reports/mutants.tsv
rm -f "$list" build/reports/mutants.json

export ONLY="${ONLY:-}"
code=0
${MVN:-mvn} -B -q -Dmaven.test.failure.ignore=true test -pl migrations,persistence,api -am -Dtest=Mutants \
  -Dsurefire.failIfNoSpecifiedTests=false >/dev/null || code=$?
mkdir -p build/reports
touch "$list"
cat "$list"
passed=$(awk -F '\t' '$2 == "killed" && $1 !~ /^none/' "$list" | wc -l)
failed=$(awk -F '\t' '$2 != "killed"' "$list" | wc -l)
# A run that broke off has not tried them all.
missing=$(grep '^== ' ops/dev/mutants.txt | cut -c4- | { grep -E -- "$ONLY" || true; } | while read -r name; do
  cut -f1 "$list" | grep -qxF -- "$name" || echo "$name"
done | wc -l)
# Nothing chosen, nothing shown.
if [ "$missing" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$passed" -eq 0 ]; }; then missing=1; fi
each=$(awk -F '\t' '{ gsub(/["\\]/, " "); printf "%s{\"name\":\"%s\",\"outcome\":\"%s\",\"by\":\"%s\"}", (NR > 1 ? "," : ""), $1, $2, $3 }' "$list")
finish mutants "$passed" $((failed + missing)) 0 "\"mutants\":[$each]"
