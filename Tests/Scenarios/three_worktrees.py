#!/usr/bin/env python3
"""One unmodified compose project, up in three worktrees at once beside a real Docker engine.

Prints what it has seen to be true, a line each, and fails at the first thing that is not. Run by WorktreeTests, with
portrun first in PATH and nobody else in the network namespace.
"""

import json
import os
import pathlib
import pty
import select
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

SERVER = "for port in 80 81 82; do httpd -p $$port -h /www; done; "
FILES = {
    ".gitignore": "who\n",
    "compose.yaml": f"""\
name: stack
include: [extra/compose.yaml]
x-server: &server
  image: bb:1
  init: true
  command: [sh, -c, '{SERVER} exec sleep 1000']
  volumes: [".:/www:ro"]
services:
  web:
    <<: *server
    container_name: stack_web
    volumes: [".:/www:ro", "data:/data"]
    ports: ["18080:80", "127.0.0.1:18081:80"]
  api:
    <<: *server
    ports: ["${{API_PORT:-18082}}:80"]
  bare:
    <<: *server
    ports: ["80"]
  dns:
    <<: *server
    command: [sh, -c, '{SERVER} exec perl /www/answer.pl']
    volumes: [".:/www:ro", "/usr:/usr:ro", "/lib:/lib:ro", "/lib64:/lib64:ro"]
    ports: ["18083:9999/udp", "18083:80"]
  range:
    <<: *server
    ports: ["18090-18092:80-82"]
  admin:
    extends: {{file: base.yaml, service: base}}
    ports: ["18084:80"]
volumes:
  data:
""",
    "base.yaml": f"""\
services:
  base:
    image: bb:1
    init: true
    command: [sh, -c, '{SERVER} exec sleep 1000']
    volumes: [".:/www:ro"]
    ports: ["18085:81"]
""",
    "extra/compose.yaml": f"""\
services:
  mail:
    image: bb:1
    init: true
    command: [sh, -c, '{SERVER} exec sleep 1000']
    volumes: ["..:/www:ro"]
    ports: ["18025:80"]
""",
    "compose.dev.yaml": """\
services:
  api:
    ports: ["18086:81"]
""",
    "answer.pl": """\
use IO::Socket::INET;
my $server = IO::Socket::INET->new(LocalPort => 9999, Proto => 'udp') or die $!;
open(my $file, '<', '/www/who') or die $!;
my $who = <$file>;
$server->send($who) while $server->recv(my $question, 100);
""",
    "Makefile": """\
compose = docker compose -f compose.yaml -f compose.dev.yaml
up:
\t$(compose) up -d
down:
\t$(compose) down -t 0
""",
}
NAMES = ("main", "one", "two")
UP = ["portrun", "--", "docker", "compose", "up"]


def run(*command, folder, check=True):
    """The standard output of a command."""
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if check and result.returncode != 0:
        raise SystemExit(f"{command} in {folder} exited {result.returncode}: {result.stdout}{result.stderr}")
    return result.stdout


def wait(condition, what, seconds=60):
    """Returns the first true answer of `condition`."""
    end = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > end:
            raise SystemExit(f"timed out: {what}")
        time.sleep(0.05)
    return answer


def make_worktrees(root):
    """Three worktrees of one repository, by name; in each an ignored file `who` that tells it."""
    main = root / "stack"
    for name, text in FILES.items():
        (main / name).parent.mkdir(parents=True, exist_ok=True)
        (main / name).write_text(text)
    identity = ["-c", "user.name=t", "-c", "user.email=t@t"]
    run("git", "init", "-q", "-b", "main", ".", folder=main)
    run("git", "add", ".", folder=main)
    run("git", *identity, "commit", "-q", "-m", "stack", folder=main)
    folders = {"main": main}
    for name in NAMES[1:]:
        folders[name] = root / name
        run("git", "worktree", "add", "-q", "-b", name, str(root / name), folder=main)
    for name, folder in folders.items():
        (folder / "who").write_text(name)
    return folders


def ask(port, protocol):
    """What answers on a published port; None when nothing does."""
    try:
        if protocol == "tcp":
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/who", timeout=2) as answer:
                return answer.read().decode()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.settimeout(0.5)
            client.sendto(b"?", ("127.0.0.1", port))
            return client.recv(100).decode()
    except OSError:
        return None


def ports(folder, *files):
    """What portrun says is booked, in the order of the files: (service, target, protocol, port)."""
    report = json.loads(run("portrun", "discover", "--json", *files, folder=folder))
    return [(entry["service"], entry["target"], entry["protocol"], entry["booked"]) for entry in report["ports"]]


def check_answers(folders, *files):
    """Every published port of every worktree answers with that worktree's name, and no number is used twice."""
    used = []
    for name, folder in folders.items():
        booked = ports(folder, *files)
        for service, target, protocol, port in booked:
            wait(lambda: ask(port, protocol) == name, f"{name} {service}:{target}/{protocol} on {port}")
            used.append((port, protocol))
        numbers = [port for service, _, _, port in booked if service == "range"]
        assert numbers == list(range(numbers[0], numbers[0] + 3)), f"a range moves whole: {numbers}"
        assert len({port for service, _, _, port in booked if service == "dns"}) == 1, "TCP and UDP move together"
        assert run("git", "status", "--porcelain", folder=folder) == "", "nothing in the project is edited"
    assert len(used) == len(set(used)), "no port is booked twice"
    return len(used)


