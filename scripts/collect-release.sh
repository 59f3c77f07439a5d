#!/usr/bin/env bash
# Puts what a machine has built for a release into .build/release-files, each file with its bill of materials.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

files=.build/release-files
rm -rf "$files"
mkdir -p "$files"
for file in .build/archive/*.tar.gz .build/packages/*.deb .build/packages/*.rpm; do
    [ -e "$file" ] || continue
    cp "$file" "$files/"
    scripts/bill.py "$file" >"$files/${file##*/}.spdx.json"
done
ls -l "$files" >&2
