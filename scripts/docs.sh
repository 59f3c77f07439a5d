#!/usr/bin/env bash
# Checks the docs against the binary at PORTRUN (a path): each message is explained, each command does what its page says,
# each JSON output is what its schema says, the recorded session is still so; and builds the site, whose folder it prints.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

portrun=$(realpath "$1")
python3 scripts/messages.py
site=$(scripts/docs-site.sh)
.build/docs/bin/python scripts/json-schemas.py "$portrun" >&2
python3 scripts/record-session.py "$portrun" --check
python3 scripts/docs-commands.py "$portrun" >&2
echo "$site"
