#!/usr/bin/env bash
# Odd requests against a real server: COUNT of them, the same ones again with the SEED of an earlier run.
set -euo pipefail
cd "$(dirname "$0")/../.."
. ops/dev/proof.sh

own_report fuzz api FuzzIT "-Dfuzz.count=${COUNT:-200000}"
