"""Usual commands in a checkout that is alone, with portrun and without: the ports they bind and what they have of the
environment. Prints a line for each: the command, its ports, and `same` or what differs.

To be run as root of a network namespace of its own, with the launcher's path in PORTRUN.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

LAUNCHER = os.environ["PORTRUN"]
NODE = """
const port = process.env.PORT || %d;
require('http').createServer((question, answer) => answer.end('x')).listen(port, '127.0.0.1');
"""
PYTHON = """
import http.server, os
port = int(os.environ.get("PORT", "%d"))
http.server.HTTPServer(("127.0.0.1", port), http.server.SimpleHTTPRequestHandler).serve_forever()
"""
# Stands for vite: takes `--port`, else what its configuration says, and reads no PORT.
VITE = """#!/usr/bin/env node
const at = process.argv.indexOf('--port');
const own = /port: (\\d+)/.exec(require('fs').readFileSync('vite.config.js', 'utf8'))[1];
require('http').createServer((question, answer) => answer.end('x'))
  .listen(at < 0 ? own : process.argv[at + 1], '127.0.0.1');
"""
# Stands for foreman: a PORT for each process, from 5000 on.
FOREMAN = """#!/usr/bin/env python3
import os, subprocess, sys
port, processes = 5000, []
for line in open(sys.argv[sys.argv.index("-f") + 1] if "-f" in sys.argv else "Procfile"):
    processes.append(subprocess.Popen(line.partition(": ")[2], shell=True, env={**os.environ, "PORT": str(port)}))
    port += 100
[process.wait() for process in processes]
"""
RUBY = """
require 'socket'
server = TCPServer.new('127.0.0.1', Integer(ENV.fetch('PORT', 4567)))
loop { server.accept.close }
"""
GO = "import time; import socket; s = socket.create_server(('127.0.0.1', 8081)); time.sleep(600)"

FILES = {
    "server.js": NODE % 3000,
    "fixed.js": (NODE % 3005).replace("process.env.PORT || ", ""),
    "api/index.js": NODE % 4000,
    "hooks/index.js": NODE % 4001,
    "app.py": PYTHON % 5000,
    "server.rb": RUBY,
    "index.php": "x",
    "vite.config.js": "export default { server: { port: 5199 } }\n",
    "Procfile": "web: python3 app.py\nassets: npx --no-install vite\n",
    "Makefile": "dev:\n\tpython3 -m http.server 8100\n",
    "dev.sh": "#!/bin/sh\npython3 app.py & node fixed.js & wait\n",
    "tool": "#!/usr/bin/env python3\n" + GO + "\n",
    ".env": "PORT=5005\nDATABASE_URL=postgres://localhost:5432/x\n",
    "compose.yaml": "services:\n  db: {image: postgres, ports: ['5432:5432']}\n  web: {image: x, ports: ['8080:80']}\n",
    "package.json": '{"name": "shop", "scripts": {"dev": "node server.js", "vite": "vite",'
    ' "both": "node api & node hooks & wait", "inspect": "node --inspect fixed.js"}}\n',
    "node_modules/vite/package.json": '{"name": "vite", "bin": {"vite": "vite.js"}}\n',
    "node_modules/vite/vite.js": VITE,
    "foreman": FOREMAN,
}

COMMANDS = [
    ("node server.js", 1), ("node fixed.js", 1), ("npm run dev", 1), ("npm run vite", 1), ("npm run both", 2),
    ("npm run inspect", 2), ("python3 app.py", 1), ("python3 -m http.server", 1), ("php -S localhost:8000", 1),
    ("ruby server.rb", 1), ("make dev", 1), ("sh ./dev.sh", 2), ("./foreman start", 2), ("./tool", 1),
    ("env PORT=4321 node server.js", 1),
]


def listening():
    """The ports that somebody in this network namespace listens on, each with the inode of its socket."""
    ports = {}
    for name in ("tcp", "tcp6"):
        for line in open("/proc/net/" + name).readlines()[1:]:
            fields = line.split()
            if fields[3] == "0A":
                ports[int(fields[1].rsplit(":", 1)[1], 16)] = fields[9]
    return ports


def environment(inode):
    """The environment that the process was started with which has the socket."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            for descriptor in os.listdir(f"/proc/{pid}/fd"):
                if os.readlink(f"/proc/{pid}/fd/{descriptor}") == f"socket:[{inode}]":
                    entries = open(f"/proc/{pid}/environ", "rb").read().split(b"\0")
                    return dict(entry.split(b"=", 1) for entry in entries if b"=" in entry)
        except OSError:
            continue
    return {}


def seen(command, count, folder, home, prefix=()):
    """The ports that a command binds, and the environment of each server."""
    words = list(prefix) + command.split()
    variables = {"HOME": home, "PATH": os.environ["PATH"], "LC_ALL": "C", "npm_config_update_notifier": "false"}
    process = subprocess.Popen(
        words, cwd=folder, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, start_new_session=True)
    end = time.monotonic() + 60
    while len(listening()) < count and time.monotonic() < end and process.poll() is None:
        time.sleep(0.02)
    ports = listening()
    result = {port: environment(inode) for port, inode in ports.items()}
    os.killpg(process.pid, signal.SIGKILL)
    # What is in a session of its own goes with its sockets.
    told = process.communicate()[1].decode() if prefix else ""
    end = time.monotonic() + 60
    while listening() and time.monotonic() < end:
        time.sleep(0.02)
    return result, [line for line in told.splitlines() if line.startswith("portrun: ")]


def difference(plain, launched):
    """What is not as without portrun; empty for nothing."""
    found = []
    if sorted(plain) != sorted(launched):
        found.append(f"ports {sorted(launched)}")
    for port in sorted(set(plain) & set(launched)):
        old, new = plain[port], launched[port]
        for name in sorted(set(old) | set(new)):
            if name.startswith(b"PORTRUN_") or name == b"_" or old.get(name) == new.get(name):
                continue
            if name == b"PATH" and new[name].endswith(old[name].split(b":")[-1]) and b"/shims/" in new[name]:
                continue
            found.append(f"{name.decode()}={new.get(name)}")
    return found


def main():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    work = tempfile.mkdtemp()
    home, folder = work + "/home", work + "/shop"
    for name, text in FILES.items():
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
    os.makedirs(folder + "/node_modules/.bin")
    os.symlink("../vite/vite.js", folder + "/node_modules/.bin/vite")
    os.makedirs(home)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", folder]
    subprocess.run(git + ["init", "-q", "-b", "main"], check=True)
    subprocess.run(git + ["add", "-f", "."], check=True)
    subprocess.run(git + ["commit", "-q", "-m", "first"], check=True)
    try:
        for command, count in COMMANDS:
            if not command.startswith("./") and shutil.which(command.split()[0]) is None:
                print(f"{command}: not installed")
                continue
            plain, _ = seen(command, count, folder, home)
            launched, told = seen(command, count, folder, home, [LAUNCHER, "--"])
            found = difference(plain, launched) + told
            print(f"{command}: {' '.join(map(str, sorted(plain)))}: {'; '.join(found) or 'same'}")
            sys.stdout.flush()
    finally:
        shutil.rmtree(work)


main()
