"""Kills launcher, supervisor and their successors at random moments, while programs bind and connect all the time:
`translated_kills.py TRANSLATED ROUNDS DECLARED BOOKED [SEED]`.

After each round everything has gone on that was to go on, and has ended that was to end.
"""

import os
import random
import signal
import subprocess
import sys
import time

LAUNCHER, ROUNDS, DECLARED, BOOKED = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
SEED = int(sys.argv[5]) if len(sys.argv) > 5 else random.randrange(1 << 32)
CHANCE = random.Random(SEED)
PATIENCE = 20

# A server and clients in one, which count; two processes, so that one call waits while another is answered. When nobody
# is left who answers, calls fail with ENOSYS: this ends then, with status 9.
WORK = """
import errno, os, signal, socket, sys, threading
port = int(sys.argv[1])
signal.signal(signal.SIGTERM, lambda *_: os._exit(5))
def fail(error):
    os._exit(9 if error.errno == errno.ENOSYS else 8)
def serve():
    while True:
        try:
            with socket.socket() as listener:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                listener.bind(("127.0.0.1", port))
                listener.listen(64)
                listener.settimeout(1)
                for _ in range(5):
                    listener.accept()[0].close()
        except TimeoutError:
            pass
        except OSError as error:
            fail(error)
def connect(done):
    while True:
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\\1\\0\\0\\0\\0\\0\\0\\0")
            client.settimeout(5)
            try:
                client.connect(("127.0.0.1", port))
            except ConnectionRefusedError:
                pass
            except ConnectionError:
                pass
            except OSError as error:
                fail(error)
        done()
if os.fork() == 0:
    serve()
print("ready", os.getpid(), flush=True)
threading.Thread(target=connect, args=(lambda: None,), daemon=True).start()
count = 0
def done():
    global count
    count += 1
    if count % 20 == 0:
        os.write(1, b".")
connect(done)
"""


def fail(text):
    print(f"seed {SEED}: {text}", flush=True)
    subprocess.run("ps -eo pid,ppid,pgid,stat,wchan:24,args | grep -- '[-]- python3 -c' | cut -c1-150", shell=True)
    os._exit(1)


def status(pid):
    """Parent and state of a process; None when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[1]), fields[0]


def holders(mark):
    """The processes that were started with `mark` in their environment, but for zombies."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/environ", "rb") as file:
                if mark in file.read() and (status(name) or (0, "Z"))[1] != "Z":
                    found.append(int(name))
        except OSError:
            pass
    return found


def until(what, condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            fail(what)
        time.sleep(0.005)


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def progress(output, count):
    """Reads until `count` further steps are done; False at the end of the output."""
    deadline = time.monotonic() + PATIENCE
    got = 0
    while got < count:
        try:
            part = os.read(output, 4096)
        except BlockingIOError:
            if time.monotonic() > deadline:
                fail("the programs hang")
            time.sleep(0.002)
            continue
        if not part:
            return False
        got += part.count(b".")
    return True


def play(number):
    mark = f"PORTRUN_KILLS={os.getpid()}.{number}".encode()
    replacing = number % 5 == 4
    words = [LAUNCHER] + (["--exec"] if replacing else []) + [f"{DECLARED}={BOOKED}", "--"]
    launcher = subprocess.Popen(
        words + ["python3", "-c", WORK, DECLARED], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        process_group=0, bufsize=0, env=dict([mark.decode().split("=")], PATH=os.environ["PATH"]))
    output = launcher.stdout.fileno()
    line = launcher.stdout.readline()
    if not line.startswith(b"ready"):
        fail(f"round {number}: no start")
    command = int(line.split()[1])
    os.set_blocking(output, False)

    def servers():
        """All of ours but the command, its child and, where it is another process, the launcher."""
        family = {command, launcher.pid}
        return [pid for pid in holders(mark) if pid not in family and (status(pid) or (0,))[0] != command]

    supervisor = status(command)[0] if not replacing else None
    time.sleep(CHANCE.uniform(0, 0.03))
    deed = CHANCE.choice(["launcher", "supervisor", "either", "server", "group", "command", "signal", "all"])
    if replacing and deed in ("launcher", "supervisor", "either"):
        deed = "server"
    is_served = True
    if deed == "launcher":
        kill(launcher.pid)
    elif deed == "supervisor":
        kill(supervisor)
    elif deed == "either":
        # One after the other: whoever is left finds a successor in between.
        first, second = CHANCE.sample([launcher.pid, supervisor], 2)
        kill(first)
        progress(output, 3)
        until("no successor", lambda: len(servers()) >= (1 if first == supervisor else 2))
        time.sleep(0.01)
        kill(second)
    elif deed == "server":
        chosen = servers()
        if chosen:
            kill(CHANCE.choice(chosen))
    elif deed == "all":
        is_served = False
        for pid in servers() + ([] if replacing else [launcher.pid]):
            kill(pid)
    elif deed == "group":
        os.killpg(launcher.pid, signal.SIGKILL)
    elif deed == "command":
        kill(command)
    elif deed == "signal":
        launcher.terminate()
    if deed in ("launcher", "supervisor", "either", "server"):
        if not progress(output, 5):
            fail(f"round {number}: the programs have ended after the death of {deed}")
        os.kill(command, signal.SIGTERM)
    if deed == "all":
        # Nobody answers: they fail. Or one of those killed has found a successor before the next was killed.
        if progress(output, 20):
            kill(command)
    # What is left of the tree are the processes that the command has started.
    until(f"the command is left after the death of {deed}", lambda: (status(command) or (0, "Z"))[1] == "Z")
    for pid in holders(mark):
        try:
            is_work = b"import errno" in open(f"/proc/{pid}/cmdline", "rb").read()
        except FileNotFoundError:
            continue
        if is_work and pid != launcher.pid:
            kill(pid)
    code = launcher.wait(PATIENCE)
    until(f"round {number}: processes are left after the death of {deed}", lambda: not holders(mark))
    expected = {"launcher": [-9], "supervisor": [5], "server": [5], "group": [-9], "command": [-9], "signal": [5]}
    if replacing:
        expected["server"] = [5]
    if is_served and code not in expected.get(deed, [-9, 5]):
        fail(f"round {number}: status {code} after the death of {deed}")
    launcher.stdout.close()
    return deed


DEEDS = {}
for turn in range(ROUNDS):
    name = play(turn)
    DEEDS[name] = DEEDS.get(name, 0) + 1
print("nothing hangs, nothing is left")
print(f"seed {SEED}: " + ", ".join(f"{count} {name}" for name, count in sorted(DEEDS.items())), file=sys.stderr)
