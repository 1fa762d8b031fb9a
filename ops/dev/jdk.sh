#!/usr/bin/env bash
# Prints the home of a JDK 25, also when `java` on PATH is older.
# Looks at JAVA_HOME, JAVA25_HOME, PATH, and where JDKs are usually installed.
set -euo pipefail

wanted=25
seen=()

# Prints the feature version of the JDK in folder $1, nothing when there is none.
version_of() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

candidates() {
  [ -z "${JAVA25_HOME:-}" ] || echo "$JAVA25_HOME"
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  if command -v javac >/dev/null; then
    local javac
    javac=$(readlink -f "$(command -v javac)" 2>/dev/null || command -v javac)
    dirname "$(dirname "$javac")"
  fi
  for folder in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    echo "$folder"
  done
}

while IFS= read -r home; do
  version=$(version_of "$home")
  [ -n "$version" ] || continue
  if [ "$version" = "$wanted" ]; then
    echo "$home"
    exit 0
  fi
  seen+=("$version in $home")
done < <(candidates)

{
  echo "Tenantry needs JDK $wanted, and none was found."
  if [ ${#seen[@]} -gt 0 ]; then
    printf 'Found: %s\n' "${seen[@]}" | sort -u
  fi
  echo "Install a JDK $wanted (Temurin, for example), or set JAVA25_HOME to one."
} >&2
exit 1
