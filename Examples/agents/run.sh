#!/usr/bin/env bash
# Three checkouts of one project: git's hook books the ports of each at its birth, an agent works in all of them by
# `portrun mcp`, and the ports come back when two of them are gone.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# What `gc` drops is nobody else's here: a registry of its own, and numbers that no other example has.
EXAMPLES_REGISTRY=''
# shellcheck source=Examples/scratch.sh
source "$here/../scratch.sh"

# hook EVENT: what Claude Code runs by .claude/settings.json
hook() {
    bash -c "$(python3 -c '
import json, sys
print(json.load(open(".claude/settings.json"))["hooks"][sys.argv[1]][0]["hooks"][0]["command"])' "$1")"
}

# codex SECTION: what Codex runs by .codex/environments/environment.toml when it has made a worktree, or removes one
codex() {
    bash -c "$(sed -n "/^\[$1\]\$/,/^'''\$/p" .codex/environments/environment.toml | sed '1,2d;$d')"
}

# says WHAT: what somebody else does
says() { echo "$(basename "$PWD") # $*"; }

portrun config --set-range web:8150-8199 >/dev/null
repository "$scratch/board" "$here"/{server.py,test.py,package.json,hooks,.claude,.codex}
cd "$scratch/board"
show cp hooks/post-checkout .git/hooks/
show portrun adopt
show git worktree add -q -b login ../board-login
git -c core.hooksPath=/dev/null worktree add -q --detach ../board-review
cd ../board-review
says "Codex has made a worktree"
codex setup

echo
python3 "$here/agent.py" "$scratch"/board{,-login,-review}
echo

cd "$scratch/board-login"
says "Claude Code's session starts"
hook SessionStart
cd "$scratch/board"
show git worktree remove ../board-login
cd "$scratch/board-review"
says "Codex removes its worktree"
codex cleanup
show portrun status
cd "$scratch/board"
show git worktree remove ../board-review
says "Claude Code's session ends"
hook SessionEnd
show portrun status --all

echo
says "Claude Code makes and removes a worktree by the project's own hooks"
export CLAUDE_PROJECT_DIR=$PWD
echo '{"hook_event_name": "WorktreeCreate", "name": "search"}' | hooks/worktree-create
show portrun status -C ../board-search
remove="{\"hook_event_name\": \"WorktreeRemove\", \"worktree_path\": \"$PWD-search\"}"
echo "$remove" | hooks/worktree-remove
echo '{"hook_event_name": "WorktreeCreate", "name": "search"}' | hooks/worktree-create
echo "$remove" | hooks/worktree-remove
show portrun status --all
