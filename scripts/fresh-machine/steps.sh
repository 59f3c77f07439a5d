#!/usr/bin/env bash
# What fresh-machine.sh does on its machine; in namespaces of its own, so that nothing has to be cleaned up.
#   steps.sh FOLDER    with the machine's files, and what it installs from in FOLDER/srv
set -euo pipefail
folder=$1
root=$folder/root
base=("$folder"/*.tar.gz)
releases=http://127.0.0.1:8080

fail() {
    echo "fresh-machine: error: $1" >&2
    exit 1
}

# as USER COMMAND: in a shell of the machine
as() {
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive PORTRUN_RELEASES="$releases" chroot "$root" su "$1" -c "cd; $2" </dev/null
}

# quietly COMMAND...: what it says is of interest where it fails
quietly() { "$@" >"$folder/log" 2>&1 || { cat "$folder/log" >&2 && fail "\`$*\`"; }; }

# All that the machine has, but for what the package manager notes of itself.
files() {
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./srv -o -path ./var/log -o -path ./var/cache/apt -o \
        -path ./var/lib/apt -o -path './var/lib/dpkg/status*' -o -path './var/lib/dpkg/*lock*' \) -prune -o \
        -type d -printf '%p/ %m %u\n' -o -printf '%p %m %u %s %l\n' | LC_ALL=C sort)
}

# unchanged WHAT: nothing is left over
unchanged() {
    files >"$folder/after"
    diff "$folder/before" "$folder/after" >&2 || fail "$1 has left the above behind, or taken it away"
}

# has PREFIX: completions and man pages are where shells and man look
has() {
    as ada "bash -c '. $1/share/bash-completion/completions/portrun && complete -p portrun'" >/dev/null
    local pattern found
    for pattern in zsh/*/_portrun fish/vendor_completions.d/portrun.fish man/man1/portrun.1* man/man1/portrund.1*; do
        # shellcheck disable=SC2206 # a pattern
        found=("$root$1/share/"$pattern)
        [ -s "${found[0]}" ] || fail "$1/share/$pattern is not there"
    done
}

# The registry is the user's, and docs/install.md says so.
without_registry() {
    as ada 'rm -r ~/.local/state/portrun; rmdir -p --ignore-fail-on-non-empty ~/.local/state'
}

# by_script USER PREFIX FETCH SHELL
by_script() {
    echo "== $1: $3 … | $4"
    for _ in 1 2; do as "$1" "$3 $releases/latest/download/install.sh | $4"; done
    has "$2"
    as ada "PATH=$2/bin:\$PATH; . /srv/use.sh"
    as "$1" "$3 $releases/latest/download/install.sh | $4 -s -- --uninstall"
    without_registry
    unchanged "install.sh"
}

by_package() {
    echo "== root: apt-get install ./portrun.deb"
    for _ in 1 2; do quietly as root "apt-get install -y --reinstall /srv/portrun.deb"; done
    has /usr
    [ -s "$root/usr/lib/systemd/user/portrund.socket" ] || fail "the package has no unit"
    as ada ". /srv/use.sh"
    quietly as root "apt-get purge -y portrun"
    without_registry
    unchanged "the .deb package"
}

# The machine has no rpm: with this one's, into a folder with a list of packages of its own.
by_rpm() {
    echo "== root: rpm -i portrun.rpm"
    local target=$root/mnt
    mount -t tmpfs tmpfs "$target"
    quietly rpm --root "$target" --initdb
    quietly rpm --root "$target" -i --nodeps "$folder/srv/portrun.rpm"
    quietly rpm --root "$target" -i --nodeps --replacepkgs "$folder/srv/portrun.rpm"
    quietly rpm --root "$target" -V --nodeps portrun
    [ "$(chroot "$target" /usr/bin/portrun --version)" = "$("$folder/tree/bin/portrun" --version)" ]
    quietly rpm --root "$target" -e portrun
    find "$target" -name '*portrun*' >"$folder/after"
    [ ! -s "$folder/after" ] || fail "the .rpm package has left this behind: $(cat "$folder/after")"
    umount "$target"
}

mount -t tmpfs -o mode=755 tmpfs "$root"
tar -C "$root" -xzf "${base[0]}"
mount -t proc proc "$root/proc"
mount --bind "$folder/srv" "$root/srv"
ip link set lo up
if as ada 'command -v swift || command -v cc'; then fail "the machine has a compiler"; fi
as ada 'exec python3 -m http.server 8080 --bind 127.0.0.1 --directory /srv' >"$folder/server.log" 2>&1 &
as ada "until wget -q -O /dev/null $releases/; do sleep 0.1; done"

files >"$folder/before"
by_script ada /home/ada/.local "curl -fsSL" sh
by_script root /usr/local "curl -fsSL" bash
rm "$root/usr/bin/curl"
files >"$folder/before"
by_script ada /home/ada/.local "wget -qO-" dash
by_package
if [ -e "$folder/srv/portrun.rpm" ]; then by_rpm; fi
