#!/usr/bin/env bash
# What it takes to make a tenant: TENANTS (0,1000,10000), SAMPLES (30) of each, SECONDS_TO_RUN (10)
# of each phase of reading.
set -euo pipefail
cd "$(dirname "$0")/../.."
. ops/dev/bench.sh

run_bench onboarding.OnboardingBench "-Dbench.tenants=${TENANTS:-0,1000,10000}" \
  "-Dbench.samples=${SAMPLES:-30}" "-Dbench.seconds=${SECONDS_TO_RUN:-10}" \
  -Dbench.report=build/reports/onboarding.json
