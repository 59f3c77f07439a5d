#!/usr/bin/env bash
# Enters two worktrees with direnv: each has its own ports in the environment, the same ones every time.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Examples/scratch.sh
source "$here/../scratch.sh"

# direnv remembers what was allowed; here only until the end.
export XDG_DATA_HOME="$scratch/data" XDG_CONFIG_HOME="$scratch/config" DIRENV_LOG_FORMAT=

repository "$scratch/shop" "$here/.envrc" "$here/compose.yaml"
git -C "$scratch/shop" worktree add -q -b feature/auth "$scratch/shop-feature-auth"

for folder in shop shop-feature-auth shop; do
    cd "$scratch/$folder"
    direnv allow .
    show direnv exec . printenv POSTGRES_PORT
done
