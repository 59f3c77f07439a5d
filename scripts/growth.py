#!/usr/bin/env python3
"""Measures how commands grow with the number of bookings, from none to 100,000.

    growth.py PORTRUN [--runs N]

The bookings are written straight into a registry that portrun has made, ten of each of 10,000 contexts. Each command is
measured as a whole process, by turns on all registries.
"""

import pathlib
import sqlite3
import statistics
import tempfile

from portrun import Portrun, print_report
from scale import taken

SIZES = [0, 1_000, 10_000, 100_000]
PER_CONTEXT = 10
FIRST_PORT, PORTS = 10_001, 50_000
# what is asked, and how many times as long as without bookings it may take with all of them
ASKED = [
    (["check", "5000"], 1.3),
    (["check", "15000"], 1.3),
    (["lookup", "web"], 1.3),
    (["get", "web", "-q"], 1.3),
    (["run", "--", "true"], 1.3),
]
# what lists all, and the microseconds of processor time that each booking may add
LISTED = [(["list"], 3), (["doctor"], 5)]


def place(binary, home, size):
    """portrun with a registry of so many bookings, and a checkout there."""
    folder = home / "project"
    folder.mkdir(parents=True)
    portrun = Portrun(binary, home)
    portrun("book", "web", folder=folder)
    registry = sqlite3.connect(portrun.registry)
    (network,), = registry.execute("SELECT network FROM bookings")
    registry.executemany(
        "INSERT INTO contexts (id, identity, hash, label, app, instance, path, last_used)"
        " VALUES (?1, 'p' || ?1, printf('%06x', ?1), 'app-' || ?1 || '/main', 'app-' || ?1, 'main', '/gone/' || ?1, 0)",
        [(2 + context,) for context in range(size // PER_CONTEXT)])
    registry.executemany(
        "INSERT INTO bookings (context, network, service, port, protocol, source, is_ephemeral, last_used, count,"
        " is_lent) VALUES (?, ?, 'service-' || ?, ?, ?, 'range', 0, 0, 1, 0)",
        [(2 + row // PER_CONTEXT, network, row % PER_CONTEXT, FIRST_PORT + row % PORTS, ("tcp", "udp")[row // PORTS])
         for row in range(size)])
    registry.commit()
    registry.close()
    return portrun, folder


def measured(places, words, runs):
    """The medians of a command in all places, by turns: milliseconds by the clock, and of the processor."""
    times = [[] for _ in places]
    for turn in range(runs + 1):
        for found, (portrun, folder) in zip(times, places):
            # 1 says that the port is somebody's.
            found.append(taken(portrun, words, folder, statuses=(0, 1)))
    # The first of each reads what the others find in memory.
    return [[statistics.median(kind) for kind in zip(*found[1:])] for found in times]


def figures(binary, runs):
    """For each command the words, the limit, and the medians by size; first those that ask, then those that list."""
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name).resolve()
        places = [place(binary, home / str(size), size) for size in SIZES]
        asked = [(words, limit, measured(places, words, runs)) for words, limit in ASKED]
        listed = [(words, limit, measured(places, words, max(3, runs // 10))) for words, limit in LISTED]
    return asked, listed


def table(asked, listed):
    heads = " | ".join(f"{size:,}" for size in SIZES)
    yield f"| command | {heads} | growth | at most |"
    yield "|---" + "|---:" * (len(SIZES) + 2) + "|"
    for words, limit, medians in asked:
        clock = [by_clock for by_clock, _ in medians]
        cells = " | ".join(f"{value:.2f} ms" for value in clock)
        yield f"| `portrun {' '.join(words)}` | {cells} | {clock[-1] / clock[0]:.2f} × | {limit} × |"
    for words, limit, medians in listed:
        processor = [of_processor for _, of_processor in medians]
        cells = " | ".join(f"{value:.2f} ms" for value in processor)
        each = (processor[-1] - processor[0]) / SIZES[-1] * 1000
        yield f"| `portrun {' '.join(words)}` | {cells} | {each:.2f} µs each | {limit} µs each |"


def report(binary, runs=50):
    """The figures, a line each."""
    yield "By the number of bookings in the registry; times of `list` and `doctor` are of the processor:"
    yield ""
    yield from table(*figures(binary, runs))


if __name__ == "__main__":
    print_report(__doc__, report, runs=50)
