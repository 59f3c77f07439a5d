#!/usr/bin/env python3
"""Runs the commands of the README, the docs and the examples' pages, and compares what they print.

    docs-commands.py PORTRUN [PAGE…]

Each page has a home, a registry and a project of its own: `shop`, which is the example of the page or Examples/quickstart,
with the linked worktree `shop-feature-auth`. All of it is in namespaces of its own, so that the ports are those of the
page and everything ends with the script. Where PORTRUN_ENGINE names a script that starts a Docker engine, commands that need one are run too.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

import docs_blocks
import docs_shell
from docs_shell import Fault, plain

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("Examples/*/README.md"))]
NEEDS_ENGINE = re.compile(r"docker (compose|exec|run)")


def pattern(lines):
    """What matches the lines of a page, in which `…` stands for anything."""
    parts = [r"(?:.*\n)*?" if line.strip() == "…" else re.escape(plain(line)).replace("…", ".*") + r" ?\n" for line in lines]
    return re.compile("".join(parts))


def check(shell, block, scratch):
    """Runs the commands of a block."""
    if block.before:
        output, status = shell.run(block.before)
        if status != 0:
            raise Fault(f"{block.page}:{block.line}: what is done before ends with {status}:\n{output}")
    for number, (folder, command, expected) in enumerate(block.steps()):
        try:
            if folder:
                shell.run(f"cd {scratch}/{folder}" if folder != "~" else "cd")
            if block.serves or command.endswith("&"):
                output = shell.serve(command, scratch / f"log-{block.line}-{number}")
            else:
                output, status = shell.run(command)
                # 1 is the answer no.
                if status not in ((0, 1) if command.startswith("portrun check") else (0,)) and not expected:
                    raise Fault(f"ends with {status}:\n{output}")
            if expected is not None and not pattern(expected).fullmatch(plain(output)):
                raise Fault("prints\n" + output + "instead of\n" + "\n".join(expected))
        except Fault as fault:
            raise Fault(f"{block.page}:{block.line}: `{command}` {fault}") from None


def project(scratch, page):
    """The project of a page, and its linked worktree."""
    example = page.parent if page.parent.parent == ROOT / "Examples" else ROOT / "Examples/quickstart"
    subprocess.run(
        ["bash", "-ec", """
            git init -q -b main shop && cd shop && cp -R "$1"/[!Rr]* . && git add .
            git -c user.name=shop -c user.email=shop@example.org commit -q -m first
            git worktree add -q -b feature/auth ../shop-feature-auth""", "project", example],
        cwd=scratch, check=True)


def run_page(path, portrun, has_engine):
    """Runs the blocks of a page; returns how many were run, how many are excerpts, and how many need an engine."""
    counts = [0, 0, 0]
    blocks = docs_blocks.blocks(path, ROOT)
    if not blocks:
        return counts
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        scratch = pathlib.Path(folder).resolve()
        project(scratch, path)
        (scratch / "home").mkdir()
        kept = {name: value for name, value in os.environ.items() if name in ("DOCKER_HOST", "DOCKER_CONFIG", "LANG")}
        shell = docs_shell.Shell(scratch / "shop", kept | {
            "HOME": str(scratch / "home"), "PATH": f"{portrun.parent}:{os.environ['PATH']}", "TERM": "dumb",
            "ROOT": str(ROOT), "USER": "me"})
        try:
            for block in blocks:
                kind = 1 if block.excerpt else 2 if needs_engine(block) and not has_engine else 0
                counts[kind] += 1
                if kind == 0:
                    check(shell, block, scratch)
        finally:
            shell.end()
    return counts


def needs_engine(block):
    return any(NEEDS_ENGINE.search(line) for line in [*block.lines, block.before])


def main():
    has_engine = docs_shell.enter_namespaces() == "engine"
    portrun = pathlib.Path(sys.argv[1]).resolve()
    counts, faults = [0, 0, 0], 0
    for path in [pathlib.Path(page).resolve() for page in sys.argv[2:]] or PAGES:
        try:
            counts = [sum(pair) for pair in zip(counts, run_page(path, portrun, has_engine))]
        except Fault as fault:
            faults += 1
            print(f"docs-commands: error: {fault}", file=sys.stderr)
    print(f"docs-commands: {counts[0]} blocks run, {counts[1]} excerpts, {counts[2]} that need a Docker engine")
    return 1 if faults else 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
