#!/usr/bin/env bash
# Makes the archive of a release and its sum, in .build/archive, and prints the archive's path. The same files give the
# same archive.
#   archive.sh PLATFORM [TREE]    such as linux-x86_64; of what scripts/install.sh has put there, by default of what it
#                                 installs now
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

platform=${1:?usage: archive.sh PLATFORM}
name=portrun-$platform
folder=.build/archive
rm -rf "${folder:?}/$name"
mkdir -p "$folder/$name"
if [ $# -gt 1 ]; then cp -a "$2/." "$folder/$name/"; else scripts/install.sh "$folder/$name" >&2; fi
cp LICENSE README.md CHANGELOG.md "$folder/$name/"

# The time of the last change, and nobody's files.
time=$(git log -1 --format=%ct 2>/dev/null || echo 0)
scripts/tar.py "$folder" "$name" "$time" >"$folder/$name.tar.gz"
rm -rf "${folder:?}/$name"
sums="sha256sum"
command -v sha256sum >/dev/null || sums="shasum -a 256"
(cd "$folder" && $sums "$name.tar.gz" >"$name.tar.gz.sha256")
echo "$folder/$name.tar.gz"
