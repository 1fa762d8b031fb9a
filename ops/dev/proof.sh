# For the scripts of the proofs: sourced, not run. Each proof ends with "N passed, N failed" and a file
# build/reports/PROOF.json; a run that broke off, or left something out, has failed.

# count_tests FOLDER...: how many tests ran, failed and were skipped by the reports below the folders.
count_tests() {
  find "$@" -path '*surefire-reports/TEST-*.xml' -print0 2>/dev/null |
    xargs -0 -r grep -h '<testsuite ' |
    awk '{
      for (i = 1; i <= NF; i++) {
        if (split($i, pair, "=\"") < 2) continue
        value = pair[2] + 0
        if (pair[1] == "tests") tests += value
        else if (pair[1] == "errors" || pair[1] == "failures") failed += value
        else if (pair[1] == "skipped") skipped += value
      }
    } END { print tests + 0, failed + 0, skipped + 0 }'
}

# finish PROOF PASSED FAILED [SKIPPED [MORE]]: writes the report and ends the script. MORE is JSON that
# follows the numbers.
finish() {
  mkdir -p build/reports
  printf '{"proof":"%s","passed":%d,"failed":%d,"skipped":%d%s}\n' \
    "$1" "$2" "$3" "${4:-0}" "${5:+,$5}" > "build/reports/$1.json"
  echo "$2 passed, $3 failed"
  [ "$3" -eq 0 ]
  exit
}

# as_root COMMAND...
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# install_package NAME: of Debian. Its own service, where it starts one, is in nobody's way.
install_package() {
  as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "$1" >/dev/null
}

# own_report PROOF MODULE CLASS PROPERTIES: runs one test class that writes its own report, and ends as
# the report says. SEED= goes to it as PROOF.seed, and it prints its seed in a line of its own.
own_report() {
  local proof=$1 module=$2 class=$3 properties=$4 code=0 passed failed
  local report=build/reports/$proof.json
  rm -f "$report"
  if [ -n "${SEED:-}" ]; then properties="$properties -D$proof.seed=$SEED"; fi
  ${MVN:-mvn} -B -q test -pl "$module" -am "-Dtest=$class" -Dsurefire.failIfNoSpecifiedTests=false \
    "-Dtest.argLine=$properties" || code=$?
  grep -hi "^$proof seed" "$module"/target/surefire-reports/*"$class"-output.txt || true
  # A run that broke off has written no report.
  [ -f "$report" ] || finish "$proof" 0 1
  passed=$(sed 's/.*"passed":\([0-9]*\).*/\1/' "$report")
  failed=$(sed 's/.*"failed":\([0-9]*\).*/\1/' "$report")
  if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then finish "$proof" "$passed" 1; fi
  # It says more than the numbers: leave it as it is.
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
