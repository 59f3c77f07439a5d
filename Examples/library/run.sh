#!/usr/bin/env bash
# Builds the program in a folder of its own, and runs it in two worktrees of one project.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Examples/scratch.sh
source "$here/../scratch.sh"

build=${PORTRUN_EXAMPLE_BUILD:-$scratch/build}
swift build --package-path "$here" --scratch-path "$build" >&2

repository "$scratch/shop" "$here/README.md"
git -C "$scratch/shop" worktree add -q -b feature/auth "$scratch/shop-auth"
for folder in shop shop-auth; do
    cd "$scratch/$folder"
    show "$build/debug/library" | sed "s|$build/debug/||"
    echo
done

# A registry that cannot be made: the program says so, and exits with 1.
cd "$scratch/shop"
if PORTRUN_REGISTRY=$PWD/README.md/registry.sqlite show "$build/debug/library" | sed "s|$scratch|~|g; s|$build/debug/||"; then
    exit 1
fi
