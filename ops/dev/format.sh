#!/usr/bin/env bash
# Formats all Java sources (write), or names those that are not formatted and fails (check).
# The formatter needs a newer Java than Maven may run on, so it runs by itself.
set -euo pipefail
cd "$(dirname "$0")/../.."

mode=${1:?usage: format.sh write|check}
home=$(ops/dev/jdk.sh)
java=$home/bin/java
${MVN:-mvn} -q -N dependency:copy@formatter
jar=$(echo build/tools/google-java-format-*-all-deps.jar)

case $mode in
  write) options=(--replace) ;;
  check) options=(--dry-run --set-exit-if-changed) ;;
  *) echo "format.sh: $mode is neither write nor check" >&2; exit 2 ;;
esac

if ! find . -name '*.java' -not -path '*/target/*' -print0 |
  xargs -0 "$java" -jar "$jar" "${options[@]}"; then
  echo "These files are not formatted: run make format." >&2
  exit 1
fi
