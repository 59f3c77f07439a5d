#!/usr/bin/env python3
"""Kills launchers whose command has a localhost of its own, and supervisors, at random instants, from before there is a
command on: the launcher, the supervisor, both, the process group, and by Ctrl-C at a terminal.

    kills.py PORTRUN [--kills N]

Fails when a process hangs or is left, when what was to go on does not, when a living command has no lease, when a lease
is left, or when two commands have one port.
"""

import fcntl
import os
import pathlib
import pty
import random
import signal
import socket
import subprocess
import tempfile
import termios
import time

from killing import PATIENCE, WORK, holders, is_work, kill, print_processes, progress, status, until
from portrun import Failure, Portrun, print_report

DEEDS = ["launcher", "supervisor", "both", "group", "Ctrl-C"]
# As many run at once.
FOLDERS = 4
# The part of Ctrl-Cs that may do nothing: python, while it starts, drops about one of 300 («Exception ignored in …»).
DROPPED = 0.03


def free_port():
    """A port that nobody has, and the kernel gives nobody."""
    while True:
        port = random.randrange(20000, 30000)
        with socket.socket() as made:
            try:
                made.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass


def leases(portrun):
    return {pid for pid, in portrun.rows("SELECT pid FROM leases")}


class Run:
    """A launch in the first moments of its life, at a terminal of its own where it is to be ended by that."""

    def __init__(self, portrun, folder, declared, number, deed):
        self.portrun, self.deed, self.mark = portrun, deed, f"TRANSLATED_KILLS={os.getpid()}.{number}"
        master, terminal = pty.openpty() if deed == "Ctrl-C" else (None, subprocess.DEVNULL)
        self.terminal = master
        self.launcher = subprocess.Popen(
            [portrun.binary, "run", "-q", "--translate", "on", "--", "python3", "-c", WORK, str(declared)], cwd=folder,
            env=portrun.environment | dict([self.mark.split("=")]), stdin=terminal, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, bufsize=0, start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if master else None)
        if master:
            os.close(terminal)
        self.is_dropped = False
        self.output = self.launcher.stdout.fileno()
        os.set_blocking(self.output, False)

    def supervisor(self):
        """The launcher's child; None before there is one."""
        path = pathlib.Path(f"/proc/{self.launcher.pid}/task/{self.launcher.pid}/children")
        try:
            return int(path.read_text().split()[0])
        except (OSError, IndexError):
            return None

    def do(self):
        """Kills. What is killed may not be there yet: then it is the launcher."""
        supervisor = self.supervisor()
        if self.deed == "Ctrl-C":
            os.write(self.terminal, b"\x03")
        elif self.deed == "group":
            os.killpg(self.launcher.pid, signal.SIGKILL)
        else:
            if self.deed != "supervisor" or supervisor is None:
                kill(self.launcher.pid)
            if self.deed != "launcher" and supervisor is not None:
                kill(supervisor)

    def works(self):
        return [pid for pid in holders(self.mark.encode()) if is_work(pid) and pid != self.launcher.pid]

    def start(self):
        """The command and its port, once it has told them; None for one that has not run or has ended before."""
        line, deadline = b"", time.monotonic() + PATIENCE
        while not line.endswith(b"\n"):
            try:
                part = os.read(self.output, 1)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Failure(f"the command is silent after the death of {self.deed}") from None
                time.sleep(0.002)
                continue
            if not part:
                return None
            line += part
        if not line.startswith(b"ready "):
            raise Failure(f"the command says «{line.decode().strip()}» after the death of {self.deed}")
        return tuple(map(int, line.split()[1:3]))

    def settle(self):
        """Sees to it that all is as it has to be, and then to the end of what is left; returns the port of a command that
        has gone on."""
        port = None
        started = self.start() if self.deed in ("launcher", "supervisor") else None
        if started:
            command, port = started
            if not progress(self.output, 5):
                raise Failure(f"the command has ended after the death of {self.deed}")
            if command not in leases(self.portrun):
                raise Failure(f"the living command {command} has no lease after the death of {self.deed}")
            os.kill(command, signal.SIGTERM)
            until("the command is left", lambda: (status(command) or (0, "Z"))[1] == "Z")
        if self.deed not in ("group", "Ctrl-C"):
            # What the command has started, be it at this moment; and commands that nobody answers any more.
            while works := self.works():
                for pid in works:
                    kill(pid)
        if self.deed == "Ctrl-C":
            try:
                self.launcher.wait(2)
            except subprocess.TimeoutExpired:
                self.is_dropped = True
                self.do()
        try:
            code = self.launcher.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failure(f"the launcher hangs after the death of {self.deed}") from None
        until(f"processes are left after the death of {self.deed}", lambda: not holders(self.mark.encode()))
        if started and self.deed == "supervisor":
            if code != 5:
                raise Failure(f"status {code} after the death of the supervisor")
            if started[0] in leases(self.portrun):
                raise Failure("the launcher has left its lease")
        self.launcher.stdout.close()
        if self.terminal:
            os.close(self.terminal)
        return port


def kills(binary, kills):
    with tempfile.TemporaryDirectory() as name:
        home, declared = pathlib.Path(name).resolve(), free_port()
        portrun, folders = Portrun(binary, home), []
        portrun("book", "db", "--context", "other", "--port", str(declared), folder=home)
        for number in range(FOLDERS):
            folders.append(home / f"project-{number}")
            folders[-1].mkdir()
            (folders[-1] / "compose.yaml").write_text(f"services: {{db: {{image: x, ports: ['{declared}:5432']}}}}\n")
            # Else another registry of this machine could give the same one, to another user.
            portrun("book", "db", "--port", str(free_port()), folder=folders[-1])
        counts, going_on, dropped = dict.fromkeys(DEEDS, 0), 0, 0
        seed = random.randrange(1 << 32)
        random.seed(seed)
        try:
            for first in range(0, kills, FOLDERS):
                runs = [
                    Run(portrun, folder, declared, number, DEEDS[number % len(DEEDS)])
                    for number, folder in zip(range(first, kills), folders)]
                for run in runs:
                    # From before there is a supervisor until the command binds and connects.
                    time.sleep(random.uniform(0, 0.12))
                    run.do()
                    counts[run.deed] += 1
                ports = [port for port in map(Run.settle, runs) if port]
                dropped += sum(run.is_dropped for run in runs)
                going_on += len(ports)
                if len(set(ports)) != len(ports) or declared in ports:
                    raise Failure(f"commands that ran at once have the ports {ports}")
        except Failure as failure:
            print_processes()
            raise Failure(f"seed {seed}: {failure}") from None
        portrun("gc", folder=home)
        if left := leases(portrun):
            raise Failure(f"leases are left: {left}")
        booked = [row["port"] for row in portrun.status(folder=home)]
        if len(set(booked)) != len(booked) or len(booked) != FOLDERS + 1:
            raise Failure(f"booked are {sorted(booked)}")
        portrun.check_registry()
        if dropped > max(2, DROPPED * counts["Ctrl-C"]):
            raise Failure(f"{dropped} of {counts['Ctrl-C']} Ctrl-Cs did nothing")
        told = ", ".join(f"{deed} {count}" for deed, count in counts.items())
        yield (f"{kills} translated runs killed ({told}): {going_on} commands went on as they should, no process hung or "
               "was left, every living command had its lease, no lease was left, no port was given twice")


if __name__ == "__main__":
    print_report(__doc__, kills, kills=500)
