#!/bin/sh
# Uses portrun as docs say, in two worktrees at once: each has a server that answers on a port of its own. Asks the daemon
# for what it has, and ends it. fresh-machine.sh runs it on its machine, as a user.
set -eu

fail() {
    echo "use: error: $1" >&2
    exit 1
}

portrun --version
cd
git init -q -b main shop
cd shop
git config user.name Ada
git config user.email ada@example.com
git commit -q --allow-empty -m start
git worktree add -q -b feature ../shop-feature
for folder in shop shop-feature; do
    cd ~/$folder
    echo $folder >name
    portrun -- python3 -u -m http.server '{port}' --bind 127.0.0.1 >log 2>errors &
    echo $! >pid
done

for folder in shop shop-feature; do
    cd ~/$folder
    tries=0
    until grep -q '^Serving .* port ' log; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || fail "no server in $folder: $(cat errors)"
        sleep 0.1
    done
    port=$(sed -n 's/^Serving .* port \([0-9]*\) .*/\1/p' log)
    found=$(wget -q -O - "http://127.0.0.1:$port/name")
    [ "$found" = $folder ] || fail "port $port gives $found, and not $folder"
    portrun status | grep -qw "$port" || fail "portrun status does not know of $port in $folder: $(portrun status)"
    echo "$folder on $port"
done
for folder in shop shop-feature; do kill "$(cat ~/$folder/pid)"; done
wait

portrun daemon start -q
portrun daemon status
portrun daemon stop
cd
rm -rf shop shop-feature
portrun gc
