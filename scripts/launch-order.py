#!/usr/bin/env python3
"""Writes scripts/launch-order.txt: the functions that launches run, by symbol, for the linker to lay out together.

    launch-order.py PORTRUN

PORTRUN is a binary with symbols (`scripts/build-release.sh symbols`); needs valgrind. To be run again when much of the
launch path has changed: the linker passes over names that are gone, and leaves new ones where they are.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import bench

LAUNCHES = ("-- true", "export", "get web -q")


def functions(command, variables, folder):
    """The symbols of all functions that a command runs, in the order in which callgrind comes upon them."""
    profile = folder / "profile"
    valgrind = ["valgrind", "--quiet", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={profile}"]
    subprocess.run([*valgrind, *command], env=variables, stdout=subprocess.DEVNULL, check=True)
    # `fn=(7) name` where a name is met first; a number behind an apostrophe tells levels of recursion apart
    return re.findall(r"^c?fn=\(\d+\) ((?!0x)[^'\n]+)", profile.read_text(), re.MULTILINE)


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    output = pathlib.Path(__file__).resolve().parent / "launch-order.txt"
    names = {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        variables = bench.environment(folder, binary)
        os.chdir(bench.project(folder))
        for launch in LAUNCHES:
            command = [str(binary), *launch.split()]
            subprocess.run(command, env=variables, stdout=subprocess.DEVNULL, check=True)
            names |= dict.fromkeys(functions(command, variables, folder))
        os.chdir(output.parent)
    output.write_text("".join(f"{name}\n" for name in names))


if __name__ == "__main__":
    main()
