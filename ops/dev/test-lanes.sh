#!/usr/bin/env bash
# Compiles the product once, then compiles and runs the tests of two lanes of modules side by side: one
# JVM leaves half of two cores idle, and two in one module would each build their own servers. Which
# module is in which lane stands in the POMs (skip.first.lane). What a lane says is shown when it ends.
set -euo pipefail
cd "$(dirname "$0")/../.."

logs=build/lanes
mkdir -p "$logs"
# The first step has done all this, and two must not write the same files.
done_before=(-Dmaven.main.skip=true -Dmaven.resources.skip=true -Denforcer.skip=true -Dlicense.skipAddThirdParty=true)

# The servers sync as ever, but to memory where there is plenty: their data live for minutes.
free_in_memory() { df -P -k /dev/shm 2>/dev/null | awk 'NR == 2 { free = int($4 / 1048576) } END { print free + 0 }'; }
if [ -z "${TENANTRY_TEST_POSTGRES_DATA:-}" ] && [ "$(uname -s)" = Linux ] && [ "$(free_in_memory)" -ge 8 ]; then
  export TENANTRY_TEST_POSTGRES_DATA=/dev/shm
fi

# lane NAME OTHER
lane() {
  exec ${MVN:-mvn} -B -q -fae test "${done_before[@]}" "-Dskip.$2.lane=true" >"$logs/$1.log" 2>&1
}

${MVN:-mvn} -B -q -T2 compile

lane first second &
first=$!
lane second first &
second=$!
# What runs in the background does not hear Ctrl-C.
trap 'kill "$first" "$second" 2>/dev/null; exit 130' INT TERM

code=0
wait "$first" || code=$?
cat "$logs/first.log"
wait "$second" || code=$?
cat "$logs/second.log"
exit "$code"