def containers(*flags):
    return set(run("docker", "ps", *flags, "--format", "{{.Names}}", folder="/").split())


def start_on_terminal(folder):
    """The command in the foreground of a terminal of its own; returns pid and terminal."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execvp(UP[0], UP)
    return pid, terminal


def end_on_terminal(pid, terminal):
    """Types Ctrl-C and reads the terminal until the command has ended."""
    os.write(terminal, b"\x03")
    end = time.monotonic() + 60
    while os.waitpid(pid, os.WNOHANG)[0] == 0:
        if time.monotonic() > end:
            raise SystemExit("Ctrl-C did not end it")
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:
                pass
    os.close(terminal)


def in_the_foreground(folders):
    # first come, first served: main keeps what it declares when it has booked it before the others
    run("portrun", "book", "--auto", folder=folders["main"])
    log = subprocess.DEVNULL
    main = subprocess.Popen(UP, cwd=folders["main"], stdin=log, stdout=log, stderr=log)
    pid, terminal = start_on_terminal(folders["one"])
    two = subprocess.Popen(UP, cwd=folders["two"], stdin=log, stdout=log, stderr=log)
    wait(lambda: len(containers()) == 3 * 7, "21 containers")
    print(f"docker compose up: {check_answers(folders)} ports answer for their own worktree")
    declared = {18080, 18081, 18082, 18083, 18090, 18091, 18092, 18084, 18085, 18025}
    kept = {port for _, _, _, port in ports(folders["main"])}
    assert declared <= kept, f"main keeps what it declares: {kept}"
    names = {name for name in containers() if name.endswith("stack_web")}
    assert len(names) == 3 and "stack_web" in names, f"container names: {names}"

    end_on_terminal(pid, terminal)
    wait(lambda: not any("one" in name for name in containers()), "Ctrl-C stops the containers of one")
    main.send_signal(signal.SIGTERM)
    main.wait(60)
    two.kill()
    two.wait()
    live = json.loads(run("portrun", "status", "--live", "--json", folder=folders["two"]))
    assert live, "what a killed portrun has started still holds its ports"
    for row in {row["pid"] for row in live if row["pid"]}:
        os.kill(row, signal.SIGTERM)
    wait(lambda: not containers(), "no container runs")
    run("portrun", "gc", folder=folders["two"])
    assert json.loads(run("portrun", "status", "--all", "--live", "--json", folder=folders["two"])) == []
    print("Ctrl-C, SIGTERM and SIGKILL of portrun leave neither container nor lease")


def in_the_background(folders):
    before = {name: ports(folder) for name, folder in folders.items()}
    for folder in folders.values():
        run(*UP, "-d", folder=folder)
        run("portrun", "--", "docker", "compose", "exec", "-T", "web", "touch", "/data/kept", folder=folder)
    check_answers(folders)
    assert before == {name: ports(folder) for name, folder in folders.items()}, "ports stay the same"
    for name in ("one", "two"):
        listed = run("portrun", "--", "docker", "compose", "ps", "--services", folder=folders[name]).split()
        assert len(listed) == 7, f"compose ps in {name}: {listed}"
        port = run("portrun", "--", "docker", "compose", "port", "web", "80", folder=folders[name]).strip()
        assert port in [f"0.0.0.0:{before[name][0][3]}", f"127.0.0.1:{before[name][1][3]}"], f"compose port: {port}"
        run("portrun", "--", "docker", "compose", "down", "-t", "0", folder=folders[name])
    assert not any("one" in name or "two" in name for name in containers("-a")), "down takes its own containers away"
    assert len(containers()) == 7, "and nobody else's"
    run("docker", "compose", "up", "-d", folder=folders["main"])
    run("docker", "compose", "exec", "-T", "web", "ls", "/data/kept", folder=folders["main"])
    run("portrun", "--", "docker", "compose", "down", "-t", "0", folder=folders["main"])
    print("up -d, exec, ps, port and down see one project each; plain compose finds the volume of main")


def through_make(folders):
    files = ("-f", "compose.yaml", "-f", "compose.dev.yaml")
    for folder in folders.values():
        run("portrun", "--", "make", "up", folder=folder)
    print(f"make up: {check_answers(folders, *files)} ports answer for their own worktree")
    for folder in folders.values():
        run("portrun", "--", "make", "down", folder=folder)
    assert not containers("-a"), f"make down: {containers('-a')}"
    print("make down leaves no container")


def main():
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name).resolve()
        os.environ["HOME"] = str(root)
        os.environ["PORTRUN_REGISTRY"] = str(root / "registry.sqlite")
        folders = make_worktrees(root)
        in_the_foreground(folders)
        in_the_background(folders)
        through_make(folders)


if __name__ == "__main__":
    main()
