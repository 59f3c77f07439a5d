#!/bin/sh
# Installs a released portrun: binary, man page and completions. No compiler is needed.
#
#   curl -fsSL https://github.com/portrun/portrun/releases/latest/download/install.sh | sh
#   … | sh -s -- --prefix /usr/local --version 0.1.0
#   … | sh -s -- --uninstall
#
# The prefix is ~/.local, or /usr/local for root. The archive's SHA-256 has to be the published one; where the tool `gh`
# is there, the archive has to be attested by the workflow that built it, too.
set -eu

repository=portrun/portrun

say() { printf 'install: %s\n' "$1"; }
fail() {
    printf 'install: error: %s\n' "$1" >&2
    if [ -n "${2:-}" ]; then printf 'install: hint: %s\n' "$2" >&2; fi
    exit 1
}

# fetch URL FILE
fetch() {
    if command -v curl >/dev/null 2>&1; then
        # What is asked for under TLS comes so.
        case $1 in https:*) schemes='=https' ;; *) schemes='=http,https' ;; esac
        curl -fsSL --proto-redir "$schemes" --retry 2 --connect-timeout 20 --speed-limit 1024 --speed-time 30 -o "$2" "$1"
    elif command -v wget >/dev/null 2>&1; then
        # Some of busybox's take no times.
        case $(wget --help 2>&1) in
        *--tries*) wget -q -T 30 -t 2 -O "$2" "$1" ;;
        *'-T SEC'*) wget -q -T 30 -O "$2" "$1" ;;
        *) wget -q -O "$2" "$1" ;;
        esac
    else
        fail "neither curl nor wget is here" "install one of them"
    fi
}

# sum FILE: its SHA-256
sum() {
    if command -v sha256sum >/dev/null 2>&1; then
        line=$(sha256sum "$1")
    elif command -v shasum >/dev/null 2>&1; then
        line=$(shasum -a 256 "$1")
    elif command -v openssl >/dev/null 2>&1; then
        line=$(openssl dgst -sha256 -r "$1")
    else
        fail "nothing here computes SHA-256" "install coreutils, perl or openssl"
    fi
    echo "${line%% *}"
}

platform() {
    case $(uname -s) in
    Linux) system=linux ;;
    Darwin) system=macos ;;
    *) fail "there is no portrun for $(uname -s)" "it runs on Linux and macOS" ;;
    esac
    case $(uname -m) in
    x86_64 | amd64) machine=x86_64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) fail "there is no archive for $(uname -m)" "build it: https://github.com/$repository" ;;
    esac
    echo "$system-$machine"
}

# What an installation has brought is listed in it, so that it can be removed: files, and the folders that were missing
# before, with a `/` behind.
manifest() { printf '%s\n' "$prefix/share/portrun/installed"; }

# As root, fails where somebody else has a folder below the prefix in which files of the list that it reads are: a link
# there would lead what is written and removed to anywhere.
check_owners() {
    [ "$(id -u)" = 0 ] || return 0
    { echo ./ && sed 's|[^/]*$||'; } | LC_ALL=C sort -u | while IFS= read -r folder; do
        place=$prefix/$folder
        while [ ! -e "$place" ]; do place=$(dirname "$place"); done
        # shellcheck disable=SC2012 # The name comes last, and is not read.
        if [ "$(ls -ldnL "$place" | awk '{ print $3 }')" != 0 ]; then
            fail "$place is not root's" "run this as its owner, or give another --prefix"
        fi
    done
}

# Removes what installations have staged that were killed, and prints the folders that they had made. Each notes that in a
# folder of its own, which has its process id in its name.
sweep() {
    echo share/portrun/ | check_owners || exit 1
    for notes in "$prefix/share/portrun/new."*; do
        process=${notes##*/new.}
        if [ ! -d "$notes" ] || kill -0 "${process%%.*}" 2>/dev/null; then continue; fi
        if [ -f "$notes/staged" ]; then
            check_owners <"$notes/staged" || exit 1
            while IFS= read -r file; do
                case $file in /* | *..*) ;; */.portrun.*) rm -f "$prefix/$file" ;; esac
            done <"$notes/staged"
        fi
        if [ -f "$notes/folders" ]; then grep -v -e '^/' -e '\.\.' "$notes/folders" || :; fi
        rm -rf "$notes"
    done
}

