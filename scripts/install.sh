#!/usr/bin/env bash
# Installs the release binaries, the man pages, the completions and an example below the prefix given.
#   install.sh PREFIX [BINARIES PAGE]    of the portrun and portrund there and a man page that is there, by default of
#                                        those that it makes
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

prefix=${1:?usage: install.sh PREFIX [BINARIES PAGE]}

if [ $# -gt 1 ]; then
    binary=$2/portrun page=$3
else
    binary=$(scripts/build-release.sh)
    page=$(scripts/man.sh)
fi

# completions SHELL FILE
completions() {
    mkdir -p "$(dirname "$2")"
    "$binary" --generate-completion-script "$1" >"$2"
}

install -d "$prefix/bin" "$prefix/share/man/man1"
install -m 755 "$binary" "$prefix/bin/portrun"
install -m 755 "$(dirname "$binary")/portrund" "$prefix/bin/portrund"
install -m 644 "$page" "$prefix/share/man/man1/portrun.1"
install -m 644 packaging/portrund.1 "$prefix/share/man/man1/portrund.1"
completions bash "$prefix/share/bash-completion/completions/portrun"
completions zsh "$prefix/share/zsh/site-functions/_portrun"
completions fish "$prefix/share/fish/vendor_completions.d/portrun.fish"

# What docs/agents.md speaks of.
(cd Examples && find agents scratch.sh -type f ! -path '*/__pycache__/*') | while IFS= read -r file; do
    mkdir -p "$prefix/share/doc/portrun/examples/$(dirname "$file")"
    cp -p "Examples/$file" "$prefix/share/doc/portrun/examples/$file"
done

echo "installed portrun, portrund, their man pages and completions below $prefix"
