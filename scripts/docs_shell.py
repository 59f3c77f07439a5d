"""A shell in which the commands of a page are run, on ports that are nobody else's."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

SEALED = "PORTRUN_DOCS_SEALED"
IS_READY = re.compile(r"https?://\S+\n|Started|Attaching|gives ports|warning: ")
MARK = "\x1e"
PATIENCE = 30


class Fault(Exception):
    """What is printed of a command that does not do what its page says."""


class Shell:
    """A bash whose standard output and standard error are a terminal of 200 columns."""

    def __init__(self, folder, environment):
        self.terminal, output = pty.openpty()
        subprocess.run(["stty", "-onlcr", "-echo", "cols", "200"], stdin=output, check=True)
        self.process = subprocess.Popen(
            ["bash", "--norc", "--noprofile"], stdin=subprocess.PIPE, stdout=output, stderr=output, cwd=folder,
            env=environment, start_new_session=True)
        os.close(output)

    def run(self, command):
        """What the command prints, and its exit status."""
        self.process.stdin.write(f"{{ {command}\n}} </dev/null; printf '{MARK}%s{MARK}' $?\n".encode())
        self.process.stdin.flush()
        text, end = "", time.monotonic() + PATIENCE
        while text.count(MARK) < 2:
            if not select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]:
                raise Fault(f"goes on after {PATIENCE} s:\n{text}")
            text += os.read(self.terminal, 1 << 16).decode(errors="replace")
        output, status, _ = text.split(MARK)
        return output, int(status)

    def serve(self, command, log):
        """What the command prints until it serves, or ends well; it goes on in the background."""
        quoted = command.removesuffix("&").strip()
        self.run(f"{{ {quoted}\n}} >{log} 2>&1 & server=$!")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            text = log.read_text(errors="replace") if log.exists() else ""
            if IS_READY.search(text):
                return text
            if self.run("kill -0 $server 2>/dev/null")[1] != 0:
                status = self.run("wait $server")[1]
                if status == 0:
                    return log.read_text(errors="replace")
                raise Fault(f"ends with {status}:\n{text}")
            time.sleep(0.05)
        raise Fault(f"does not serve after {PATIENCE} s:\n{text}")

    def end(self):
        """Ends what the page has started."""
        self.run("portrun daemon stop >/dev/null 2>&1; docker ps -aq 2>/dev/null | xargs -r docker rm -f >/dev/null 2>&1")
        for number, pause in ((signal.SIGTERM, 0.3), (signal.SIGKILL, 0)):
            os.killpg(self.process.pid, number)
            time.sleep(pause)
        self.process.wait()
        os.close(self.terminal)


def plain(text):
    """The text with one blank between words, and with the same dates, hashes and processes in each run."""
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "DATE", text)
    text = re.sub(r"\b[0-9a-f]{12}\b(?: \d+\b)?", "CONTEXT", text)
    return re.sub(r"\bpid \d+", "pid N", text)


def enter_namespaces(with_engine=True):
    """Starts this script again in namespaces of its own, with an engine where there is one to start.

    Returns, in them, `engine` or `none`.
    """
    if SEALED in os.environ:
        return os.environ[SEALED]
    os.environ[SEALED] = "none"
    again = [sys.executable, *sys.argv]
    engine = os.environ.get("PORTRUN_ENGINE")
    if engine and with_engine:
        images = ("for image in postgres:17-alpine redis:8-alpine; do "
                  "docker commit --change 'CMD [\"sleep\", \"600\"]' $(docker create bb:1) $image >/dev/null; done; ")
        os.environ[SEALED] = "engine"
        os.execvp(engine, [engine, "sealed", "bash", "-c", images + 'exec "$@"', "docs", *again])
    # Some systems let only root make namespaces.
    mine = subprocess.run(["unshare", "--map-root-user", "--net", "true"], capture_output=True).returncode == 0
    root = [] if mine else ["sudo", "-n", "-E", "env", f"PATH={os.environ['PATH']}"]
    os.execvp((root or ["unshare"])[0], [
        *root, "unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c",
        'PATH=$PATH:/usr/sbin ip link set lo up; exec "$@"', "docs", *again])
