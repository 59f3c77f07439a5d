#!/usr/bin/env bash
# Installs portrun on a machine that has no compiler, uses it and removes it, each way that docs/install.md names. The
# machine is a Debian made by debootstrap, in namespaces of its own: nothing of it is seen outside, or left behind.
#   fresh-machine.sh [BINARIES]    of the portrun and portrund there, by default of those that build-release.sh makes
# Needs root (or sudo), debootstrap and, the first time, a Debian mirror. Ends with 75 and a reason where that is not to
# be had, and with 1 where portrun failed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."

impossible() {
    echo "fresh-machine: NOT TRIED: $1" >&2
    exit 75
}

suite=bookworm
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
folder=$PWD/.build/fresh-machine
base=$folder/$suite.tar.gz

# Makes the machine's files, in memory.
make_base() {
    mount -t tmpfs -o mode=755 tmpfs "$folder/root"
    debootstrap --variant=minbase --include=git,python3,curl,wget "$suite" "$folder/root" "$mirror" >"$folder/log" 2>&1
    rm -rf "$folder/root"/var/cache/apt/* "$folder/root"/var/lib/apt/lists/*
    chroot "$folder/root" useradd --create-home --shell /bin/bash ada
    tar -C "$folder/root" -cf - . | gzip -1 >"$base.new"
    mv "$base.new" "$base"
}

# apart OPTION... COMMAND...: as root, in namespaces that end with the command
apart() {
    local root=()
    if [ "$(id -u)" != 0 ]; then root=(sudo -n env "PATH=$PATH" "DEBIAN_MIRROR=$mirror"); fi
    "${root[@]}" unshare --mount --pid --fork --kill-child "$@"
}

# What is installed from: the files of a release, as the workflow makes them.
make_release() {
    local tree=$folder/tree release=$folder/srv/latest/download page=.build/share/man/man1/portrun.1
    if [ ! -e "$page" ]; then # it takes minutes to make, and nobody reads it here
        page=$folder/portrun.1
        printf '%s\n' '.Dd 2026' '.Dt PORTRUN 1' .Os '.Sh NAME' '.Nm portrun' '.Nd "run a command on ports"' >"$page"
    fi
    rm -rf "$tree" "$folder/srv"
    mkdir -p "$release"
    scripts/install.sh "$tree" "$binaries" "$page" >&2
    cp "$(scripts/archive.sh "linux-$(uname -m)" "$tree")" "$release/"
    cp "$(scripts/deb.sh "$tree")" "$folder/srv/portrun.deb"
    if command -v rpmbuild >/dev/null; then cp "$(scripts/rpm.sh "$tree")" "$folder/srv/portrun.rpm"; fi
    cp scripts/install-release.sh "$release/install.sh"
    cp scripts/fresh-machine/use.sh "$folder/srv/"
    (cd "$release" && sha256sum ./*.gz install.sh | sed 's, \./, ,' >SHA256SUMS)
}

if [ "${1:-}" = --base ]; then
    make_base
    exit
fi

[ "$(uname)" = Linux ] || impossible "this is no Linux"
[ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || impossible "this needs root"
PATH=$PATH:/usr/sbin:/sbin
command -v debootstrap >/dev/null || impossible "debootstrap is not installed"
apart --net ip link set lo up 2>/dev/null || impossible "no namespaces of one's own can be made here"
mkdir -p "$folder/root"
if [ ! -e "$base" ]; then
    echo "fresh-machine: making a Debian by debootstrap" >&2
    apart "$here/fresh-machine.sh" --base || {
        tail -n 5 "$folder/log" >&2
        impossible "debootstrap has failed (see above)"
    }
fi

binaries=${1:-$(dirname "$(scripts/build-release.sh)")}
make_release
apart --net "$here/fresh-machine/steps.sh" "$folder"
