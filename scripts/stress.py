#!/usr/bin/env python3
"""Uses portrun from many processes at once and kills it at random instants, through the command line only.

    stress.py PORTRUN [--processes N] [--rounds N] [--kills N]

Fails when any command fails, when two bookings share a port, when a booking moves without a reason, when the registry
is damaged, or when `portrun gc` leaves a lease of a process that is dead.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time

SERVICES = ["web", "postgres", "redis", "api", "mail"]


class Failure(Exception):
    pass


class Portrun:
    """The binary, with a home and a registry of its own."""

    def __init__(self, binary, home):
        self.binary = str(binary)
        self.registry = home / "registry.sqlite"
        foreign = ("PORTRUN", "XDG_", "COMPOSE_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign) and name != "PORT"}
        self.environment = kept | {"HOME": str(home), "PORTRUN_REGISTRY": str(self.registry)}

    def __call__(self, *arguments, folder):
        ended = subprocess.run(
            [self.binary, *arguments], cwd=folder, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True)
        if ended.returncode != 0:
            raise Failure(f"`portrun {' '.join(arguments)}` ended with {ended.returncode}: {ended.stderr.strip()}")
        return ended.stdout

    def start(self, *arguments, folder):
        return subprocess.Popen(
            [self.binary, *arguments], cwd=folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def bookings(self, folder):
        """Port by (context, service, target), after checking that no port is booked twice."""
        rows = json.loads(self("status", "--all", "--json", folder=folder))
        ports = [(row["port"], row["protocol"]) for row in rows]
        if len(set(ports)) != len(ports):
            raise Failure(f"{len(ports) - len(set(ports))} ports are booked twice")
        return {(row["context"], row["service"], row["target"]): row["port"] for row in rows}

    def check_registry(self):
        with sqlite3.connect(self.registry) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
        connection.close()
        if answer != "ok":
            raise Failure(f"the registry is damaged: {answer}")


def projects(home, count):
    folders = [home / f"project-{number}" for number in range(count)]
    for folder in folders:
        folder.mkdir()
        (folder / "package.json").write_text("{}")
    return folders


def book_at_once(portrun, folders):
    """A thread a project, all starting at the same moment, each booking its services one process at a time."""
    barrier = threading.Barrier(len(folders))

    def book(folder):
        barrier.wait()
        for service in SERVICES:
            portrun("book", service, folder=folder)

    with concurrent.futures.ThreadPoolExecutor(len(folders)) as pool:
        list(pool.map(book, folders))


def concurrency(binary, processes, rounds):
    for number in range(1, rounds + 1):
        with tempfile.TemporaryDirectory() as name:
            home = pathlib.Path(name).resolve()
            portrun, folders = Portrun(binary, home), projects(home, processes)
            seen = None
            for registry in ("cold", "warm"):
                start = time.monotonic()
                book_at_once(portrun, folders)
                elapsed = time.monotonic() - start
                bookings = portrun.bookings(folders[0])
                portrun.check_registry()
                if len(bookings) != processes * len(SERVICES):
                    raise Failure(f"{len(bookings)} bookings, not {processes * len(SERVICES)}")
                if seen not in (None, bookings):
                    raise Failure("a warm registry gave other ports")
                seen = bookings
                print(f"round {number}, {registry}: {processes} processes x {len(SERVICES)} books: "
                      f"0 errors, 0 duplicates, {elapsed:.1f} s", flush=True)


def killed_at_random(binary, kills):
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name).resolve()
        portrun, folders = Portrun(binary, home), projects(home, 10)
        for folder in folders:
            portrun("book", *SERVICES, folder=folder)
        before = portrun.bookings(home)

        early = 0
        for _ in range(kills):
            launcher = portrun.start("--", "sleep", "0.02", folder=random.choice(folders))
            time.sleep(random.uniform(0, 0.005))  # most often while it books, forks or execs
            launcher.send_signal(signal.SIGKILL)
            early += launcher.wait() == -signal.SIGKILL
        portrun.check_registry()

        after = portrun.bookings(home)
        lost = [key for key in before if after.get(key) != before[key]]
        if lost:
            raise Failure(f"{len(lost)} bookings were lost or moved: {lost[:3]}")

        time.sleep(0.1)  # longer than any child lives
        portrun("gc", folder=home)
        live = json.loads(portrun("status", "--all", "--live", "--json", folder=home))
        if live:
            raise Failure(f"{len(live)} leases of dead processes are left after gc")
        portrun.check_registry()
        print(f"{kills} runs, {early} of them killed by SIGKILL before their end: "
              f"registry sound, 0 bookings lost, 0 leases left after gc", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--processes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kills", type=int, default=500)
    options = parser.parse_args()
    binary = options.binary.resolve()
    try:
        concurrency(binary, options.processes, options.rounds)
        killed_at_random(binary, options.kills)
    except Failure as failure:
        raise SystemExit(f"stress: error: {failure}")


main()
