#!/usr/bin/env python3
"""Loads the daemon, and fails when it does not bear it.

    daemon-load.py PORTRUND [--seconds N] [--requests N] [--crowd N] [--streams N] [--seed N]

On a registry of its own, with all doors on ports that the system chooses:

- `--requests` that are random, and partly broken: none is answered with 5xx, or not at all
- `--crowd` requests beside 200 clients that send a byte a second and 500 that send nothing: all are answered
- `--streams` event streams, three times: each tells of a booking, and the third time needs no more memory than the second
- mixed load for `--seconds`: memory, descriptors and threads stay as they were after its first third

0 leaves a part out.
"""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import random
import resource
import select
import socket
import statistics
import subprocess
import tempfile
import threading
import time

from fuzzing import Fuzz
from portrun import Failure

DOORS = ["api", "port-registry", "portmanager", "dashboard"]
# what may be more at the end than at first
MORE_MEMORY, MORE_DESCRIPTORS, MORE_THREADS = 4.0, 8, 2


class Daemon:
    """A running daemon in a scratch folder."""

    def __init__(self, binary, folder):
        self.socket = str(folder / "portrund.sock")
        doors = [word for door in DOORS for word in ("--door", f"{door}=127.0.0.1:0")]
        self.process = subprocess.Popen(
            [binary, "--registry", folder / "registry.sqlite", *doors], stdin=subprocess.DEVNULL,
            env={"HOME": str(folder), "PATH": os.environ["PATH"]})
        while not os.path.exists(self.socket):
            if self.process.poll() is not None:
                raise Failure("the daemon has ended")
            time.sleep(0.01)
        rows = [row for row in json.loads(self.ask("GET", "/api/v1/daemon"))["doors"] if ":" in row["address"]]
        self.ports = {row["name"]: int(row["address"].rsplit(":", 1)[1]) for row in rows}
        self.port = self.ports["api"]

    def connect(self, port=None):
        return socket.create_connection(("127.0.0.1", port or self.port), timeout=60)

    def ask(self, method, path, body=None):
        """The body of the answer, which is to be 200; over the unix socket."""
        connection = http.client.HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(self.socket)
        fields = {"Content-Type": "application/json"} if body else {}
        connection.request(method, path, body and json.dumps(body), fields)
        with contextlib.closing(connection):
            answer = connection.getresponse()
            text = answer.read()
        if answer.status != 200:
            raise Failure(f"{method} {path}: {answer.status} {text.decode()}")
        return text

    def figures(self):
        """Memory in MB, descriptors and threads."""
        place = pathlib.Path(f"/proc/{self.process.pid}")
        status = dict(line.split(":", 1) for line in (place / "status").read_text().splitlines())
        return int(status["VmRSS"].split()[0]) / 1000, len(os.listdir(place / "fd")), int(status["Threads"])

    def tell(self, what):
        print("{}: {:.1f} MB, {} descriptors, {} threads".format(what, *self.figures()), flush=True)


def fuzz(daemon, count, seed):
    daemon.tell("before the random requests")
    fuzz = Fuzz(daemon, random.Random(seed))
    for number in range(count):
        fuzz.ask()
        if number == count // 5:
            before = daemon.figures()[0]
    daemon.tell(f"{count} random requests, {fuzz.summary()}")
    if fuzz.failures:
        raise Failure("\n".join(fuzz.failures[:10]))
    if daemon.figures()[0] > before + 2 * MORE_MEMORY:
        raise Failure(f"the memory has grown from {before:.1f} MB")


