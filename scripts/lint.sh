#!/usr/bin/env bash
# Checks the format of the Swift sources and the shell and Python scripts; prints nothing when all is well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift format lint --strict --parallel --recursive Sources Tests Package.swift

git ls-files -z -- '*.sh' .ci/run | xargs -0 shellcheck

git ls-files -z -- '*.py' | xargs -0 -n 1 python3 -W error -c 'import ast, pathlib, sys; ast.parse(pathlib.Path(sys.argv[1]).read_text())'
