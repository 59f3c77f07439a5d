#!/usr/bin/env python3
"""Runs the commands of the README, the docs and the examples' pages, and compares what they print.

    docs-commands.py PORTRUN [PAGE…]

Each page has a home, a registry and a project of its own: `shop`, which is the example of the page or Examples/quickstart,
with the linked worktree `shop-feature-auth`. All of it is in namespaces of its own, so that the ports are those of the page and everything ends
with the script. Where PORTRUN_ENGINE names a script that starts a Docker engine, commands that need one are run too.
"""

import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

import docs_blocks

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEALED = "PORTRUN_DOCS_SEALED"
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("Examples/*/README.md"))]
NEEDS_ENGINE = re.compile(r"docker (compose|exec|run)")
IS_READY = re.compile(r"https?://\S+\n|Started|Attaching|gives ports|warning: ")
MARK = "\x1e"
PATIENCE = 30


class Fault(Exception):
    """What is printed of a command that does not do what its page says."""


class Shell:
    """A bash whose standard output and standard error are a terminal of 200 columns."""

    def __init__(self, folder, environment):
        self.terminal, output = pty.openpty()
        subprocess.run(["stty", "-onlcr", "-echo", "cols", "200"], stdin=output, check=True)
        self.process = subprocess.Popen(
            ["bash", "--norc", "--noprofile"], stdin=subprocess.PIPE, stdout=output, stderr=output, cwd=folder,
            env=environment, start_new_session=True)
        os.close(output)

    def run(self, command):
        """What the command prints, and its exit status."""
        self.process.stdin.write(f"{{ {command}\n}} </dev/null; printf '{MARK}%s{MARK}' $?\n".encode())
        self.process.stdin.flush()
        text, end = "", time.monotonic() + PATIENCE
        while text.count(MARK) < 2:
            if not select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]:
                raise Fault(f"goes on after {PATIENCE} s:\n{text}")
            text += os.read(self.terminal, 1 << 16).decode(errors="replace")
        output, status, _ = text.split(MARK)
        return output, int(status)

    def serve(self, command, log):
        """What the command prints until it serves, or ends well; it goes on in the background."""
        quoted = command.removesuffix("&").strip()
        self.run(f"{{ {quoted}\n}} >{log} 2>&1 & server=$!")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            text = log.read_text(errors="replace") if log.exists() else ""
            if IS_READY.search(text):
                return text
            if self.run("kill -0 $server 2>/dev/null")[1] != 0:
                status = self.run("wait $server")[1]
                if status == 0:
                    return log.read_text(errors="replace")
                raise Fault(f"ends with {status}:\n{text}")
            time.sleep(0.05)
        raise Fault(f"does not serve after {PATIENCE} s:\n{text}")

    def end(self):
        """Ends what the page has started."""
        self.run("portrun daemon stop >/dev/null 2>&1; docker ps -aq 2>/dev/null | xargs -r docker rm -f >/dev/null 2>&1")
        for number, pause in ((signal.SIGTERM, 0.3), (signal.SIGKILL, 0)):
            os.killpg(self.process.pid, number)
            time.sleep(pause)
        self.process.wait()
        os.close(self.terminal)


def plain(text):
    """The text with one blank between words, and with the same dates, hashes and processes in each run."""
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "DATE", text)
    text = re.sub(r"\b[0-9a-f]{12}\b(?: \d+\b)?", "CONTEXT", text)
    return re.sub(r"\bpid \d+", "pid N", text)


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
        shell = Shell(scratch / "shop", kept | {
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


def seal():
    """Starts this script again in namespaces of its own, with an engine where there is one to start."""
    os.environ[SEALED] = "1"
    again = [sys.executable, *sys.argv]
    if engine := os.environ.get("PORTRUN_ENGINE"):
        images = ("for image in postgres:17-alpine redis:8-alpine; do "
                  "docker commit --change 'CMD [\"sleep\", \"600\"]' $(docker create bb:1) $image >/dev/null; done; ")
        os.environ[SEALED] = "engine"
        os.execvp(engine, [engine, "sealed", "bash", "-c", images + 'exec "$@"', "docs", *again])
    os.execvp("unshare", [
        "unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c",
        'ip link set lo up; exec "$@"', "docs", *again])


def main():
    if SEALED not in os.environ:
        seal()
    portrun = pathlib.Path(sys.argv[1]).resolve()
    counts, faults = [0, 0, 0], 0
    for path in [pathlib.Path(page).resolve() for page in sys.argv[2:]] or PAGES:
        try:
            counts = [sum(pair) for pair in zip(counts, run_page(path, portrun, os.environ[SEALED] == "engine"))]
        except Fault as fault:
            faults += 1
            print(f"docs-commands: error: {fault}", file=sys.stderr)
    print(f"docs-commands: {counts[0]} blocks run, {counts[1]} excerpts, {counts[2]} that need a Docker engine")
    return 1 if faults else 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
