#!/usr/bin/env bash
# Checks the format of the Swift sources and the shell and Python scripts; prints nothing when all is well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift format lint --strict --parallel --recursive Sources Tests Package.swift

# What the library knows of the process is told to it, as a `System` and an `OwnProcess`.
asks='\b(getenv|getcwd|chdir|getpid|getppid|getuid|geteuid|isatty|time|clock_gettime|print|exit)\('
asks+='|\b(System|Vantage|OwnProcess)\.current\b|\b(Uptime|FileManager|ProcessInfo|ProcessArguments)\b'
if grep -rnE "$asks|^import (Foundation|Glibc|Darwin)" Sources/PortrunKit Sources/PortrunMCP --include='*.swift'; then
    echo "lint: error: PortrunKit or PortrunMCP asks the process by itself in the lines above" >&2
    exit 1
fi

# Texts are compared byte for byte, which is so in files that import PortrunBase, and with keys that are no Strings.
if git grep -LE '^(@_exported )?import PortrunBase$' -- 'Sources/*.swift' ':!Sources/PortrunBase'; then
    echo "lint: error: the files above compare Strings as the standard library does: they do not import PortrunBase" >&2
    exit 1
fi
if grep -rnE '\[String: [^]]+\]|Set<String>' Sources --include='*.swift' | grep -v 'public init(environment:'; then
    echo "lint: error: the keys above are to be ExactString" >&2
    exit 1
fi

git ls-files -z -- '*.sh' .ci/run 'Examples/*/hooks/*' | xargs -0 shellcheck

git ls-files -z -- '*.py' | xargs -0 -n 1 python3 -W error -c 'import ast, pathlib, sys; ast.parse(pathlib.Path(sys.argv[1]).read_text())'

# Each error and warning is explained, and nothing is that is none.
python3 scripts/messages.py
