"""What scripts that kill at random moments have in common: a program that binds and connects all the time, and a look at
the processes that were started with a mark in their environment."""

import os
import signal
import subprocess
import time

from portrun import Failure

PATIENCE = 20

# A server and clients in one, which count; two processes, so that one call waits while another is answered. When nobody
# is left who answers, calls fail with ENOSYS: this ends then, with status 9. Whatever else fails is told.
WORK = """
import errno, os, signal, socket, sys, threading
port = int(sys.argv[1])
signal.signal(signal.SIGTERM, lambda *_: os._exit(5))
signal.signal(signal.SIGINT, signal.SIG_DFL)
def fail(error):
    if error.errno == errno.ENOSYS:
        os._exit(9)
    os.write(1, b"failed: %s\\n" % str(error).encode())
    os._exit(8)
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
probe = socket.socket()
probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
try:
    probe.bind(("127.0.0.1", port))
except OSError as error:
    fail(error)
print("ready", os.getpid(), probe.getsockname()[1], flush=True)
probe.close()
threading.Thread(target=connect, args=(lambda: None,), daemon=True).start()
count = 0
def done():
    global count
    count += 1
    if count % 20 == 0:
        os.write(1, b".")
connect(done)
"""


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
            raise Failure(what)
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
                raise Failure("the programs hang")
            time.sleep(0.002)
            continue
        if not part:
            return False
        got += part.count(b".")
    return True


def is_work(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return b"import errno" in file.read()
    except OSError:
        return False


def print_processes():
    subprocess.run("ps -eo pid,ppid,pgid,stat,wchan:24,args | grep -- '[-]- python3 -c' | cut -c1-150", shell=True)
