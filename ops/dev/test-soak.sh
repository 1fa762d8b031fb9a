#!/usr/bin/env bash
# Many tenants at once under trouble: SECONDS_TO_RUN of it, with the choices of an earlier run by SEED.
set -euo pipefail
cd "$(dirname "$0")/../.."
. ops/dev/proof.sh

own_report soak persistence SoakIT "-Dsoak.seconds=${SECONDS_TO_RUN:-300}"
