#!/usr/bin/env python3
"""Writes scripts/launch-order.txt: the functions that launches run, and the variables and constants that they touch, by
symbol, for the linker to lay out together. First stand those that the supervisor of a translated command needs, which
keeps little more of the program in memory.

    launch-order.py PORTRUN

PORTRUN is a binary with symbols (`scripts/build-release.sh symbols`); needs valgrind and objdump. To be run again when much of the
launch path has changed: the linker passes over names that are gone, and leaves new ones where they are.
"""

import bisect
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import bench

SUPERVISOR = "portrun_serve_alone"
LAUNCHES = ("-- true", "export", "get web -q")


class Symbols:
    """The names in a binary, by address."""

    def __init__(self, binary):
        listing = subprocess.run(["nm", "-n", "-S", binary], stdout=subprocess.PIPE, text=True, check=True).stdout
        self.places = [
            (int(start, 16), int(size, 16), kind, name)
            for start, size, kind, name in re.findall(r"^(\w+) (\w+) (\w) (.+)", listing, re.MULTILINE)
        ]
        self.starts = [place[0] for place in self.places]
        self.static = {name for _, _, kind, name in self.places if kind == "t"}

    def data(self, address):
        """The name of the variable or constant at an address; None for anything else."""
        start, size, kind, name = self.places[bisect.bisect_right(self.starts, address) - 1]
        return name if start <= address < start + size and kind in "bBdDrRvV" else None


def traced(tool, option, command, environment, folder):
    """What a tool of valgrind writes about a command."""
    output = folder / tool
    valgrind = ["valgrind", "--quiet", f"--tool={tool}", *option, f"--log-file={output}"]
    subprocess.run([*valgrind, *command], env=environment, stdout=subprocess.DEVNULL, check=True)
    return output.read_text()


def functions(command, environment, folder):
    """The symbols of all functions that a command runs, in the order in which callgrind comes upon them."""
    profile = folder / "profile"
    traced("callgrind", ["--demangle=no", f"--callgrind-out-file={profile}"], command, environment, folder)
    # `fn=(7) name` where a name is met first; a number behind an apostrophe tells levels of recursion apart
    return re.findall(r"^c?fn=\(\d+\) ((?!0x)[^'\n]+)", profile.read_text(), re.MULTILINE)


def variables(command, environment, folder, symbols):
    """The symbols of all variables and constants that a command reads or writes, in that order."""
    trace = traced("lackey", ["--trace-mem=yes"], command, environment, folder)
    addresses = dict.fromkeys(re.findall(r"^ [LSM] (\w+),", trace, re.MULTILINE))
    return [name for name in (symbols.data(int(address, 16)) for address in addresses) if name]


def reached(function, binary, symbols):
    """The symbols of all functions of ours that one of them may run, and of those that they call."""
    calls = {}
    command = ["objdump", "--disassemble", "--no-show-raw-insn", binary]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as listing:
        for line in listing.stdout:
            if start := re.match(r"[0-9a-f]+ <(.+)>:", line):
                called = calls.setdefault(start[1], [])
            elif call := re.search(r"\t(?:call|jmp) +[0-9a-f]+ <([^+>]+)>", line):
                called.append(call[1])
    names, left = {}, [function]
    while left:
        name = left.pop(0)
        if name not in names:
            names[name] = None
            # What the C library calls in turn is for rare cases; it has few static functions.
            is_own = name.startswith("portrun_") or (name in symbols.static and not name.startswith("_"))
            left += calls.get(name, []) if is_own else []
    return names


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    output = pathlib.Path(__file__).resolve().parent / "launch-order.txt"
    symbols = Symbols(binary)
    names = reached(SUPERVISOR, binary, symbols)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        environment = bench.environment(folder, binary)
        # Valgrind knows no system calls of a translation, so that the worktree's run ends up without one.
        for place in bench.project(folder):
            os.chdir(place)
            for launch in LAUNCHES:
                command = [str(binary), *launch.split()]
                subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
                names |= dict.fromkeys(functions(command, environment, folder))
                names |= dict.fromkeys(variables(command, environment, folder, symbols))
        os.chdir(output.parent)
    output.write_text("".join(f"{name}\n" for name in names))


if __name__ == "__main__":
    main()
