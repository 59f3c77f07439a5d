#!/usr/bin/env bash
# Puts what a machine has built for a release into .build/release-files, each file with its bill of materials.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

files=.build/release-files
rm -rf "$files"
if [ ! -e Package.resolved ]; then
    echo "collect-release: error: nothing has been built here: there is no Package.resolved" >&2
    exit 1
fi
mkdir -p "$files"
for file in .build/archive/*.tar.gz .build/packages/*.deb .build/packages/*.rpm; do
    [ -e "$file" ] || continue
    # Whole, or not at all.
    scripts/bill.py "$file" >"$files/bill.new"
    mv "$files/bill.new" "$files/${file##*/}.spdx.json"
    cp "$file" "$files/"
done
ls -l "$files" >&2
