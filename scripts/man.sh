#!/usr/bin/env bash
# Writes the man page, made from the same source as `--help`, to .build/share and prints its path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

page=.build/share/man/man1/portrun.1

# A build folder of its own: the plugin builds in release mode, and would replace the static executable.
swift package --scratch-path .build/manual generate-manual >&2

# The generator knows no exit statuses and claims that 0 is success and all else an error of the tool.
mkdir -p "$(dirname "$page")"
sed '/^\.Sh "EXIT STATUS"$/,$d' .build/manual/plugins/GenerateManual/outputs/portrun/portrun.1 >"$page"
echo "$page"
