#!/usr/bin/env bash
# Installs what is missing to build portrun, through apt, dnf or brew. Arguments add what more is needed:
#   tests     the real programs that the tests run portrun with
#   packages  what makes packages of a release, looks at them, and tries them on a fresh machine (Linux)
#   bench     what asks the daemon as often as it can
#   lint      shellcheck
#   engine    what a Docker engine in a network namespace is started with (Linux)
# Says what it installs, and is silent and fast when nothing is missing.
set -euo pipefail

missing=()

# need PROBE APT DNF BREW: notes the package of this machine's package manager when the probe fails.
# A probe is `lib:NAME` for pkg-config, else a command. `-` stands for a package that does not exist.
need() {
    case $1 in
    lib:*) pkg-config --exists "${1#lib:}" 2>/dev/null && return ;;
    *) command -v "$1" >/dev/null && return ;;
    esac
    local package
    case $manager in
    apt) package=$2 ;;
    dnf) package=$3 ;;
    brew) package=$4 ;;
    none) package=$1 ;;
    esac
    [ "$package" = - ] || missing+=("$package")
}

# The system's own SQLite on macOS has no pkg-config file; brew keeps its file where only the full path finds it.
brew_libraries() {
    local prefix
    prefix=$(brew --prefix)
    export PKG_CONFIG_PATH="$prefix/opt/sqlite/lib/pkgconfig:$prefix/opt/libyaml/lib/pkgconfig:${PKG_CONFIG_PATH:-}"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
    echo "dependencies: installing with $manager: $*" >&2
    case $manager in
    apt)
        as_root apt-get -qq update
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" </dev/null >&2
        ;;
    dnf) as_root dnf install -y -q "$@" </dev/null >&2 ;;
    brew) brew install --quiet "$@" </dev/null >&2 ;;
    none)
        echo "dependencies: error: no apt, dnf or brew here; please install these by hand" >&2
        exit 1
        ;;
    esac
}

# Other systems check what they fetch of Debian with its keys.
need_debootstrap() {
    PATH=$PATH:/usr/sbin command -v debootstrap >/dev/null && return
    case $manager in
    apt) missing+=(debootstrap debian-archive-keyring) ;;
    dnf) missing+=(debootstrap) ;;
    *) ;;
    esac
}

# Debian ships the module venv apart from Python.
need_venv() {
    python3 -c 'import ensurepip' 2>/dev/null || [ "$manager" != apt ] || missing+=(python3-venv)
}

# Distributions call compose version 2 by different names, and some still ship version 1 under one of them.
need_compose() {
    docker compose version >/dev/null 2>&1 && return
    [ -z "${PORTRUN_ENGINE:-}" ] || return 0 # that engine brings its own compose
    case $manager in
    apt)
        as_root apt-get -qq update
        local name
        for name in docker-compose-v2 docker-compose-plugin docker-compose; do
            if LC_ALL=C apt-cache policy "$name" | grep -q 'Candidate: \(1:\)\{0,1\}[2-9]'; then
                missing+=(docker.io "$name")
                return
            fi
        done
        echo "dependencies: no docker compose version 2 among this system's packages; the tests that need it are skipped" >&2
        ;;
    dnf) missing+=(moby-engine docker-compose) ;;
    brew) missing+=(docker docker-compose) ;;
    none) ;;
    esac
}

if command -v brew >/dev/null; then
    manager=brew
    brew_libraries
elif command -v apt-get >/dev/null; then
    manager=apt
elif command -v dnf >/dev/null; then
    manager=dnf
else
    manager=none
fi

if ! command -v swift >/dev/null; then
    echo "dependencies: error: no swift in PATH" >&2
    echo "dependencies: hint: install Swift 6.2 or newer as https://www.swift.org/install says, then try again" >&2
    exit 1
fi

need git git git git
need python3 python3 python3 python3
need pkg-config pkg-config pkgconf-pkg-config pkgconf
need lib:sqlite3 libsqlite3-dev sqlite-devel sqlite
need lib:yaml-0.1 libyaml-dev libyaml-devel libyaml

for group in "$@"; do
    case $group in
    packages)
        need dpkg-deb dpkg dpkg -
        need lintian lintian - -
        need rpmbuild rpm rpm-build -
        need ip iproute2 iproute -
        need_debootstrap
        ;;
    tests)
        need direnv direnv direnv direnv
        need fish fish fish fish
        need zsh zsh zsh zsh
        need dash dash dash dash
        need node nodejs nodejs node
        need npm npm npm node
        need setsid util-linux util-linux -
        need gunicorn gunicorn python3-gunicorn gunicorn
        PATH=$PATH:/usr/sbin need nginx nginx-light nginx nginx
        need systemd-socket-activate systemd systemd -
        # Servers: which port they serve is asked over HTTP.
        need php php-cli php-cli php
        need hugo hugo hugo hugo
        need puma puma - -
        need rackup ruby-rack - -
        need esbuild esbuild - esbuild
        # What Tests/Scenarios/real_programs.py runs with a port of its own in its source. Debian keeps the server of
        # PostgreSQL out of PATH.
        need go golang-go golang -
        need gcc gcc gcc -
        need javac default-jdk-headless java-latest-openjdk-devel -
        need ruby ruby ruby -
        need redis-server redis-server redis -
        PATH=$PATH$(printf ':%s' /usr/lib/postgresql/*/bin) need postgres postgresql postgresql-server -
        need psql postgresql-client postgresql -
        need curl curl curl -
        need wget wget wget -
        need nc netcat-openbsd nmap-ncat -
        need perl perl perl -
        # The commands of the docs.
        need jq jq jq jq
        need sqlite3 sqlite3 sqlite sqlite
        PATH=$PATH:/usr/sbin need ip iproute2 iproute -
        # The dashboard is tested in it.
        need chromium chromium chromium -
        need_venv
        need_compose
        ;;
    engine)
        need docker docker.io docker-cli -
        need ip iproute2 iproute -
        need curl curl curl -
        ;;
    bench) need wrk wrk wrk wrk ;;
    lint) need shellcheck shellcheck ShellCheck shellcheck ;;
    *)
        echo "dependencies: error: unknown group \`$group\`" >&2
        exit 64
        ;;
    esac
done

if [ ${#missing[@]} -gt 0 ]; then
    install_packages "${missing[@]}"
fi
