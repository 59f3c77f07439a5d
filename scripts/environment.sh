#!/usr/bin/env bash
# Makes a Python environment in a folder: environment.sh FOLDER PACKAGE…. Silent and fast when it is there.
set -euo pipefail

folder=$1
shift
if [ "$(cat "$folder/packages" 2>/dev/null)" = "$*" ]; then exit; fi
echo "environment: installing with pip: $*" >&2
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check "$@" >&2
echo "$*" >"$folder/packages"