# Removes the folders of the list that it reads, the deepest first. What holds something else stays.
remove_folders() {
    LC_ALL=C sort -ru | while IFS= read -r folder; do
        if [ -n "$folder" ]; then rmdir "$prefix/${folder#./}" 2>/dev/null || :; fi
    done
}

# Ends the daemon that this user runs of what is to be removed, and removes the units that start it; names those that go on.
end_daemon() {
    portrund=$(cd "$prefix" && pwd -P)/bin/portrund
    [ -x "$portrund" ] || return 0
    units=${XDG_CONFIG_HOME:-${HOME:-}/.config}/systemd/user
    if grep -sqF "$portrund" "$units/portrund.service" "${HOME:-}"/Library/LaunchAgents/*portrund*; then
        stop=$("$prefix/bin/portrun" daemon uninstall --quiet) || stop=
        say "removed the units of the daemon"
        if [ -n "$stop" ] && command -v "${stop%% *}" >/dev/null 2>&1; then sh -c "$stop" >/dev/null 2>&1 || :; fi
    fi
    if "$prefix/bin/portrun" daemon stop --quiet 2>/dev/null; then say "stopped the daemon"; fi
    for process in /proc/[0-9]*; do
        case $(readlink "$process/exe" 2>/dev/null) in
        # What runs may be of a version before.
        "$portrund" | "$portrund (deleted)")
            say "a daemon of another user or registry goes on: pid ${process#/proc/}"
            ;;
        esac
    done
}

uninstall() {
    list=$(manifest)
    left=$(sweep) || exit 1
    if [ ! -f "$list" ]; then
        [ -n "$left" ] || fail "nothing is installed below $prefix by this script" "give another --prefix"
        printf '%s\n' "$left" | remove_folders
        say "removed what an installation that was interrupted has left below $prefix"
        return
    fi
    check_owners <"$list"
    end_daemon
    isLeft=
    folders=$(grep '/$' "$list") || :
    while IFS= read -r file; do
        case $file in
        /* | *..*) fail "\`$list\` names \`$file\`, which is not below $prefix" "remove the files by hand" ;;
        */) ;;
        *) rm -f "$prefix/$file" || isLeft=1 ;;
        esac
    done <"$list"
    [ -z "$isLeft" ] || fail "some of portrun is still below $prefix" "see to what \`rm\` says, and do this again"
    rm -f "$list"
    printf '%s\n' "$folders" "$left" | remove_folders
    say "removed portrun from $prefix; the registry, below \${XDG_STATE_HOME:-~/.local/state}/portrun, stays"
}

# verify ARCHIVE FILE: FILE is what was published as ARCHIVE.
verify() {
    expected=$(sed -n "s/^\([0-9a-f]\{64\}\)[ *]*$1\$/\1/p" "$scratch/SHA256SUMS")
    [ -n "$expected" ] || fail "SHA256SUMS has no sum of $1" "try another --version"
    found=$(sum "$2") || exit 1
    [ "$found" = "$expected" ] ||
        fail "$1 is not what was published: its SHA-256 is $found, and not $expected" "try again, or report it"
    # Only what comes from there is attested there.
    if [ -z "${PORTRUN_RELEASES:-}" ] && command -v gh >/dev/null 2>&1 && gh auth status >/dev/null 2>&1; then
        gh attestation verify "$2" --repo "$repository" >/dev/null ||
            fail "$1 is not attested by $repository" "report it"
        say "$1 is attested by $repository"
    fi
}

# Says what the shell has to know.
say_path() {
    # As it stands between double quotes.
    quoted=$(printf '%s\n' "$prefix" | sed 's/[\\"$`]/\\&/g')
    case :$PATH: in
    *":$prefix/bin:"*) ;;
    *)
        say "add it to your PATH, in ~/.profile or your shell's own file:"
        printf '\n    export PATH="%s/bin:%sPATH"\n\n' "$quoted" '$'
        ;;
    esac
    # Where zsh looks by itself.
    case $prefix in /usr | /usr/local | /opt/homebrew) return 0 ;; esac
    if [ "$(basename "${SHELL:-sh}")" = zsh ] && [ -f "$prefix/share/zsh/site-functions/_portrun" ]; then
        say "for completions add this to ~/.zshrc, in front of compinit:"
        printf '\n    fpath=("%s/share/zsh/site-functions" %sfpath)\n\n' "$quoted" '$'
    fi
}

