#!/usr/bin/env bash
# How long it takes to look at the schemas of TENANTS tenants, which are made first.
set -euo pipefail
cd "$(dirname "$0")/../.."

report=build/reports/bench-drift.json
rm -f "$report"
${MVN:-mvn} -B -q test -pl bench -am -Dtest=DriftBench -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dtest.argLine=-Dbench.tenants=${TENANTS:-10000}"
cat "$report"
