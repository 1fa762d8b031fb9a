# Sourced by the benches. Runs the main class $1 with the properties that follow, on a server that has
# what one of this machine's size is given: a quarter of the memory for its pages (4 GB at most), and
# room for its log. With the 128 MB that PostgreSQL begins with, the catalogs of 10,000 tenants do not
# fit, and what is measured is how they are read again and again.
run_bench() {
  local main=$1 memory home
  shift
  memory=$(awk '/^MemTotal:/ { print int($2 / 4096) }' /proc/meminfo 2> /dev/null || true)
  if [ -z "$memory" ]; then memory=1024; fi
  if [ "$memory" -gt 4096 ]; then memory=4096; fi
  export TENANTRY_TEST_POSTGRES_SETTINGS=${TENANTRY_TEST_POSTGRES_SETTINGS:-shared_buffers=${memory}MB max_wal_size=8GB}
  echo "Server settings: $TENANTRY_TEST_POSTGRES_SETTINGS"
  ${MVN:-mvn} -B -q compile dependency:build-classpath -pl bench -am -Dmdep.outputFile=target/classpath
  home=$(ops/dev/jdk.sh)
  exec "$home/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED "$@" \
    -cp "bench/target/classes:$(cat bench/target/classpath)" "io.tenantry.bench.$main"
}