usage() {
    cat <<'END'
usage: install.sh [--prefix DIR] [--version VERSION] [--uninstall]

Installs a released portrun below DIR: by default ~/.local, or /usr/local for root.

  --prefix DIR         install below this folder
  --version VERSION    install this version instead of the newest one
  --uninstall          remove what this script has installed
END
}

# All of it is in a function, so that a script that was cut off on its way does nothing.
main() {
    if [ -n "${ZSH_VERSION:-}" ]; then emulate sh; fi
    version=latest prefix='' isRemoving=
    while [ $# -gt 0 ]; do
        case $1 in
        --prefix | --version)
            [ -n "${2:-}" ] || fail "$1 wants a value"
            if [ "$1" = --prefix ]; then prefix=$2; else version=${2#v}; fi
            shift
            ;;
        --uninstall) isRemoving=1 ;;
        -h | --help)
            usage
            return
            ;;
        *) fail "unknown option $1" "--prefix DIR, --version VERSION, --uninstall" ;;
        esac
        shift
    done
    if [ -z "$prefix" ]; then
        if [ "$(id -u)" = 0 ]; then
            prefix=/usr/local
        else
            [ -n "${HOME:-}" ] || fail "HOME is not set" "give --prefix DIR"
            prefix=$HOME/.local
        fi
    fi
    # What root installs is for everybody.
    if [ "$(id -u)" = 0 ]; then umask 022; fi
    case $prefix in
    /*) ;;
    *) prefix=$PWD/$prefix ;;
    esac
    while :; do case $prefix in ?*/) prefix=${prefix%/} ;; *) break ;; esac done
    # The lists have a name a line, and PATH has a colon between two.
    case $prefix in
    *:* | *"
