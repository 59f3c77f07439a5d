#!/usr/bin/env bash
# Writes the systemd user units that a package brings: what `portrun daemon install` writes, for whichever user.
#   user-units.sh BINARIES FOLDER    BINARIES has portrun and portrund, which the package has in /usr/bin
set -euo pipefail

binaries=$(realpath "${1:?usage: user-units.sh BINARIES FOLDER}")
folder=${2:?usage: user-units.sh BINARIES FOLDER}
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
env -i HOME="$home" PATH="$PATH" "$binaries/portrun" daemon install --quiet >/dev/null

mkdir -p "$folder"
for unit in portrund.service portrund.socket; do
    text=$(cat "$home/.config/systemd/user/$unit")
    text=${text//"$home"/%h}
    printf '%s\n' "${text//"$binaries"//usr/bin}" >"$folder/$unit"
done

# has UNIT LINE: nothing of this machine is left in it
has() {
    if ! grep -qxF "$2" "$folder/$1"; then
        echo "user-units: error: $1 lacks the line \`$2\`" >&2
        exit 1
    fi
}
has portrund.service 'ExecStart="/usr/bin/portrund" "--registry" "%h/.local/state/portrun/registry.sqlite"'
has portrund.socket 'ListenStream=%h/.local/state/portrun/portrund.sock'
