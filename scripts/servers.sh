#!/usr/bin/env bash
# Makes .build/servers, a Python environment with podman-compose, the servers that the tests ask which port they serve, and
# a client of a database. Silent and fast when it is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages=(flask uvicorn django gunicorn hypercorn daphne waitress mkdocs sphinx-autobuild podman-compose
    'psycopg[binary]')
folder=.build/servers

if [ "$(cat "$folder/packages" 2>/dev/null)" = "${packages[*]}" ]; then exit 0; fi
echo "servers: installing with pip: ${packages[*]}" >&2
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" >&2
echo "${packages[*]}" >"$folder/packages"
