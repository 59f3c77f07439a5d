#!/usr/bin/env python3
"""Measures what a command pays for a localhost of its own, once it runs.

    translation.py PORTRUN [--runs N]

A program in a linked worktree, whose database's port has moved, binds and connects to the number that its files have.
The same program without a translation uses the number that is booked. They take turns; what is told are medians.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from portrun import Portrun, print_report

DECLARED = 5432
# microseconds that a call may take longer, the share of requests that must be left, and MB of the supervisor
CALL_LIMIT, REQUESTS_LIMIT, MEMORY_LIMIT = 15, 0.98, 1.5

# Prints the microseconds of a bind and of a connect, and requests a second over one connection.
PROBE = """
import json, os, socket, statistics, struct, sys, time

address = ("127.0.0.1", int(sys.argv[1]))

def opened():
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Nothing waits at the port after the end (TIME_WAIT): each bind would go through all of it.
    made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return made

def timed(call):
    start = time.perf_counter_ns()
    call(address)
    return (time.perf_counter_ns() - start) / 1000

binds, connects = [], []
for _ in range(1000):
    with opened() as server:
        binds.append(timed(server.bind))
listener = opened()
listener.bind(address)
listener.listen()
for _ in range(1000):
    with opened() as client:
        connects.append(timed(client.connect))
        listener.accept()[0].close()
if os.fork() == 0:
    peer = listener.accept()[0]
    while request := peer.recv(100):
        peer.sendall(request)
    os._exit(0)
with opened() as client:
    client.connect(address)
    start = time.perf_counter()
    for _ in range(10000):
        client.sendall(b"x" * 100)
        client.recv(100)
    rate = 10000 / (time.perf_counter() - start)
print(json.dumps([statistics.median(binds), statistics.median(connects), rate]))
"""


def worktree(folder):
    """A linked worktree whose main one has port 5432, too."""
    main = folder / "shop"
    main.mkdir()
    (main / "compose.yaml").write_text(f"services: {{db: {{image: postgres, ports: ['{DECLARED}:5432']}}}}\n")
    (main / "probe.py").write_text(PROBE)
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.invalid"]
    for words in (
        ["init", "-q", "-b", "main"], ["add", "."], [*identity, "commit", "-q", "-m", "first"],
        ["worktree", "add", "-q", "-b", "feature", "../feature"],
    ):
        subprocess.run(["git", "-C", str(main), *words], check=True)
    return main, folder / "feature"


def supervisor_memory(portrun, folder):
    """The resident memory, in MB, of the process that answers for a command that waits."""
    words = ["-q", "--translate", "on", "--", "sleep", "60"]
    with portrun.start(*words, folder=folder) as launcher:
        children = pathlib.Path(f"/proc/{launcher.pid}/task/{launcher.pid}/children")
        while not (found := children.read_text().split()):
            time.sleep(0.01)
        time.sleep(1)
        status = pathlib.Path(f"/proc/{found[0]}/status").read_text().split()
        launcher.terminate()
    return int(status[status.index("VmRSS:") + 1]) * 1024 / 1e6


def report(binary, runs=9):
    """Lines of Markdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        portrun = Portrun(binary, folder)
        main, feature = worktree(folder)
        portrun("-q", "--", "true", folder=main)
        portrun("-q", "--", "true", folder=feature)
        booked = portrun("get", "db", "-q", folder=feature).strip()
        found = {"off": [], "on": []}
        for _ in range(runs):
            for mode, port in (("off", booked), ("on", str(DECLARED))):
                words = ["-q", "--translate", mode, "--", sys.executable, "probe.py", port]
                found[mode].append(json.loads(portrun(*words, folder=feature)))
        memory = supervisor_memory(portrun, feature)
    without, translated = ([statistics.median(values) for values in zip(*found[mode])] for mode in ("off", "on"))
    yield "What a command pays for a localhost of its own, once it runs:"
    yield ""
    yield "| | without | translated | | limit |"
    yield "|---|---:|---:|---:|---:|"
    for call, before, after in zip(("bind", "connect"), without, translated):
        yield f"| `{call}` | {before:.1f} µs | {after:.1f} µs | +{after - before:.1f} µs | +{CALL_LIMIT} µs |"
    yield (
        f"| requests over one connection | {without[2]:,.0f}/s | {translated[2]:,.0f}/s "
        f"| × {translated[2] / without[2]:.3f} | × {REQUESTS_LIMIT} |")
    yield f"| memory of the supervisor | | {memory:.2f} MB | | {MEMORY_LIMIT} MB |"


if __name__ == "__main__":
    print_report(__doc__, report, runs=9)
