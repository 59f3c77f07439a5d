#!/usr/bin/env bash
# Builds the release binaries, portrun and the daemon portrund beside it, and prints the path of the first; all else goes to
# standard error.
#   build-release.sh           static on Linux, else what `stdlib` says, with a line telling so
#   build-release.sh stdlib    only Swift's own libraries static
#   build-release.sh symbols   static, with the names of its functions, for launch-order.py and profilers
# Each way of linking has a build folder of its own: objects of one must not reach the other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Type metadata by direct calls: by mangled names, Swift's default, the runtime reads each name anew in every process,
# which made a launch cost a quarter more instructions.
metadata=(-Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors)
# A section for each function, so that the linker can lay out the ones of a launch together and leave out what is unused.
sections=(-Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections)

# The same sources give the same bytes, wherever they lie (scripts/reproducible.sh): C names files in what it compiles, and
# Swift notes a hash of each module, paths included, by which a compiler knows what it has compiled before.
anywhere=(-Xcc "-ffile-prefix-map=$PWD=." -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen)

# product NAME FOLDER FLAG...: without the linker's warnings on parts of Foundation that portrun never calls
product() {
    local name=$1 folder=$2
    shift 2
    swift build -c release --product "$name" --scratch-path "$folder" \
        "${metadata[@]}" "${sections[@]}" "${anywhere[@]}" "$@" 2>&1 |
        sed -E '/in statically linked applications|use of `mktemp/d' >&2
}

# build FOLDER FLAG...
build() {
    local folder=$1
    shift
    binary=$folder/release/portrun
    product portrun "$folder" "$@"
}

# build_daemon FLAG...: into the folder of the launcher
build_daemon() {
    local folder=${binary%/release/portrun}
    product portrund "$folder" "$@"
    [ "$("$folder/release/portrund" --version)" = "$("$binary" --version)" ]
}

# Tells the sources, by Package.swift, which build it is.
tell() {
    PORTRUN_COMMIT=$(git describe --always --dirty --abbrev=12 --exclude '*' 2>/dev/null || true)
    PORTRUN_BUILD=$1
    export PORTRUN_COMMIT PORTRUN_BUILD
}

# ldd fails on a static executable, which pipefail would take for the answer.
is_static() {
    { ldd "$1" 2>&1 || true; } | grep -qE 'not a dynamic executable|statically linked'
}

# A real launch: registry, fork and exec work in this link mode.
runs() {
    local home status=0
    home=$(mktemp -d)
    (cd "$home" && env -i HOME="$home" PATH="$PATH" "$1" -- true) >&2 || status=$?
    rm -rf "$home"
    return "$status"
}

# The functions that a launch runs lie together (scripts/launch-order.py), so that fewer pages have to be mapped.
static_linux() {
    local folder=$1
    shift
    tell static
    build "$folder" -Xswiftc -static-executable -Xswiftc -use-ld=lld \
        -Xlinker "$PWD/scripts/late-constructors.ld" \
        -Xlinker "--symbol-ordering-file=$PWD/scripts/launch-order.txt" -Xlinker --no-warn-symbol-ordering "$@" &&
        is_static "$binary" && runs "$PWD/$binary" || return
    # It starts once and runs for long: what it is made of may lie in any order. Functions of one code are one there, and
    # there is no index of frames to unwind, as nothing throws an exception of C++.
    build_daemon -Xswiftc -static-executable -Xswiftc -use-ld=lld -Xlinker --icf=all -Xlinker -O2 \
        -Xlinker --no-eh-frame-hdr "$@" &&
        is_static "${binary}d"
}

stdlib_only() {
    tell stdlib
    case $(uname) in
    Darwin) build .build/stdlib && build_daemon ;;
    *) build .build/stdlib --static-swift-stdlib -Xlinker -s && build_daemon --static-swift-stdlib -Xlinker -s ;;
    esac
    runs "$PWD/$binary"
}

if [ "${1:-}" = symbols ]; then
    static_linux .build/symbols -Xlinker --strip-debug
elif [ "$(uname)" != Linux ] || [ "${1:-}" = stdlib ]; then
    stdlib_only
elif ! static_linux .build/static -Xlinker -s; then
    echo "build-release: no static executable here (see above); linking the C library dynamically" >&2
    stdlib_only
fi
echo "$binary"
