#!/usr/bin/env bash
# Builds the release of what is committed in two folders of different names, and compares the binaries; says where they
# differ. A build takes some minutes.
#
# The names are equally long: in portrund, the compiler leaves the length of the path of one of Hummingbird's files, which
# it hands to swift_isEscapingClosureAtFileLocation beside an empty name. Nothing takes it away. portrun has no such place.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
folders=(first/folder other/place_)
binaries=()

# Both first: what is committed meanwhile is of no concern. With the versions of all packages that are built here.
for folder in "${folders[@]}"; do
    git clone -q --no-hardlinks . "$scratch/$folder"
    if [ -e Package.resolved ]; then cp Package.resolved "$scratch/$folder/"; fi
done
for folder in "${folders[@]}"; do
    echo "reproducible: building in $scratch/$folder" >&2
    binary=$("$scratch/$folder/scripts/build-release.sh")
    binaries+=("$scratch/$folder/$binary")
done

status=0
for suffix in "" d; do
    first=${binaries[0]}$suffix second=${binaries[1]}$suffix
    if cmp -s "$first" "$second"; then
        sum=$(sha256sum "$first" 2>/dev/null || shasum -a 256 "$first")
        echo "${first##*/}: the same, ${sum%% *}"
    else
        status=1
        echo "${first##*/}: $(cmp -l "$first" "$second" 2>/dev/null | wc -l) bytes differ"
        # Sections tell what it is: paths in text, a build's own number, what a compiler notes.
        diff <(readelf -SW "$first") <(readelf -SW "$second") | head -n 20 || :
        diff <(strings -n 6 "$first") <(strings -n 6 "$second") | head -n 20 || :
    fi
done
exit "$status"
