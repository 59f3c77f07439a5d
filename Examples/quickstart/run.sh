#!/usr/bin/env bash
# Runs this app in two git worktrees at once, each on ports of its own. Nothing of it is edited for that.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Examples/scratch.sh
source "$here/../scratch.sh"

# The containers too, but only where that needs no download.
can_compose() {
    docker compose version >/dev/null 2>&1 &&
        docker image inspect postgres:17-alpine redis:8-alpine >/dev/null 2>&1
}

# in_both COMMAND...: in each of the two worktrees
in_both() {
    local folder
    for folder in shop shop-feature-auth; do
        (cd "$scratch/$folder" && show "$@")
    done
}

repository "$scratch/shop" "$here/server.py" "$here/compose.yaml" "$here/package.json"
git -C "$scratch/shop" worktree add -q -b feature/auth "$scratch/shop-feature-auth"

cd "$scratch/shop"
start main portrun -- python3 server.py
cd "$scratch/shop-feature-auth"
start feature portrun -- python3 server.py

echo
fetch "$(address main)"
fetch "$(address feature)"
echo

if can_compose; then
    in_both portrun -- docker compose up --detach --quiet-pull
    in_both portrun -- docker compose ps --format '{{.Name}} {{.Ports}}'
    in_both portrun -- docker compose down --timeout 1
    echo
fi

show portrun status --all
