#!/usr/bin/env python3
"""Measures many launches at once, as agents and test runners make them.

    crowd.py PORTRUN [--launches N] [--runs N]

First that many `portrun -- true {port}` are started at once, each in a checkout that portrun has never seen; then as many in one
checkout. Both are measured against as many `env true`, started in the same way. Then commands are started in one checkout
that go on running, and the start of each is timed. A launch that fails, or a port that two commands are told, is an error.
"""

import pathlib
import statistics
import subprocess
import tempfile
import time

from portrun import Failure, Portrun, print_report

# how many times as long as `env true` launches in checkouts of their own may take
OWN_LIMIT = 4.5
# how many times as long as the first of its checkout a launch may take
LATE_LIMIT = 2.0
# tells its port and goes on running
SERVER = ["sh", "-c", 'echo "$1"; exec sleep 600', "server", "{port}"]


def at_once(starts, output):
    """Seconds until all have ended; raises for the first that fails."""
    start = time.perf_counter()
    processes = [begin() for begin in starts]
    statuses = [process.wait() for process in processes]
    elapsed = time.perf_counter() - start
    if failed := [status for status in statuses if status]:
        output.seek(0)
        raise Failure(f"{len(failed)} of {len(statuses)} launches failed: {output.read(400)}")
    return elapsed


def crowd(portrun, folders, home):
    """Seconds for a launch in each of the folders, all at once, and for as many `env true`."""
    with open(home / "errors", "w+") as errors:
        native = [lambda: subprocess.Popen(["env", "true"], stdin=subprocess.DEVNULL) for _ in folders]
        ours = [
            lambda folder=folder: portrun.start("-q", "--", "true", "{port}", folder=folder, stderr=errors) for folder in folders]
        return at_once(ours, errors), at_once(native, errors)


def late(portrun, folder, runs):
    """Milliseconds of each start in a checkout whose earlier commands all go on running, of `runs` ones."""
    times, started, ports = [], [], set()
    try:
        for _ in range(runs):
            start = time.perf_counter()
            process = portrun.start("-q", "--", *SERVER, folder=folder, stdout=subprocess.PIPE)
            started.append(process)
            port = process.stdout.readline().strip()
            times.append((time.perf_counter() - start) * 1000)
            if not port or port in ports:
                raise Failure(f"port `{port.decode()}` is none, or was told twice")
            ports.add(port)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()
            process.stdout.close()
    return times


def report(binary, launches=1000, runs=500):
    """The figures, a line each."""
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name).resolve()
        portrun = Portrun(binary, home)
        folders = [home / f"checkout-{number}" for number in range(launches)]
        for folder in folders:
            folder.mkdir()
        yield f"{launches:,} launches at once, against as many `env true` at once:"
        yield ""
        yield "| launches | together | ratio | at most |"
        yield "|---|---:|---:|---:|"
        for title, places, limit in (
                ("in checkouts of their own", folders, OWN_LIMIT), ("in one checkout", [folders[0]] * launches, "")):
            ours, native = crowd(portrun, places, home)
            yield f"| {title} | {ours:.2f} s | {ours / native:.2f} | {limit} |"
        times = late(portrun, folders[1], runs)
        first, last = statistics.median(times[:10]), statistics.median(times[-10:])
        yield ""
        yield f"The launch beside {runs - 1} that go on running in the same checkout takes {last:.1f} ms, the first ones " \
            f"{first:.1f} ms: {last / first:.2f} (at most {LATE_LIMIT})."


if __name__ == "__main__":
    print_report(__doc__, report, launches=1000, runs=500)
