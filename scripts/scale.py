#!/usr/bin/env python3
"""Measures how the time of a command grows with the registry, and what it takes to reap many leases.

    scale.py PORTRUN [--runs N] [--leases N]

The large registry has 10,000 bookings of 1,000 checkouts, 50 worktrees of each of 20 repositories, half of whose branches are
packed as `git gc` leaves them. Each command is measured as a whole process, by turns with the same one on a registry
that holds nothing. The folders are as they were at the last `gc`, whose time when it has to read them all anew is
given beside. The leases are those of real runs, all of which have been killed.
"""

import os
import pathlib
import signal
import statistics
import subprocess
import tempfile
import time

from portrun import Failure, Portrun, print_report

REPOSITORIES, WORKTREES = 20, 50
SERVICES = ["web", "postgres", "redis", "api", "mail", "search", "queue", "metrics", "docs", "admin"]
# how much longer a command may take with the large registry than with an empty one
RATIO_LIMIT = 1.5
# milliseconds of processor time in which `gc` shall reap the leases
REAPING_LIMIT = 50


def repository(folder, worktrees):
    """A repository with linked worktrees, each on a branch of its own; returns the worktrees."""
    main = folder / "main"
    main.mkdir(parents=True)

    def git(*arguments):
        identity = ["-c", "user.name=scale", "-c", "user.email=scale@example.invalid"]
        subprocess.run(["git", *identity, *arguments], cwd=main, check=True)

    git("init", "-q", "-b", "main")
    git("commit", "-q", "--allow-empty", "-m", "first")
    paths = [folder / f"feature-{number}" for number in range(worktrees)]
    for number, path in enumerate(paths):
        git("worktree", "add", "-q", "-b", path.name, str(path))
        if number == worktrees // 2:
            git("pack-refs", "--all")
    return paths


def large(binary, home):
    """A home whose registry is large; returns portrun there and one of its checkouts."""
    portrun = Portrun(binary, home)
    for number in range(REPOSITORIES):
        for worktree in repository(home / f"repository-{number}", WORKTREES):
            portrun("book", *SERVICES, folder=worktree)
    (bookings, contexts), = portrun.rows("SELECT count(*), count(DISTINCT context) FROM bookings")
    if (bookings, contexts) != (REPOSITORIES * WORKTREES * len(SERVICES), REPOSITORIES * WORKTREES):
        raise Failure(f"{bookings} bookings in {contexts} contexts")
    return portrun, home / f"repository-{REPOSITORIES // 2}/feature-0"


def empty(binary, home):
    worktree, = repository(home / "repository", 1)
    return Portrun(binary, home), worktree


def taken(portrun, arguments, folder, statuses=(0,)):
    """Milliseconds of a whole process: by the clock, and of the processor."""
    start = time.perf_counter()
    process = portrun.start(*arguments, folder=folder)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        raise Failure(f"`portrun {' '.join(arguments)}` ended with {process.returncode}")
    return elapsed * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def growth(places, words, runs, before=lambda portrun: None):
    """The medians in milliseconds of a command on the large registry and on the empty one, by turns.

    `before` is called ahead of each."""
    times = {place: [] for place in places}
    for turn in range(runs + 3):
        for place in places:
            portrun, folder = place
            before(portrun)
            milliseconds, _ = taken(portrun, [word.format(turn) for word in words], folder)
            if turn >= 3:
                times[place].append(milliseconds)
    return [statistics.median(times[place]) for place in places]


def forget(portrun):
    """Takes away what `gc` knows of folders from before."""
    pathlib.Path(f"{portrun.registry}.names").unlink(missing_ok=True)


def reaping(binary, home, leases):
    """Milliseconds of processor time in which `gc` reaps so many leases, whose processes have been killed."""
    portrun, runs = Portrun(binary, home), []
    portrun("gc", folder=home)  # makes the registry
    try:
        for number in range(leases):
            # By turns, so that none waits for the registry longer than it is ready to.
            while len(runs) - portrun.rows("SELECT count(*) FROM leases")[0][0] > 20:
                if runs[-1].poll() is not None:
                    raise Failure(f"run {len(runs)} ended with {runs[-1].returncode}")
            runs.append(portrun.start(
                "run", "--exec", "--context", f"run-{number}", "--", "sleep", "600", folder=home))
        while portrun.rows("SELECT count(*) FROM leases") != [(leases,)]:
            time.sleep(0.1)
    finally:
        for run in runs:
            run.send_signal(signal.SIGKILL)
        for run in runs:
            run.wait()
    _, milliseconds = taken(portrun, ["gc"], home)
    if (left := portrun.rows("SELECT count(*) FROM leases")) != [(0,)]:
        raise Failure(f"gc left {left} leases of dead processes")
    return milliseconds


def report(binary, runs, leases=2000):
    """The figures, a line each."""
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name).resolve()
        for folder in ("large", "empty", "leases"):
            (home / folder).mkdir()
        places = [large(binary, home / "large"), empty(binary, home / "empty")]
        yield f"With {REPOSITORIES * WORKTREES * len(SERVICES):,} bookings in {REPOSITORIES * WORKTREES:,} contexts, " \
            "against an empty registry:"
        yield ""
        yield "| command | empty | large | ratio | at most |"
        yield "|---|---:|---:|---:|---:|"
        for words in (["book", "extra-{}"], ["export"], ["gc"]):
            much, little = growth(places, words, runs)
            yield f"| `portrun {words[0]}` | {little:.2f} ms | {much:.2f} ms | {much / little:.2f} | {RATIO_LIMIT} |"
        much, little = growth(places, ["gc"], runs, before=forget)
        yield f"| `portrun gc`, every folder read anew | {little:.2f} ms | {much:.2f} ms | {much / little:.2f} | |"
        milliseconds = reaping(binary, home / "leases", leases)
        yield ""
        yield f"`portrun gc` reaps {leases:,} leases of killed processes in {milliseconds:.0f} ms of processor time " \
            f"(at most {REAPING_LIMIT})."


if __name__ == "__main__":
    print_report(__doc__, report, runs=50, leases=2000)
