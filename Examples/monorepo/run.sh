#!/usr/bin/env bash
# Runs two apps of one checkout: each folder has a port of its own, and one finds the other's by name.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Examples/scratch.sh
source "$here/../scratch.sh"

repository "$scratch/suite" "$here/apps"

cd "$scratch/suite/apps/api"
start api portrun -- python3 server.py
cd "$scratch/suite/apps/web"
start web portrun run --book apps-api -- python3 server.py

echo
fetch "$(address web)"
echo
show portrun status
