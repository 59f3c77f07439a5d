#!/usr/bin/env python3
"""Uses portrun from many processes at once and kills runs at random instants, through the command line only.

    stress.py PORTRUN [--processes N] [--rounds N] [--kills N]

Fails when any command fails, when two bookings share a port or one has a port outside its range, when a booking that
was reported is missing or has moved, when the registry is damaged, when `portrun gc` leaves a lease of a process that
is dead, or when a living child has no lease.
"""

import argparse
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import time

from portrun import Failure, Portrun

SERVICES = ["web", "postgres", "redis", "api", "mail"]
# what a run does: tells its pid and the port it was given, and lives until it is killed
CHILD = ["sh", "-c", 'echo "$$ $PORT"; exec sleep 600']


def projects(home, count):
    folders = [home / f"project-{number}" for number in range(count)]
    for folder in folders:
        folder.mkdir()
        (folder / "package.json").write_text("{}")
    return folders


def bookings(portrun, folder):
    """Port by (context, service), after checking that no port is booked twice and each is in a range."""
    rows = portrun.status(folder=folder)
    ports = [row["port"] for row in rows]
    if len(set(ports)) != len(ports):
        raise Failure(f"{len(ports) - len(set(ports))} ports are booked twice")
    ranges = [line.split()[1].split("-") for line in portrun("config", folder=folder).splitlines()]
    outside = [port for port in ports if not any(int(first) <= port <= int(last) for first, last in ranges)]
    if outside:
        raise Failure(f"ports outside of every range: {outside[:5]}")
    return {(row["context"], row["service"]): row["port"] for row in rows}


def book_at_once(portrun, folders):
    """All processes at the same time, each in a project of its own.

    Returns the ports that each was given, by folder, and the folders where a port moved, since some program that has
    nothing to do with this one listened on it: portrun says so.
    """
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    started = [portrun.start("book", *SERVICES, folder=folder, **pipes) for folder in folders]
    failures, told, moved = [], {}, set()
    for process, folder in zip(started, folders):
        output, errors = process.communicate()
        if process.returncode != 0:
            failures.append(errors.decode().strip())
        told[folder] = [int(line.split()[1]) for line in output.splitlines()]
        if any(b"warning: waiting for " not in line for line in errors.splitlines()):
            moved.add(folder)
    if failures:
        raise Failure(f"{len(failures)} of {len(folders)} processes failed: {failures[0]}")
    return told, moved


def concurrency(binary, processes, rounds):
    for number in range(1, rounds + 1):
        with tempfile.TemporaryDirectory() as name:
            home = pathlib.Path(name).resolve()
            portrun, folders = Portrun(binary, home), projects(home, processes)
            before = None
            for registry in ("cold", "warm"):
                start = time.monotonic()
                told, moved = book_at_once(portrun, folders)
                elapsed = time.monotonic() - start
                known = bookings(portrun, home)
                portrun.check_registry()
                if sorted(known.values()) != sorted(sum(told.values(), [])):
                    raise Failure("the registry does not hold what the processes were told")
                if before and any(before[folder] != told[folder] for folder in folders if folder not in moved):
                    raise Failure("a warm registry gave other ports")
                before = told
                print(f"round {number}, {registry}: {processes} processes x {len(SERVICES)} ports: 0 errors, "
                      f"0 duplicates, {elapsed:.1f} s", flush=True)


def start_time(pid):
    """When a process started, as /proc tells it; None for one that is dead or a zombie."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else fields[19]


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


class Run:
    """One run of a child that does not end by itself, in a new process group, so that none is left behind."""

    def __init__(self, portrun, folder):
        self.process = subprocess.Popen(
            [portrun.binary, "run", "-q", "--", *CHILD], cwd=folder, env=portrun.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.told = b""

    def child(self):
        """The pid of the child and the port it was given, once it has told them."""
        self.told += self.process.stdout.read() or b""
        return tuple(map(int, self.told.split())) if self.told.endswith(b"\n") else None

    def end(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.process.stdout.close()


def holders(portrun):
    return {pid for pid, in portrun.rows("SELECT pid FROM leases")}


def check_leases(portrun, folder, runs):
    """`gc` leaves no lease of a process that was dead before, and each living child has one."""
    dead = {pid for pid in holders(portrun) if start_time(pid) is None}
    children = [told[0] for told in map(Run.child, runs) if told]
    portrun("gc", folder=folder)
    held = holders(portrun)
    if dead & held:
        raise Failure(f"gc left the leases of the dead processes {dead & held}")
    for pid in children:
        if start_time(pid) is not None and pid not in held:
            raise Failure(f"the living process {pid} has no lease")
    return len(held)


def killed_at_random(binary, kills):
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name).resolve()
        portrun, folders = Portrun(binary, home), projects(home, 10)
        reported = {}
        for folder in folders:
            portrun("book", *SERVICES, folder=folder)
        before = bookings(portrun, home)
        counts = {"launcher": 0, "child": 0, "both": 0}
        early, most, runs = 0, 0, []
        try:
            for number in range(kills):
                victim = list(counts)[number % len(counts)]
                run = Run(portrun, random.choice(folders))
                runs.append(run)
                # Most often while it books, forks or execs; sometimes a while after.
                time.sleep(random.uniform(0, 0.006) if random.random() < 0.8 else 0.02)
                told = run.child()
                early += told is None
                if told:
                    reported[told[1]] = told[0]
                if victim != "launcher":
                    # A child that has not told its pid is found as the launcher's, if there is one by now.
                    children = pathlib.Path(f"/proc/{run.process.pid}/task/{run.process.pid}/children")
                    for pid in children.read_text().split() if children.exists() else []:
                        kill(int(pid))
                if victim != "child":
                    kill(run.process.pid)
                    run.process.wait()
                counts[victim] += 1
                if len(runs) == 25:
                    portrun.check_registry()
                    most = max(most, check_leases(portrun, home, runs))
                    for run in runs:
                        run.end()
                    runs = []
        finally:
            for run in runs:
                run.end()
        portrun.check_registry()
        after = bookings(portrun, home)
        lost = [key for key in before if after.get(key) != before[key]]
        missing = [port for port in reported if port not in after.values()]
        if lost or missing:
            raise Failure(f"bookings were lost or moved: {lost[:3]}, {missing[:3]}")
        while any(start_time(pid) for pid in holders(portrun)):
            time.sleep(0.01)
        if check_leases(portrun, home, []):
            raise Failure("leases are left, and no process")
        told = ", ".join(f"{victim} {count}" for victim, count in counts.items())
        print(f"{kills} runs killed ({told}; {early} before the command ran): registry sound, {len(before)} bookings and "
              f"{len(reported)} ports of runs kept, up to {most} live leases, none without its process and no living "
              "child without its lease", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--processes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--kills", type=int, default=500)
    options = parser.parse_args()
    binary = options.binary.resolve()
    try:
        concurrency(binary, options.processes, options.rounds)
        killed_at_random(binary, options.kills)
    except Failure as failure:
        raise SystemExit(f"stress: error: {failure}")


if __name__ == "__main__":
    main()
