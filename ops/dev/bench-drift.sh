#!/usr/bin/env bash
# How long it takes to look at the schemas of TENANTS (10000), which are made first.
set -euo pipefail
cd "$(dirname "$0")/../.."

${MVN:-mvn} -B -q compile dependency:build-classpath -pl bench -am -Dmdep.outputFile=target/classpath
exec "$(ops/dev/jdk.sh)/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED \
  "-Dbench.tenants=${TENANTS:-10000}" -Dbench.report=build/reports/bench-drift.json \
  -cp "bench/target/classes:$(cat bench/target/classpath)" io.tenantry.bench.fanout.DriftBench
