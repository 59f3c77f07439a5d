#!/usr/bin/env bash
# Puts a Swift of Linux into a folder, for the workflows, and prints the folder of its programs. The archive is the one for
# this Ubuntu and this processor, and has to be signed by Swift's project.
#   toolchain.sh VERSION FOLDER
set -euo pipefail

version=${1:?usage: toolchain.sh VERSION FOLDER} folder=${2:?usage: toolchain.sh VERSION FOLDER}
system=$(. /etc/os-release && echo "$ID$VERSION_ID")
case $(uname -m) in
x86_64) processor= ;;
aarch64) processor=-aarch64 ;;
*)
    echo "toolchain: there is no Swift for $(uname -m)" >&2
    exit 1
    ;;
esac
release=swift-$version-RELEASE
archive=https://download.swift.org/swift-$version-release/${system//./}$processor/$release/$release-$system$processor.tar.gz

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export GNUPGHOME=$scratch/keys
mkdir -m 700 "$GNUPGHOME"
curl -fsSL --retry 3 https://www.swift.org/keys/all-keys.asc | gpg --batch --quiet --import >&2
curl -fsSL --retry 3 -o "$scratch/swift.tar.gz" "$archive"
curl -fsSL --retry 3 -o "$scratch/swift.tar.gz.sig" "$archive.sig"
gpg --batch --quiet --verify "$scratch/swift.tar.gz.sig" "$scratch/swift.tar.gz" >&2
mkdir -p "$folder"
tar -xzf "$scratch/swift.tar.gz" -C "$folder" --strip-components 1
echo "$folder/usr/bin"
