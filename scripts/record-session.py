#!/usr/bin/env python3
"""Runs Examples/quickstart in a terminal, and writes what it shows to docs/session.svg.

    record-session.py PORTRUN [--check]

With `--check`, compares it with what the picture has, but for dates, hashes and processes, and writes nothing.
"""

import html
import os
import pathlib
import pty
import re
import subprocess
import sys

import docs_shell

ROOT = pathlib.Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs/session.svg"
# Of one character and one line, at 14 pixels.
WIDTH, HEIGHT, MARGIN = 8.4, 19, 20

HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="A terminal session">
<style>
  text {{ font: 14px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre; fill: #24292f; }}
  rect {{ fill: #f6f8fa; stroke: #d0d7de; }}
  .typed {{ font-weight: 600; fill: #0550ae; }}
  .prompt, .said {{ fill: #6e7781; }}
  @media (prefers-color-scheme: dark) {{
    text {{ fill: #d6dde4; }}
    rect {{ fill: #161b22; stroke: #30363d; }}
    .typed {{ fill: #79c0ff; }}
    .prompt, .said {{ fill: #8b949e; }}
  }}
</style>
<rect x="0.5" y="0.5" width="{inner_width}" height="{inner_height}" rx="8"/>
"""


def record(portrun):
    """What Examples/quickstart/run.sh writes to a terminal."""
    terminal, output = pty.openpty()
    subprocess.run(["stty", "-onlcr", "cols", "200"], stdin=output, check=True)
    environment = {"HOME": "/nowhere", "PATH": f"{portrun.parent}:{os.environ['PATH']}", "TERM": "dumb"}
    process = subprocess.Popen(
        [ROOT / "Examples/quickstart/run.sh"], stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment)
    os.close(output)
    text = b""
    try:
        while part := os.read(terminal, 1 << 16):
            text += part
    except OSError:  # EIO: nobody has the other end any more.
        pass
    if process.wait() != 0:
        sys.exit(f"record-session: error: the example ends with {process.returncode}:\n{text.decode()}")
    return text.decode().rstrip("\n")


def drawn(line, number):
    """A line of text at its place; its length is fixed, so that columns stand below each other in every font."""
    prompt = re.match(r"(\S+ \$ )(.*)", line)
    escaped = html.escape(line, quote=False)
    if prompt:
        escaped = (f'<tspan class="prompt">{html.escape(prompt[1])}</tspan>'
                   f'<tspan class="typed">{html.escape(prompt[2], quote=False)}</tspan>')
    kind = ' class="said"' if line.startswith("portrun: ") else ""
    y, length = MARGIN + (number + 0.75) * HEIGHT, round(len(line) * WIDTH, 1)
    return (f'<text x="{MARGIN}" y="{y:.1f}"{kind} textLength="{length}" lengthAdjust="spacingAndGlyphs"'
            f' xml:space="preserve">{escaped}</text>\n')


def picture(text):
    lines = [line.rstrip() for line in text.split("\n")]
    width = round(max(map(len, lines)) * WIDTH + 2 * MARGIN)
    height = len(lines) * HEIGHT + 2 * MARGIN
    head = HEAD.format(width=width, height=height, inner_width=width - 1, inner_height=height - 1)
    return head + "".join(drawn(line, number) for number, line in enumerate(lines) if line) + "</svg>\n"


def shown(svg):
    """The words of a picture, with the same dates, hashes and processes in each."""
    rows = re.findall(r"<text [^>]*>(.*?)</text>", svg)
    return [docs_shell.plain(html.unescape(re.sub(r"<[^>]+>", "", row))) for row in rows]


def main():
    docs_shell.enter_namespaces(with_engine=False)
    new = picture(record(pathlib.Path(sys.argv[1]).resolve()))
    if "--check" not in sys.argv:
        PICTURE.write_text(new)
        return 0
    if shown(new) == shown(PICTURE.read_text()):
        return 0
    print("record-session: error: docs/session.svg shows another session; record it anew", file=sys.stderr)
    print("\n".join(shown(new)), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
