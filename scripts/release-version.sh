#!/usr/bin/env bash
# Fails unless a tag names the version that the sources have, and CHANGELOG.md has an entry for it.
#   release-version.sh v1.2.3
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tag=${1:?usage: release-version.sh TAG}
version=$(scripts/version.sh)
if [ "$tag" != "v$version" ]; then
    echo "release-version: error: the tag is $tag, and the sources are of version $version" >&2
    exit 1
fi
if ! grep -q "^## \[$version\]" CHANGELOG.md; then
    echo "release-version: error: CHANGELOG.md has no entry for $version" >&2
    exit 1
fi
