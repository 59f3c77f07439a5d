#!/usr/bin/env python3
"""Compares the messages in the sources with those in docs/troubleshooting.md.

    messages.py [--list]

Each error and warning is an item of a list there, with `…` in the place of what differs, and each item is one of them.
With `--list`, prints the messages with their places instead.
"""

import pathlib
import re
import sys

import swift_strings

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/troubleshooting.md"

# Whose body, or whose call, has messages: a property or a function of this name, and a call of this type or function.
DECLARED = {
    "message", "leftOutNotice", "noticeOfNumbersInSource", "noticeOfOwnPorts", "noticeOfPortsLeftOut",
    "noticeOfProcessesLeftOut", "noticeOfMachine",
}
CALLED = {"Warning", "warning", "ValidationError", "Failure", "failure", "yaml"}
# What is a part of another message.
PARTS = {
    "nothing yet", "would stay", "would be", "would move",
    "`portrun config --translate off`", "…, with the booking of its ports", "standard input", "`--translate off`", "…:… says so",
}
# Where a word of the message is itself chosen.
WORDED = {
    "`…` … from … to …: …": "`…` moved from … to …: …",
    "`…` … on … and not …: …": "`…` stays on … and not …: …",
    "`…` … on …, which was booked by hand, and not …; `portrun release …` gives it up":
        "`…` stays on …, which was booked by hand, and not …; `portrun release …` gives it up",
    "`…` … … here: … is …; start this checkout's own, or use that one with `--use-main …`":
        "`…` is … here: … is the main checkout's; start this checkout's own, or use that one with `--use-main …`",
    "`…` means whatever listens on …, which is …; this one's own is …: put `$(portrun get … -q)` there, or `fuser -k …/tcp`, "
    "which portrun leads to it":
        "`…` means whatever listens on …, which is the main checkout's; this one's own is …: put `$(portrun get … -q)` there, "
        "or `fuser -k …/tcp`, which portrun leads to it",
    "no … for `…` in …: … booked, … in use by other programs, … blocked":
        "no free port for `…` in …: … booked, … in use by other programs, … blocked",
    "`…` … port: no program starts with a variable of more than … bytes":
        "`…` keeps its port: no program starts with a variable of more than … bytes",
    "… is …: the command listens on … in its place": "… is `…` of …: the command listens on … in its place",
    "… …: the command listens on … in its place": "… stays the main checkout's: the command listens on … in its place",
    "… `…` is called `…` in every checkout: …": "volume `…` is called `…` in every checkout: …",
    "… so much that no program could be started: `…` would have … bytes, and … is the most":
        "`…` sets so much that no program could be started: `…` would have … bytes, and … is the most",
    "… so much that no program could be started: … bytes in all, and … is the most":
        "`…` sets so much that no program could be started: … bytes in all, and … is the most",
}

# What is looked for on the page all the same: answers, and what the parser of options says, in portrun's words. The sources,
# or the tests of its words, have each.
ANSWERS = {"no ports found", "no `…` runs on this machine"}
OF_PARSER = {
    "unknown option `…`", "unknown option `…`; did you mean `…`?",
    "the value `…` is invalid for `…`: not …", "the value `…` is invalid for `…`; give one of …",
    "the value `…` is invalid for `…`: it is reversed",
    "the value `…` is invalid for `…`: no kind of service stands before the range; …",
}
PARSER_TESTS = ROOT / "Tests/EndToEndTests/Commands/UsageTests.swift"
# Whose text is the system's.
OF_SYSTEM = {"`…`: No such file or directory"}

# Each of its findings has the next step beside it.
DOCTOR = ROOT / "Sources/PortrunKit/Doctor"


