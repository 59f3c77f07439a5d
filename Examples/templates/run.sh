#!/usr/bin/env bash
# Makes configuration files with the ports of two worktrees, and gives them to the programs they are for.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Examples/scratch.sh
source "$here/../scratch.sh"
PATH=$PATH:/usr/sbin

repository "$scratch/shop" "$here"/*.in "$here/../quickstart/server.py"
git -C "$scratch/shop" worktree add -q -b feature/auth "$scratch/shop-feature-auth"

for folder in shop shop-feature-auth; do
    cd "$scratch/$folder"
    show portrun write --template nginx.conf.in nginx.conf
    show portrun write --template shop.service.in shop.service
    show portrun write --template stack.yaml.in stack.yaml
    start "$folder" portrun run --book postgres -- python3 server.py
done

if command -v nginx >/dev/null; then
    for folder in shop shop-feature-auth; do
        cd "$scratch/$folder"
        proxy="http://127.0.0.1:$(portrun get proxy -q)/"
        echo "$folder \$ nginx -p . -c nginx.conf &"
        set -m
        nginx -p "$PWD/" -c nginx.conf -e stderr </dev/null >"$scratch/nginx.log" 2>&1 &
        set +m
        started+=($!)
        until answer=$(fetch "$proxy" 2>/dev/null); do
            kill -0 $! 2>/dev/null || { cat "$scratch/nginx.log" >&2 && exit 1; }
            sleep 0.05
        done
        echo "nginx at $proxy: $answer"
    done
else
    echo "nginx is not installed"
fi
if command -v systemd-analyze >/dev/null; then
    show systemd-analyze verify --man=no "$PWD/shop.service"
    echo "systemd: $(grep Environment shop.service)"
else
    echo "systemd-analyze is not installed"
fi
if docker compose version >/dev/null 2>&1; then
    echo "compose: $(docker compose -f stack.yaml config --format json | tr -d ' \n' | grep -o '"published":"[0-9]*"')"
else
    echo "docker compose is not installed"
fi
