#!/usr/bin/env bash
# Makes .build/servers, a Python environment with podman-compose, the servers that the tests ask which port they serve, and
# a client of a database; and others: .build/mcp-1 and .build/mcp-2, with the clients that talk to
# `portrun mcp`; .build/portpicker, with a client of `portrun portserver` and its own tests; .build/judges, with those of
# `portrun skill` and of the workflows; .build/schemathesis, which tests the API of `portrund` against its document;
# .build/browser, which leads a Chromium through the dashboard. Silent and fast when they are there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# environment FOLDER PACKAGE...: makes one.
environment() {
    local folder=$1
    shift
    if [ "$(cat "$folder/packages" 2>/dev/null)" = "$*" ]; then return; fi
    echo "servers: installing with pip: $*" >&2
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check "$@" >&2
    echo "$*" >"$folder/packages"
}

environment .build/servers flask uvicorn django gunicorn hypercorn daphne waitress mkdocs sphinx-autobuild podman-compose \
    'psycopg[binary]'
# The official client in both of its generations: one knows only the older era of the protocol.
environment .build/mcp-1 'mcp>=1.30,<2'
environment .build/mcp-2 'mcp>=2.3,<3' 'fastmcp>=4.2,<5'
environment .build/schemathesis 'schemathesis>=4.32,<5'
# It brings no browser of its own: that is the system's.
environment .build/browser 'playwright>=1.50,<2' 'pillow>=11'
# Its tests are in the source distribution alone.
environment .build/portpicker 'portpicker==1.6.0' psutil
if [ ! -d .build/portpicker/portpicker-1.6.0 ]; then
    .build/portpicker/bin/pip download --quiet --disable-pip-version-check --no-deps --no-binary portpicker \
        --dest .build/portpicker 'portpicker==1.6.0' >&2
    tar -xf .build/portpicker/portpicker-1.6.0.tar.gz -C .build/portpicker
fi
# What says whether a skill, and a workflow, is one.
environment .build/judges 'skills-ref>=0.1' 'check-jsonschema>=0.29'
