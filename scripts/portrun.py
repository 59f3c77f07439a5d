"""portrun as the scripts of this folder call it: through its command line, in a home of its own."""

import argparse
import json
import os
import pathlib
import sqlite3
import subprocess
import sys


class Failure(Exception):
    """Something that must not be; its text says what."""


class Portrun:
    """The binary, with a home and a registry of its own, and without the settings of whoever runs the script."""

    def __init__(self, binary, home):
        self.binary = str(binary)
        self.registry = home / "registry.sqlite"
        foreign = ("PORTRUN", "DIRENV_", "XDG_", "COMPOSE_", "DOCKER_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign) and name != "PORT"}
        self.environment = kept | {"HOME": str(home), "PORTRUN_REGISTRY": str(self.registry)}

    def __call__(self, *arguments, folder):
        """The standard output of a command that has to succeed."""
        ended = subprocess.run(
            [self.binary, *arguments], cwd=folder, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True)
        if ended.returncode != 0:
            raise Failure(f"`portrun {' '.join(arguments)}` ended with {ended.returncode}: {ended.stderr.strip()}")
        return ended.stdout

    def start(self, *arguments, folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        return subprocess.Popen(
            [self.binary, *arguments], cwd=folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=stdout, stderr=stderr)

    def status(self, *filters, folder):
        """What `portrun status` knows of all contexts."""
        return json.loads(self("status", "--all", "--json", *filters, folder=folder))

    def rows(self, sql):
        """What a query of the registry gives, for what no command shows."""
        connection = sqlite3.connect(self.registry)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def check_registry(self):
        (answer,), *_ = self.rows("PRAGMA integrity_check")
        if answer != "ok":
            raise Failure(f"the registry is damaged: {answer}")


def print_report(description, report, **counts):
    """Prints the lines of `report(BINARY, COUNT...)` as the command line says: a binary, and an option for each count, with
    these defaults."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    for name, count in counts.items():
        parser.add_argument(f"--{name}", type=int, default=count)
    options = vars(parser.parse_args())
    binary = options.pop("binary").resolve()
    try:
        for line in report(binary, **options):
            print(line, flush=True)
    except Failure as failure:
        raise SystemExit(f"{pathlib.Path(sys.argv[0]).stem}: error: {failure}")
