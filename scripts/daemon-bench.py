#!/usr/bin/env python3
"""Measures the daemon, and writes docs/daemon-benchmark.md.

    daemon-bench.py PORTRUND [--seconds N] [--output FILE]

PORTRUND is the release binary. It runs on a registry of its own, with 50 bookings, and a door that the system chooses. Idle
figures are taken with nobody connected. Requests come from wrk, which takes processor time of the same machine, over
32 connections that are kept open; their cost is that of the daemon alone, as /proc tells it.
"""

import argparse
import datetime
import http.client
import json
import os
import pathlib
import platform
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time

# what is measured, its unit, and what it shall be at most (or at least, where it begins with >)
GOALS = [
    ("size of the binary", "MB", "25"),
    ("ready after its start", "ms", "20"),
    ("memory when idle (RSS)", "MB", "25"),
    ("wake-ups when idle", "/s", "5"),
    ("`GET /healthz`", "/s", "> 30000"),
    ("processor time of `GET /healthz`", "µs", ""),
    ("processor time of a list of 50 bookings", "µs", "50"),
]


class Daemon:
    """A running daemon in a scratch folder."""

    def __init__(self, binary, folder):
        self.socket = folder / "portrund.sock"
        self.process = subprocess.Popen(
            [binary, "--registry", folder / "registry.sqlite", "--door", "api=127.0.0.1:0"],
            env={"HOME": str(folder), "PATH": os.environ["PATH"]}, stdin=subprocess.DEVNULL,
        )

    def wait(self):
        """Until it answers; asks as often as it can."""
        while True:
            try:
                return self.ask("GET", "/healthz")
            except (FileNotFoundError, ConnectionRefusedError):
                if self.process.poll() is not None:
                    raise SystemExit("daemon-bench: error: the daemon has ended")

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(str(self.socket))
        fields = {"Content-Type": "application/json"} if body else {}
        connection.request(method, path, body and json.dumps(body), fields)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"daemon-bench: error: {method} {path}: {answer.status} {text.decode()}")
        return json.loads(text)

    @property
    def door(self):
        return next(d["address"] for d in self.ask("GET", "/api/v1/daemon")["doors"] if ":" in d["address"])

    def processor_time(self):
        """In seconds."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self):
        """In MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1000

    def switches(self):
        """How often each of its threads has waited and gone on."""
        counts = {}
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            status = (task / "status").read_text()
            counts[task.name] = sum(int(number) for number in re.findall(r"ctxt_switches:\s+(\d+)", status))
        return counts

    def stop(self):
        self.process.terminate()
        self.process.wait()


def start_time(binary):
    """In milliseconds, from fork to the first answer."""
    with tempfile.TemporaryDirectory() as folder:
        daemon = None
        times = []
        for _ in range(20):
            start = time.perf_counter()
            daemon = Daemon(binary, pathlib.Path(folder))
            daemon.wait()
            times.append((time.perf_counter() - start) * 1000)
            daemon.stop()
        return statistics.median(times)


def load(daemon, path, seconds):
    """Requests a second by wrk, and the daemon's processor time for one, in microseconds."""
    before = daemon.processor_time()
    output = subprocess.run(
        ["wrk", "-t1", "-c32", f"-d{seconds}s", f"http://{daemon.door}{path}"], check=True, capture_output=True, text=True
    ).stdout
    used = daemon.processor_time() - before
    if "Non-2xx" in output or "Socket errors" in output:
        raise SystemExit(f"daemon-bench: error: {path}: {output}")
    count = int(re.search(r"(\d+) requests in", output)[1])
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]), used / count * 1e6


def measure(binary, seconds):
    results = [os.stat(binary).st_size / 1e6, start_time(binary)]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        daemon = Daemon(binary, folder)
        daemon.wait()
        for checkout in range(10):
            place = folder / f"checkout-{checkout}"
            place.mkdir()
            services = ["web", "postgres", "redis", "mail", "search"]
            daemon.ask("POST", "/api/v1/bookings", {"checkout": str(place), "services": services})
        assert len(daemon.ask("GET", "/api/v1/bookings")) == 50
        daemon.stop()
        daemon = Daemon(binary, folder)
        daemon.wait()
        time.sleep(1)
        before = daemon.switches()
        time.sleep(seconds)
        after = daemon.switches()
        wakes = sum(count - before.get(thread, 0) for thread, count in after.items())
        results += [daemon.resident(), wakes / seconds]
        results += load(daemon, "/healthz", seconds)
        results.append(load(daemon, "/api/v1/bookings", seconds)[1])
        daemon.stop()
    return results


def processor():
    names = re.findall(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} processors"


def page(results):
    lines = [
        "# Benchmark of the daemon", "",
        f"Measured on {datetime.date.today()} by `scripts/daemon-bench.py` on {platform.system()} {platform.release()},",
        f"{processor()}. wrk has the same processors. The registry has 50 bookings.", "",
        "| figure | measured | goal |", "|---|---|---|",
    ]
    for (name, unit, goal), value in zip(GOALS, results):
        number = f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
        lines.append(f"| {name} | {number} {unit} | {(('at least ' + goal[2:]) if goal.startswith('>') else goal) or '–'} |")
    lines += [
        "", "«Wake-ups» counts each time that one of its threads goes on. Other registries of ports were not measured beside it.",
    ]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("binary")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--output", default="docs/daemon-benchmark.md")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("daemon-bench: error: no wrk in PATH; `scripts/dependencies.sh bench` installs it")
    text = page(measure(os.path.abspath(options.binary), options.seconds))
    print(text)
    pathlib.Path(options.output).write_text(text)


main()
