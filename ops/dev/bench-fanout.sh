#!/usr/bin/env bash
# One change of each kind over the schemas of TENANTS (10000), beside stock Liquibase and Flyway on a
# SAMPLE (100) of schemas.
set -euo pipefail
cd "$(dirname "$0")/../.."

${MVN:-mvn} -B -q compile dependency:build-classpath -pl bench -am -Dmdep.outputFile=target/classpath
exec "$(ops/dev/jdk.sh)/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED \
  "-Dbench.tenants=${TENANTS:-10000}" "-Dbench.sample=${SAMPLE:-100}" \
  -Dbench.report=build/reports/fanout-bench.json \
  -cp "bench/target/classes:$(cat bench/target/classpath)" io.tenantry.bench.fanout.FanOutBench
