#!/usr/bin/env bash
# One change of each kind over the schemas of TENANTS (10000), beside stock Liquibase and Flyway on a
# SAMPLE (100) of schemas.
set -euo pipefail
cd "$(dirname "$0")/../.."
. ops/dev/bench.sh

run_bench fanout.FanOutBench "-Dbench.tenants=${TENANTS:-10000}" "-Dbench.sample=${SAMPLE:-100}" \
  -Dbench.report=build/reports/fanout-bench.json