def bodies(tokens):
    """The ranges of tokens in which literals are messages."""
    named = set()
    for index in range(1, len(tokens) - 3):
        first, second, third = (text for _, text, _ in tokens[index:index + 3])
        if first in ("var", "func") and second in DECLARED:
            line = ending(tokens, index)
            opening = next((other for other in range(index, line) if tokens[other][1] == "{"), None)
            if opening is not None and "=" not in (text for _, text, _ in tokens[index:opening]):
                yield opening, swift_strings.closing(tokens, opening)
        elif (first, second) == ("together", "("):
            # Behind the message stands a hint.
            yield index + 2, ending(tokens, index + 2)
        elif first in CALLED and second == "(" and tokens[index - 1][1] != "func":
            yield index + 2, swift_strings.closing(tokens, index + 1)
            named.add(third)
        elif (first, second) == ("message", "=") or first == "message" and second == ":" and tokens[index + 2][0] == "s":
            yield index + 2, ending(tokens, index + 2)
    # What a call names is a message where it gets its text.
    for index in range(1, len(tokens) - 2):
        if tokens[index - 1][1] in ("let", "var") and tokens[index][1] in named and tokens[index + 1][1] == "=":
            yield index + 2, ending(tokens, index + 2)


def ending(tokens, index):
    """The index behind the expression or the declaration's head that goes on from `index`."""
    while index < len(tokens):
        kind, text, _ = tokens[index]
        if kind == "p" and text in swift_strings.PAIRS:
            if text == "{":
                return index + 1
            index = swift_strings.closing(tokens, index)
        elif text in (",", ")", "}"):
            return index
        elif kind == "n":
            following = next((token[1] for token in tokens[index:] if token[0] != "n"), "")
            before = next((token[1] for token in reversed(tokens[:index]) if token[0] != "n"), "")
            if following not in "+.?:" and before not in "=?:+":
                return index
        index += 1
    return index


def is_message(text):
    """Whether it is one, and not what stands behind or between others."""
    return len(re.findall(r"[A-Za-z]{2,}", text)) > 1 and text[0] not in " ;:,-"


def messages():
    """Each message of the sources, and where it stands; and the constants above that nothing is like."""
    found, unused = {}, PARTS | set(WORDED) | ANSWERS | OF_PARSER
    tests = PARSER_TESTS.read_text()
    for text in sorted(OF_PARSER):
        if re.search(re.escape(text).replace("…", "[^`]+"), tests):
            unused.discard(text)
            found[text] = str(PARSER_TESTS.relative_to(ROOT))
    for text in OF_SYSTEM:
        found[text] = "errno"
    for path in sorted((ROOT / "Sources").rglob("*.swift")):
        if DOCTOR in path.parents:
            continue
        source = path.read_text()
        tokens = swift_strings.tokens(source)
        for text, place in swift_strings.texts(tokens, 0, len(tokens)):
            if text in ANSWERS:
                unused.discard(text)
                found.setdefault(text, f"{path.relative_to(ROOT)}:{source.count(chr(10), 0, place) + 1}")
        for start, end in bodies(tokens):
            for text, place in swift_strings.texts(tokens, start, min(end, len(tokens))):
                text = text.rstrip(" :;")
                unused.discard(text)
                if text and is_message(text) and text not in PARTS:
                    line = source.count("\n", 0, place) + 1
                    found.setdefault(WORDED.get(text, text), f"{path.relative_to(ROOT)}:{line}")
    return found, unused


def main():
    found, unused = messages()
    if "--list" in sys.argv:
        for text, place in found.items():
            print(f"{place}: {text}")
        return 0
    page = PAGE.read_text()
    listed = re.findall(r"^- (.+)$", page, re.MULTILINE)
    faults = [f"{found[text]}: `docs/troubleshooting.md` has no item `- {text}`" for text in found if text not in listed]
    faults += [f"docs/troubleshooting.md: the program has no message `{text}`" for text in listed if text not in found]
    faults += [f"docs/troubleshooting.md: `{text}` is there twice" for text in found if listed.count(text) > 1]
    faults += [f"scripts/messages.py: no message is like `{text}`" for text in sorted(unused)]
    faults += [
        f"docs/troubleshooting.md: nothing is said below `{heading}`"
        for heading, body in re.findall(r"^### (.+)\n((?:(?!#).*\n)*)", page, re.MULTILINE)
        if not re.search(r"^- ", body, re.MULTILINE) or not re.search(r"^(?!- |\s*$)", body, re.MULTILINE)
    ]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
