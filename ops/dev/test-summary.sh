#!/usr/bin/env bash
# Says how many tests ran and how many were skipped, from Maven's reports.
#   test-summary.sh              the count, compared with the committed floor (.ci/test-floor), and
#                                the codes of docs/errors.md that no test has produced
#   test-summary.sh PROOF CODE   for a proof that runs the whole suite elsewhere: ends with
#                                "N passed, N failed" and writes build/reports/PROOF.json. CODE is the
#                                exit code of the run: one that broke, or ran less than the floor, failed
set -euo pipefail
cd "$(dirname "$0")/../.."
. ops/dev/proof.sh

read -r tests failed skipped < <(count_tests ./*/target)
executed=$((tests - skipped))
floor=$(sed -n 's/^executed=//p' .ci/test-floor)
allowed=$(sed -n 's/^skipped=//p' .ci/test-floor)

if [ $# -eq 2 ]; then
  proof=$1 code=$2
  if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  # A proof that left something out proves nothing.
  if [ "$executed" -lt "$floor" ] || [ "$skipped" -gt "$allowed" ]; then
    echo "$executed tests ran and $skipped were skipped; the floor is $floor, at most $allowed skipped." >&2
    failed=$((failed + 1))
  fi
  finish "$proof" $((executed > failed ? executed - failed : 0)) "$failed" "$skipped"
fi

echo "$executed tests ran ($failed failed), $skipped were skipped; the floor is $floor run, at most $allowed skipped."
if [ "$executed" -lt "$floor" ] || [ "$skipped" -gt "$allowed" ]; then
  echo "Tests have vanished. Find out why; lower .ci/test-floor only on purpose." >&2
  exit 1
fi

unseen=$(comm -23 <(sed -n 's/^| `\([a-z_]*\)` |.*/\1/p' docs/errors.md | sort) \
  <({ ls build/seen-codes 2>/dev/null || true; } | sort))
if [ -n "$unseen" ]; then
  echo "No test has produced these error codes:" $unseen >&2
  exit 1
fi
[ "$failed" -eq 0 ]
