#!/usr/bin/env bash
# Runs `npm run dev` twice in one checkout: the second takes the next port instead of failing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Examples/scratch.sh
source "$here/../scratch.sh"

repository "$scratch/notes" "$here/server.js" "$here/package.json"
cd "$scratch/notes"

start first portrun -- npm run dev
start second portrun -- npm run dev

echo
fetch "$(address first)"
fetch "$(address second)"
echo
show portrun status
