"""Finds the string literals in Swift source, with `…` in the place of what is interpolated."""

import re

QUOTE = re.compile(r'(#*)("""|")')
WORD = re.compile(r"\w+")
PAIRS = {"{": "}", "(": ")", "[": "]"}


def literal(source, opening):
    """The text of the literal that `opening` (a match of QUOTE) begins, and the place behind it."""
    hashes, quotes = opening.groups()
    escape, closing, place, text = "\\" + hashes, quotes + hashes, opening.end(), ""
    while not source.startswith(closing, place):
        if not source.startswith(escape, place):
            text, place = text + source[place], place + 1
            continue
        place += len(escape)
        if source[place] == "(":
            text, place = text + "…", behind_parenthesis(source, place)
        elif source[place] == "u":
            end = source.index("}", place)
            text, place = text + chr(int(source[place + 2:end], 16)), end + 1
        else:
            text, place = text + {"n": "\n", "t": "\t"}.get(source[place], source[place]), place + 1
    return text, place + len(closing)


def behind_parenthesis(source, place):
    """The place behind the parenthesis that closes the one at `place`; literals may stand in it."""
    depth = 0
    while True:
        if opening := QUOTE.match(source, place):
            place = literal(source, opening)[1]
            continue
        depth += {"(": 1, ")": -1}.get(source[place], 0)
        place += 1
        if depth == 0:
            return place


def tokens(source):
    """Triples of kind, text and place: `s` for a literal, `w` for a word, `n` for a line break, `p` for a mark."""
    place, found = 0, []
    while place < len(source):
        if source.startswith("//", place):
            end = source.find("\n", place)
            place = len(source) if end < 0 else end
        elif opening := QUOTE.match(source, place):
            text, end = literal(source, opening)
            found.append(("s", text, place))
            place = end
        elif word := WORD.match(source, place):
            found.append(("w", word.group(), place))
            place = word.end()
        else:
            mark = source[place]
            if not mark.isspace() or mark == "\n":
                found.append(("n" if mark == "\n" else "p", mark, place))
            place += 1
    return found


def closing(found, start):
    """The index of the bracket that closes the one at `start`."""
    depth = 0
    for index in range(start, len(found)):
        kind, text, _ = found[index]
        if kind == "p":
            depth += (text in PAIRS) - (text in PAIRS.values())
            if depth == 0:
                return index
    raise ValueError("a bracket is not closed")


def behind_operand(found, index, end):
    """The index behind an operand of `+` that is no literal."""
    while index < end:
        kind, text, _ = found[index]
        if kind == "p" and text in PAIRS:
            index = closing(found, index)
        elif kind == "p" and text in ")]},:?+":
            break
        elif kind == "n":
            following = next((token[1] for token in found[index:end] if token[0] != "n"), "")
            if following not in ("+", "."):
                break
        index += 1
    return index


def texts(found, start, end):
    """The texts between two indices, those that `+` joins as one, each with its place."""
    result, index = [], start
    while index < end:
        if found[index][0] != "s":
            index += 1
            continue
        _, text, place = found[index]
        index += 1
        while True:
            marks = [other for other in range(index, min(index + 4, end)) if found[other][0] != "n"]
            if not marks or found[marks[0]][1] != "+" or found[marks[0] + 1][1] == "=":
                break
            index = next(other for other in range(marks[0] + 1, end) if found[other][0] != "n")
            if found[index][0] == "s":
                text, index = text + found[index][1], index + 1
            else:
                text, index = text + "…", behind_operand(found, index, end)
        result.append((re.sub("…+", "…", text), place))
    return result
