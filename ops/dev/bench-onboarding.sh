#!/usr/bin/env bash
# What it takes to make a tenant: TENANTS (0,1000,10000), SAMPLES (30) of each, SECONDS_TO_RUN (10)
# of each phase of reading.
set -euo pipefail
cd "$(dirname "$0")/../.."

${MVN:-mvn} -B -q compile dependency:build-classpath -pl bench -am -Dmdep.outputFile=target/classpath
exec "$(ops/dev/jdk.sh)/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED \
  "-Dbench.tenants=${TENANTS:-0,1000,10000}" "-Dbench.samples=${SAMPLES:-30}" \
  "-Dbench.seconds=${SECONDS_TO_RUN:-10}" -Dbench.report=build/reports/onboarding.json \
  -cp "bench/target/classes:$(cat bench/target/classpath)" io.tenantry.bench.onboarding.OnboardingBench
