#!/usr/bin/env bash
# How long it takes to look at the schemas of TENANTS (10000), which are made first.
set -euo pipefail
cd "$(dirname "$0")/../.."
. ops/dev/bench.sh

run_bench fanout.DriftBench "-Dbench.tenants=${TENANTS:-10000}" \
  -Dbench.report=build/reports/bench-drift.json
