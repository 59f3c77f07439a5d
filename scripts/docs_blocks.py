"""Finds the blocks of commands in the README and the docs, and what the comments before them say.

A block is indented by four spaces. It is a transcript when a line of it begins with a prompt (`$ `, or `shop $ ` for a
folder); else it has commands, unless it looks like data. A comment, of any text, parts two blocks; before one it says

    <!-- excerpt: REASON -->    that it is not run, and why
    <!-- serves -->             that its commands go on until the page ends
    <!-- before: COMMANDS -->   what is done before it, which the page does not show
"""

import dataclasses
import pathlib
import re

# What begins a configuration file, JSON, or what a program has printed.
DATA = re.compile(r'[{<"]|\[\w|\.\w|\S+:(\s|$)')
PROMPT = re.compile(r"^(?:(\S+) )?\$ (.+)$")


@dataclasses.dataclass
class Block:
    page: str
    line: int
    lines: list
    excerpt: str = ""
    serves: bool = False
    before: str = ""

    @property
    def is_transcript(self):
        return any(PROMPT.match(line) for line in self.lines)

    @property
    def has_commands(self):
        first = next((line for line in self.lines if not line.startswith("#")), "")
        return self.is_transcript or bool(first) and not DATA.match(first)

    def steps(self):
        """Triples of a folder or "", a command, and the lines that it prints; None where the page does not say."""
        found = []
        for line in self.lines:
            prompt = PROMPT.match(line) if self.is_transcript else None
            if prompt:
                found.append([prompt[1] or "", prompt[2], []])
            elif self.is_transcript:
                found[-1][2].append(line)
            elif found and found[-1][1].endswith("\\"):
                found[-1][1] += "\n" + line
            elif line and not line.startswith("#"):
                found.append(["", line, None])
        for step in found:
            while step[2] and not step[2][-1]:
                step[2].pop()
        return found


def blocks(path, root):
    """The blocks of a page that have commands."""
    return [block for block in all_blocks(path, root) if block.has_commands]


def all_blocks(path, root):
    """Those of data, too."""
    page, lines = str(pathlib.Path(path).relative_to(root)), pathlib.Path(path).read_text().split("\n")
    found, index, comments = [], 0, ""
    while index < len(lines):
        start = index
        if lines[index].startswith("<!--"):
            while "-->" not in lines[index]:
                index += 1
            comments += "\n".join(lines[start:index + 1]) + "\n"
        elif lines[index].startswith("    ") and not lines[index - 1].strip():
            while index < len(lines) and (lines[index].startswith("    ") or not lines[index]):
                index += 1
            text = [line[4:].rstrip() for line in lines[start:index]]
            while not text[-1]:
                text.pop()
            found.append(Block(page, start + 1, text, *said(comments)))
            comments = ""
            continue
        elif lines[index].strip():
            comments = ""
        index += 1
    return found


def said(comments):
    """What the comments before a block say of it: why it is an excerpt, whether it serves, and what is done before."""
    excerpt = re.search(r"<!-- excerpt: (.+?) -->", comments, re.DOTALL)
    before = re.search(r"<!-- before:\s*(.+?)\s*-->", comments, re.DOTALL)
    return excerpt[1] if excerpt else "", "<!-- serves -->" in comments, before[1] if before else ""