"*) fail "the prefix has a colon or a line break in it" "give another --prefix" ;;
    esac
    if [ -n "$isRemoving" ]; then
        uninstall
        return
    fi

    platform=$(platform)
    if [ "$version" = latest ]; then release=latest/download; else release=download/v$version; fi
    base=${PORTRUN_RELEASES:-https://github.com/$repository/releases}/$release
    # It prints the folder, where it is set.
    unset CDPATH
    hold
    scratch=$(mktemp -d) || fail "no temporary folder can be made" "set TMPDIR to one that you may write to"
    scratch=$(cd "$scratch" && pwd)
    notes='' isPlaced=
    trap clean EXIT
    heed
    archive=portrun-$platform.tar.gz
    fetch "$base/SHA256SUMS" "$scratch/SHA256SUMS" || fail "cannot fetch $base/SHA256SUMS" "is there such a version?"
    fetch "$base/$archive" "$scratch/$archive" || fail "cannot fetch $base/$archive"
    verify "$archive" "$scratch/$archive"
    mkdir "$scratch/files"
    tar -xzf "$scratch/$archive" -C "$scratch/files" --strip-components 1 || fail "$archive cannot be unpacked"
    # Links and devices are nothing that a release has, nor are names that a list cannot have.
    odd=$(cd "$scratch/files" && find . ! -type f ! -type d -o -name "*
*")
    [ -z "$odd" ] || fail "$archive has what no release has: $odd" "report it"
    [ -f "$scratch/files/bin/portrun" ] || fail "$archive has no portrun" "report it"
    "$scratch/files/bin/portrun" --version >"$scratch/version" 2>&1 ||
        fail "the portrun in $archive does not run here: $(head -n 1 "$scratch/version")" \
            "if programs may not run in $scratch, set TMPDIR to a folder where they may"
    place
    say "installed portrun $(head -n 1 "$scratch/version") below $prefix"
    say_path
}

# make_folder PATH: makes the folder and those above it, as far as they are missing below the prefix, and notes them
make_folder() {
    if [ ! -d "$prefix/$1" ]; then
        case $1 in */*) make_folder "${1%/*}" ;; esac
        printf '%s/\n' "$1" >>"$folders"
        # Another installation may just have made it.
        if ! mkdir "$prefix/$1" 2>"$scratch/reason" && [ ! -d "$prefix/$1" ]; then
            fail "cannot write below $prefix: $(cat "$scratch/reason")" "give another --prefix"
        fi
    fi
}

# What is made between these two is known to `clean`.
hold() { trap '' HUP INT TERM; }
heed() {
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# Removes what is not in its place yet.
clean() {
    if [ -n "$notes" ]; then
        while IFS= read -r file; do rm -f "$prefix/$file"; done <"$notes/staged"
        cp "$notes/folders" "$scratch/folders"
        rm -rf "$notes"
    fi
    if [ -z "$isPlaced" ] && [ -f "$scratch/folders" ]; then remove_folders <"$scratch/folders"; fi
    rm -rf "$scratch"
}

# check_place FILE: fails where something that this script has not installed would be lost
check_place() {
    target=$prefix/$1
    if [ -d "$target" ]; then fail "$target is a folder" "move it, or give another --prefix"; fi
    if [ -e "$target" ] || [ -h "$target" ]; then
        grep -qxF "$1" "$(manifest)" 2>/dev/null ||
            fail "$target is there already, and not from this script" "remove it, or give another --prefix"
    fi
}

# stage FROM FILE MODE: copies it beside the place where it belongs, under a name that nobody else has
stage() {
    folder=$(dirname "$2")
    count=$((count + 1))
    copy=$folder/.portrun.${notes##*.}.$count
    printf '%s\n' "$copy" >>"$notes/staged"
    folder=$prefix/$folder copy=$prefix/$copy
    # Nothing that is there is written to.
    (set -C && : >"$copy") 2>/dev/null || fail "cannot write to $folder" "give another --prefix"
    { cat "$1" >"$copy" && chmod "$3" "$copy"; } || fail "cannot write to $folder" "is there room on the disk?"
    printf '%s\n%s\n' "$copy" "$prefix/$2" >>"$scratch/moves"
}

# Puts every file in its place: all are there before the first one takes its name, and the list of them comes first. A
# binary that runs now is replaced, not written to.
place() {
    count=0
    folders=$scratch/folders
    : >"$folders"
    : >"$scratch/moves"
    (cd "$scratch/files" && find bin share -type f) >"$scratch/installed"
    while IFS= read -r file; do check_place "$file"; done <"$scratch/installed"
    check_owners <"$scratch/installed"
    if [ ! -d "$prefix" ]; then
        mkdir -p "$prefix" || fail "cannot make $prefix" "give another --prefix"
        echo ./ >"$folders"
    fi
    make_folder share/portrun
    sweep >>"$folders"
    hold
    notes=$(mktemp -d "$prefix/share/portrun/new.$$.XXXXXX") ||
        { notes='' && fail "cannot write to $prefix/share/portrun" "give another --prefix"; }
    : >"$notes/staged"
    cp "$folders" "$notes/folders"
    folders=$notes/folders
    heed
    while IFS= read -r file; do
        make_folder "$(dirname "$file")"
        case $file in
        bin/*) stage "$scratch/files/$file" "$file" 755 ;;
        *)
            mode=644
            if [ -x "$scratch/files/$file" ]; then mode=755; fi
            stage "$scratch/files/$file" "$file" "$mode"
            ;;
        esac
    done <"$scratch/installed"
    : >"$scratch/old"
    # Also what another installation makes at this moment.
    cat "$prefix/share/portrun/new."*/folders >"$scratch/made" 2>/dev/null || :
    if [ -f "$(manifest)" ]; then
        grep '/$' "$(manifest)" >>"$scratch/made" || :
        # What an older version had and this one has not.
        grep -vxF -f "$scratch/installed" "$(manifest)" | grep -v -e '^/' -e '\.\.' -e '/$' >"$scratch/old" || :
    fi
    cat "$scratch/installed" "$scratch/made" "$scratch/old" >"$scratch/all"
    # Half of this is nothing that anybody wants.
    hold
    cp "$scratch/moves" "$scratch/file-moves"
    : >"$scratch/moves"
    stage "$scratch/all" share/portrun/installed 644
    isPlaced=1
    move "$scratch/moves"
    move "$scratch/file-moves"
    while IFS= read -r file; do rm -f "$prefix/$file"; done <"$scratch/old"
    : >"$scratch/moves"
    LC_ALL=C sort -u "$scratch/made" | cat "$scratch/installed" - >"$scratch/all"
    stage "$scratch/all" share/portrun/installed 644
    move "$scratch/moves"
}

# move LIST: of names and the names that they get, by turns
move() {
    while IFS= read -r copy && IFS= read -r target; do
        mv -f "$copy" "$target" || fail "cannot replace $target" "give another --prefix"
    done <"$1"
}

main "$@"
