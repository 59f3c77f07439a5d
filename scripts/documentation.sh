#!/usr/bin/env bash
# Builds the documentation of PortrunKit from its docstrings and its catalogue, and prints the path of the archive.
# Fails on any warning: a link that leads nowhere, a parameter that is not there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

module=PortrunKit
catalogue=Sources/$module/$module.docc
archive=.build/documentation/$module.doccarchive
graphs=.build/documentation/graphs

fail() {
    printf 'documentation: error: %s\n' "$@" >&2
    exit 1
}

# What the compiler says of itself is right also where `swift` is a link, or a program that leads to a toolchain.
information() {
    swift -print-target-info | python3 -c 'import json, sys
value = json.load(sys.stdin)
for key in sys.argv[1:]: value = value[key]
print(value)' "$@"
}

tools=$(information paths runtimeResourcePath)/../../bin
docc=$tools/docc
[ -x "$docc" ] || docc=$(command -v docc) ||
    fail "no docc in $tools or PATH; the toolchains of https://www.swift.org/install have it"

# Silent but for what went wrong.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift build --target "$module" >"$log" 2>&1 || {
    cat "$log" >&2
    fail "$module cannot be built"
}

# The targets that are C, as the build has made their modules, and those that are the system's.
build=$(swift build --show-bin-path)
options=(-module-name "$module" -I "$build/Modules" -target "$(information target triple)")
for map in "$build"/C*.build/module.modulemap; do options+=(-Xcc "-fmodule-map-file=$map"); done
for folder in Sources/CSQLite Sources/CYAML; do options+=(-I "$folder"); done
if [ "$(uname)" = Darwin ]; then options+=(-sdk "$(xcrun --show-sdk-path)"); fi

rm -rf "$graphs" "$archive"
mkdir -p "$graphs"
# PortrunBase is exported again for the one public type that it has.
swift symbolgraph-extract "${options[@]}" -minimum-access-level public -skip-synthesized-members \
    -experimental-allowed-reexported-modules=PortrunBase -output-dir "$graphs"

"$docc" convert "$catalogue" --additional-symbol-graph-dir "$graphs" --output-path "$archive" \
    --warnings-as-errors --fallback-bundle-identifier "$module" --fallback-display-name "$module" >"$log" 2>&1 ||
    {
        cat "$log" >&2
        fail "the documentation of $module has the faults above"
    }
# Older versions tell a warning and go on.
if grep -qi 'warning:' "$log"; then
    cat "$log" >&2
    fail "the documentation of $module has the warnings above"
fi
echo "$archive"
