#!/usr/bin/env bash
# Builds the site of the docs and prints its folder. Fails on any warning: a link or an anchor that leads nowhere, a page
# that no menu has, or a page that asks for something elsewhere.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

site=.build/site
scripts/environment.sh .build/docs 'mkdocs-material==9.8.2' 'check-jsonschema==0.39.0'
rm -rf "$site"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
NO_MKDOCS_2_WARNING=1 .build/docs/bin/mkdocs build --strict >"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
}

# What a browser would fetch by itself; `a` and `link rel=canonical` are for people and search engines.
if grep -rnoE '<(script|img|source|iframe)[^>]+(src|srcset)="?(https?:)?//[^" >]+|url\(["'\'']?(https?:)?//[^)]+|<link[^>]+stylesheet[^>]+(https?:)?//[^" >]+' \
    "$site" --include='*.html' --include='*.css'; then
    echo "docs-site: error: the pages above fetch something from elsewhere" >&2
    exit 1
fi
echo "$site"
