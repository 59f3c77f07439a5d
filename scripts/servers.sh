#!/usr/bin/env bash
# Makes .build/servers, a Python environment with podman-compose, the servers that the tests ask which port they serve, and
# a client of a database; and others: .build/mcp-1 and .build/mcp-2, with the clients that talk to
# `portrun mcp`; .build/portpicker, with a client of `portrun portserver` and its own tests; .build/judges, with those of
# `portrun skill` and of the workflows; .build/schemathesis, which tests the API of `portrund` against its document;
# .build/browser, which leads a Chromium through the dashboard. Silent and fast when they are there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/environment.sh .build/servers flask uvicorn django gunicorn hypercorn daphne waitress mkdocs sphinx-autobuild podman-compose \
    'psycopg[binary]'
# The official client in both of its generations: one knows only the older era of the protocol.
scripts/environment.sh .build/mcp-1 'mcp>=1.30,<2'
scripts/environment.sh .build/mcp-2 'mcp>=2.3,<3' 'fastmcp>=4.2,<5'
scripts/environment.sh .build/schemathesis 'schemathesis>=4.32,<5'
# It brings no browser of its own: that is the system's.
scripts/environment.sh .build/browser 'playwright>=1.50,<2' 'pillow>=11'
# Its tests are in the source distribution alone.
scripts/environment.sh .build/portpicker 'portpicker==1.6.0' psutil
if [ ! -d .build/portpicker/portpicker-1.6.0 ]; then
    .build/portpicker/bin/pip download --quiet --disable-pip-version-check --no-deps --no-binary portpicker \
        --dest .build/portpicker 'portpicker==1.6.0' >&2
    tar -xf .build/portpicker/portpicker-1.6.0.tar.gz -C .build/portpicker
fi
# What says whether a skill, and a workflow, is one.
scripts/environment.sh .build/judges 'skills-ref>=0.1' 'check-jsonschema>=0.29'
