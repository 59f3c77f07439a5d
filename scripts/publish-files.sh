#!/usr/bin/env bash
# Readies the files of all machines to be published: their sums, the install script, the Homebrew formula with the sums in
# it, and the notes, which are the version's part of CHANGELOG.md.
#   publish-files.sh FOLDER
set -euo pipefail

folder=$(realpath "${1:?usage: publish-files.sh FOLDER}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(scripts/version.sh)
cp scripts/install-release.sh "$folder/install.sh"
sums=sha256sum
command -v sha256sum >/dev/null || sums="shasum -a 256"
(cd "$folder" && $sums ./*.tar.gz ./*.deb ./*.rpm install.sh | sed 's, \./, ,' >SHA256SUMS)

# sum PLATFORM: of its archive
sum() { sed -n "s/ .*portrun-$1\.tar\.gz\$//p" "$folder/SHA256SUMS"; }

sed -e "s/@VERSION@/$version/" \
    -e "s/@MACOS_AARCH64@/$(sum macos-aarch64)/" -e "s/@MACOS_X86_64@/$(sum macos-x86_64)/" \
    -e "s/@LINUX_AARCH64@/$(sum linux-aarch64)/" -e "s/@LINUX_X86_64@/$(sum linux-x86_64)/" \
    packaging/homebrew/portrun.rb >"$folder/portrun.rb"
if grep -n 'sha256 ""\|@[A-Z_0-9]*@' "$folder/portrun.rb" >&2; then
    echo "publish-files: error: the archive of a platform is missing, so that the formula lacks its sum above" >&2
    exit 1
fi

awk -v start="## [$version]" 'index($0, start) == 1 { inside = 1; next } /^## / { inside = 0 } inside' CHANGELOG.md |
    # There they have no folder to start from.
    sed "s,](docs/,](https://github.com/portrun/portrun/blob/v$version/docs/,g" >"$folder/NOTES.md"