def crowd(daemon, count):
    silent = [daemon.connect() for _ in range(500)]
    slow = [daemon.connect() for _ in range(200)]
    request = f"POST /api/v1/gc HTTP/1.1\r\nHost: 127.0.0.1:{daemon.port}\r\nContent-Length: 9000\r\n\r\n".encode()
    is_over = threading.Event()
    times, errors = [], []

    def drip():
        for byte in request:
            for client in slow:
                with contextlib.suppress(OSError):
                    client.send(bytes([byte]))
            if is_over.wait(1):
                return

    def work():
        connection = http.client.HTTPConnection("127.0.0.1", daemon.port, timeout=60)
        for number in range(count // 10):
            start = time.perf_counter()
            try:
                connection.request("GET", ["/healthz", "/api/v1/bookings?service=web"][number % 2])
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    errors.append(answer.status)
            except OSError as error:
                errors.append(error)
                return
            times.append(time.perf_counter() - start)

    threads = [threading.Thread(target=work) for _ in range(10)]
    dripping = threading.Thread(target=drip)
    for thread in [dripping, *threads]:
        thread.start()
    for thread in threads:
        thread.join()
    is_over.set()
    dripping.join()
    if errors or not times:
        raise Failure(f"{len(errors)} of {count} requests failed: {errors[:3]}")
    daemon.tell(f"{count} requests beside slow and silent clients, at most {max(times) * 1000:.0f} ms")
    for client in silent + slow:
        client.close()


def open_streams(daemon, count):
    streams = [daemon.connect() for _ in range(count)]
    for stream in streams:
        stream.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:{daemon.port}\r\n\r\n".encode())
    wait(streams, b": portrun")
    return streams


def wait(streams, mark):
    """Until each has sent `mark`."""
    poll, waiting, received = select.poll(), {stream.fileno(): stream for stream in streams}, {}
    for number in waiting:
        poll.register(number, select.POLLIN)
    end = time.monotonic() + 30
    while waiting and time.monotonic() < end:
        for number, _ in poll.poll(100):
            chunk = waiting[number].recv(65536)
            received[number] = received.get(number, b"") + chunk
            if mark in received[number] or not chunk:
                poll.unregister(number)
                del waiting[number]
    if waiting or not all(mark in text for text in received.values()):
        raise Failure(f"not all of {len(streams)} event streams have told `{mark.decode()}`")


WAVES = 3


def streams(daemon, count):
    """What the first streams took the allocator keeps for the next ones."""
    before, memory = daemon.figures(), []
    for number in range(WAVES):
        streams = open_streams(daemon, count)
        daemon.ask("POST", "/api/v1/bookings", {"context": "streams", "services": [f"told{number}"]})
        wait(streams, f'"service":"told{number}"'.encode())
        daemon.tell(f"{count} event streams")
        memory.append(daemon.figures()[0])
        for stream in streams:
            stream.close()
        # The daemon sends something every 15 seconds, and learns so who has gone.
        end = time.monotonic() + 50
        while daemon.figures()[1] > before[1] + MORE_DESCRIPTORS and time.monotonic() < end:
            time.sleep(0.2)
        time.sleep(3)
        daemon.tell("without them")
        if daemon.figures()[1] > before[1] + MORE_DESCRIPTORS:
            raise Failure("descriptors of event streams that have gone are still there")
    if memory[-1] > memory[-2] + MORE_MEMORY:
        raise Failure(f"{count} event streams need more memory each time: {', '.join(f'{one:.1f} MB' for one in memory)}")


def steady(daemon, seconds):
    """Bookings, lists, lookups and event streams come and go."""
    samples, start, number = [], time.monotonic(), 0
    while (elapsed := time.monotonic() - start) < seconds:
        watching = open_streams(daemon, 20)
        for _ in range(50):
            number += 1
            service = f"s{number % 40}"
            row = json.loads(daemon.ask("POST", "/api/v1/bookings", {"context": f"c{number % 10}", "services": [service]}))
            daemon.ask("GET", "/api/v1/bookings")
            daemon.ask("GET", f"/api/v1/lookups/{service}")
            for booking in row:
                daemon.ask("DELETE", f"/api/v1/bookings/{booking['id']}")
        for stream in watching:
            stream.close()
        time.sleep(0.1)
        samples.append((elapsed, *daemon.figures()))
    daemon.tell(f"{number} bookings in {seconds} s")
    first = [sample[1:] for sample in samples if seconds / 3 <= sample[0] < seconds / 2]
    last = [sample[1:] for sample in samples if sample[0] >= seconds * 5 / 6]
    for name, unit, allowed, index in [
            ("memory", " MB", MORE_MEMORY, 0), ("descriptors", "", MORE_DESCRIPTORS, 1), ("threads", "", MORE_THREADS, 2)]:
        before, after = (statistics.median(sample[index] for sample in part) for part in (first, last))
        print(f"{name}: {before:.1f}{unit}, then {after:.1f}{unit}", flush=True)
        if after > before + allowed:
            raise Failure(f"the {name} have grown from {before:.1f} to {after:.1f}{unit}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("portrund")
    for name, count in [("seconds", 600), ("requests", 100_000), ("crowd", 10_000), ("streams", 1000), ("seed", 1)]:
        parser.add_argument(f"--{name}", type=int, default=count)
    options = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as folder:
        daemon = Daemon(options.portrund, pathlib.Path(folder))
        try:
            if options.requests:
                fuzz(daemon, options.requests, options.seed)
            if options.crowd:
                crowd(daemon, options.crowd)
            if options.streams:
                streams(daemon, options.streams)
            if options.seconds:
                steady(daemon, options.seconds)
            if daemon.process.poll() is not None:
                raise Failure("the daemon has ended")
        except Failure as failure:
            raise SystemExit(f"daemon-load: error: {failure}") from None
        finally:
            daemon.process.terminate()
            daemon.process.wait()


if __name__ == "__main__":
    main()
