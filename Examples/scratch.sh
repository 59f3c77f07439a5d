# Sourced by each run.sh: a scratch folder with a portrun registry of its own, commands started in it, and an
# end that stops them and leaves nothing behind. Needs only bash, git and python3.
# shellcheck shell=bash

scratch=$(cd "$(mktemp -d)" && pwd -P)
export XDG_STATE_HOME="$scratch/state"
# One's own may be set; several examples that run at the same time share one, to have different ports.
export PORTRUN_REGISTRY="${EXAMPLES_REGISTRY:-$scratch/state/registry.sqlite}"
started=()

finish() {
    local pid
    for pid in ${started[@]+"${started[@]}"}; do
        kill -- "-$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$scratch"
}
trap finish EXIT

# show COMMAND...: prints the command as typed at a prompt, then runs it
show() {
    echo "$(basename "$PWD") \$ $*"
    "$@"
}

# start NAME COMMAND...: runs the command in the background, and returns when it has printed its address
start() {
    local name=$1
    shift
    echo "$(basename "$PWD") \$ $* &"
    : >"$scratch/$name.log" # before anybody looks
    set -m # a process group of its own: npm passes a signal on to the shell in between, not to the app (npm/cli#5776)
    "$@" </dev/null >"$scratch/$name.log" 2>&1 &
    set +m
    started+=($!)
    local tries=0
    # Up to the end of its line: what is read in the middle of a write has half an address.
    until grep -q 'http://' "$scratch/$name.log" && [ -z "$(tail -c 1 "$scratch/$name.log")" ]; do
        tries=$((tries + 1))
        if ! kill -0 $! 2>/dev/null || [ $tries -gt 200 ]; then
            echo "$name did not start:" >&2
            cat "$scratch/$name.log" >&2
            exit 1
        fi
        sleep 0.05
    done
    cat "$scratch/$name.log"
}

# address NAME: the address that the command printed
address() {
    grep -o 'http://[^ ]*' "$scratch/$1.log" | head -n 1
}

# fetch ADDRESS: what answers there
fetch() {
    python3 - "$1" <<'PYTHON'
import sys, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
print(opener.open(sys.argv[1], timeout=10).read().decode(), end="")
PYTHON
}

# repository FOLDER FILE...: a git repository of these files on branch main
repository() {
    local folder=$1
    shift
    git init -q -b main "$folder"
    cp -R "$@" "$folder"
    git -C "$folder" add .
    git -C "$folder" -c user.name=portrun -c user.email=portrun@example.invalid commit -q -m "first commit"
}
