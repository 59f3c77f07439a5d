#!/usr/bin/env python3
"""Measures what portrun adds to a command, as whole processes, and writes docs/benchmark.md and its plot.

    bench.py PORTRUN [--runs N] [--output FILE]

Every command is spawned directly (no shell in between) in a git checkout with a compose file of four services and a warm
registry; `moved` means a linked worktree of it, whose ports have moved, so that commands have a localhost of their own.
The commands take turns in random order, so that a noisy moment hits all of them alike: first the native ones, then the
interpreters, which would leave each other command a cold cache, with an `env true` of their own. `docker` is a link to
true(1), and `shim docker` what a command inside portrun finds under that name.
Reported are medians, as ratios to `env true` of the same turns. Instructions are counted by callgrind where valgrind is
installed; they do not depend on what else the machine does.
"""

import argparse
import datetime
import os
import pathlib
import platform
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time

import crowd
import growth
import plot
import scale

COMPOSE = """\
services:
  postgres:
    image: postgres:17
    ports: ["${POSTGRES_PORT:-5432}:5432"]
  redis:
    image: redis:8
    ports: ["${REDIS_PORT:-6379}:6379"]
  search:
    image: elasticsearch:9
    ports: ["${SEARCH_PORT:-9200}:9200"]
  mail:
    image: mailpit
    ports: ["${MAIL_PORT:-8025}:8025"]
"""

# what is measured, and the ratio to `env true` that portrun shall not exceed
COMMANDS = [
    ("env true", None),
    ("portrun -- true", 1.75),
    ("moved portrun -- true", 2.25),
    ("portrun export", 1.05),
    ("moved portrun export", 1.25),
    ("portrun get web -q", 0.88),
    ("docker ps", None),
    ("shim docker ps", None),
    ("dumb-init true", None),
    ("tini -- true", None),
    ("direnv exec . true", None),
    ("node -e 0", None),
    ("portman export --auto", None),
    ("honcho run true", None),
    ("portpicker", None),
]
# what is measured once more with the program's file as a start of the system leaves it
COLD = ["env true", "portrun -- true", "portrun export", "portrun get web -q"]
# how many times its median 98 of 100 launches may take
TAIL_LIMIT = 1.25
# milliseconds of processor time that reading 60 services may take
DISCOVERY_LIMIT = 3.0
BASE = "env true"
# what portrun's shim may add to the tool that it stands for, in `env true`s
SHIM, SHIM_LIMIT = ("docker ps", "shim docker ps"), 1.0
INTERPRETERS = {"direnv", "node", "portman", "honcho", "portpicker"}


def project(folder):
    """A git repository with one commit, and a linked worktree of it."""
    main, worktree = folder / "shop", folder / "shop-feature"
    main.mkdir()
    (main / "compose.yaml").write_text(COMPOSE)
    (main / ".envrc").write_text("export PORT=3000\n")
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.invalid"]
    for arguments in (
        ["init", "-q", "-b", "main"],
        ["remote", "add", "origin", "https://git.example.invalid/shop.git"],
        ["add", "."],
        [*identity, "commit", "-q", "-m", "first"],
        ["worktree", "add", "-q", "-b", "feature", str(worktree)],
    ):
        subprocess.run(["git", "-C", str(main), *arguments], check=True)
    return main, worktree


def installed_copy(binary, folder):
    """The binary as it lies after an installation.

    A file that a linker has just written is cached page by page, and takes longer to map than a copy of it does.
    """
    (folder / "installed").mkdir()
    return pathlib.Path(shutil.copy(binary, folder / "installed" / "portrun"))


def tools(folder):
    """A folder with a `docker` that does nothing."""
    bin = folder / "bin"
    bin.mkdir()
    (bin / "docker").symlink_to(shutil.which("true"))
    return bin


def shim(binary, variables):
    """The folder that portrun puts first in the PATH of its command, if it has one."""
    report = subprocess.run([binary, "-q", "--", "printenv", "PORTRUN_SHIMS"], env=variables, capture_output=True)
    return report.stdout.decode().strip() or None


def services(names, depends_on=""):
    """A compose file of these services, each with what such a service usually has."""
    text = "services:\n"
    for number, name in names:
        text += f"""\
  {name}:
    image: example.invalid/{name}:${{TAG:-latest}}
    restart: unless-stopped
    environment:
      DATABASE_URL: postgres://app:${{DB_PASSWORD:-secret}}@db:5432/{name}
      LOG_LEVEL: ${{LOG_LEVEL:-info}}
      PORT: 8080
    ports:
      - "${{{name.upper()}_PORT:-{20000 + number}}}:8080"
      - "127.0.0.1:{30000 + number}:9090"
    volumes: ["./{name}:/srv"]
    healthcheck: {{test: ["CMD", "true"], interval: 10s, retries: 3}}
"""
        text += depends_on
    return text


def large_project(folder):
    """60 services: half in one file, half in six files that it includes; some extend a base of another file."""
    folder.mkdir()
    names = [(number, f"s{number}") for number in range(60)]
    main = "".join(f"  - part{part}/compose.yaml\n" for part in range(6))
    base = "    extends: {file: base.yaml, service: base}\n"
    (folder / "compose.yaml").write_text(f"include:\n{main}" + services(names[:30], base))
    (folder / "base.yaml").write_text("services:\n  base:\n    image: x\n    logging: {driver: local}\n")
    (folder / ".env").write_text("".join(f"S{number}_PORT={21000 + number}\n" for number in range(0, 60, 2)))
    for part in range(6):
        (folder / f"part{part}").mkdir()
        (folder / f"part{part}/compose.yaml").write_text(services(names[30 + part * 5 : 35 + part * 5]))
    return folder


def discovery_time(binary, variables, folder, runs):
    """Milliseconds of processor time of `portrun discover` in a large project, less the same without any project."""
    large, empty = large_project(folder / "large"), folder / "empty"
    empty.mkdir()
    times = {large: [], empty: []}
    for _ in range(runs):
        for place, found in times.items():
            os.chdir(place)
            null = [(os.POSIX_SPAWN_OPEN, descriptor, os.devnull, os.O_RDWR, 0) for descriptor in (0, 1)]
            pid = os.posix_spawn(str(binary), [str(binary), "discover"], variables, file_actions=null)
            _, status, usage = os.wait4(pid, 0)
            if status != 0:
                raise SystemExit(f"bench: error: `portrun discover` in {place} ended with wait status {status}")
            found.append((usage.ru_utime + usage.ru_stime) * 1000)
    return statistics.median(times[large]) - statistics.median(times[empty])


def environment(folder, binary):
    """The caller's environment without its portrun, direnv and XDG settings; HOME is the scratch folder."""
    foreign = ("PORTRUN", "DIRENV_", "XDG_", "COMPOSE_")
    values = {name: value for name, value in os.environ.items() if not name.startswith(foreign) and name != "PORT"}
    return values | {"HOME": str(folder), "PATH": f"{binary.parent}:{tools(folder)}:{os.environ['PATH']}"}


def spawn(command, variables):
    """Runs the command to its end with output discarded; returns seconds."""
    null = [(os.POSIX_SPAWN_OPEN, descriptor, os.devnull, os.O_RDWR, 0) for descriptor in (0, 1, 2)]
    start = time.perf_counter_ns()
    pid = os.posix_spawn(command[0], command, variables, file_actions=null)
    _, status = os.waitpid(pid, 0)
    elapsed = time.perf_counter_ns() - start
    if status != 0:
        raise SystemExit(f"bench: error: `{' '.join(command)}` ended with wait status {status}")
    return elapsed / 1e9


def installed(variables, shims):
    """The commands of the table whose program is here, each with its program's full path."""
    found = []
    for text, target in COMMANDS:
        name, *arguments = text.split()
        path = variables["PATH"]
        if name == "shim":
            if not shims:
                continue
            (name, *arguments), path = arguments, shims
        program = shutil.which(name, path=path)
        if program:
            found.append((text, target, [program, *arguments]))
    return found


def measure(commands, variables, runs):
    """Seconds of every run, by command."""
    times = {text: [] for text, _, _ in commands}
    for _, _, command in commands * 3:
        spawn(command, variables)
    turns = list(commands)
    for _ in range(runs):
        random.shuffle(turns)
        for text, _, command in turns:
            times[text].append(spawn(command, variables))
    return times


def instructions(command, variables):
    """Instructions of the process itself, its child's not counted; None where valgrind does not say."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    report = subprocess.run(valgrind, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True).stderr
    counts = re.findall(r"Collected : (\d+)", report)
    return max(map(int, counts), default=None)


def machine():
    processor = platform.processor() or platform.machine()
    information = pathlib.Path("/proc/cpuinfo")
    if information.exists():
        processor = re.search(r"model name\s*: (.*)", information.read_text() + "model name: " + processor).group(1)
    kernel = platform.release().split("-")[0]
    return f"{processor.strip()}, {os.cpu_count()} cores, {platform.system()} {kernel}"


def ratios(times):
    """By command, the median in seconds and its ratio to that of `env true` in the same turns."""
    medians = {text: statistics.median(seconds) for text, seconds in times.items()}
    return {text: (median, median / medians[BASE]) for text, median in medians.items()}


def table(commands, results, counts):
    yield "| command | median | ratio | at most | million instructions |"
    yield "|---|---:|---:|---:|---:|"
    for text, target, _ in commands:
        median, ratio = results[text]
        limit = "" if target is None else f"{target:.1f}"
        count = f"{counts[text] / 1e6:.2f}" if counts.get(text) else ""
        yield f"| `{text}` | {median * 1000:.2f} ms | {ratio:.2f} | {limit} | {count} |"


def report(binary, runs, commands, results, counts, discovery, growth):
    heading = [
        "# Benchmark",
        "",
        "Written by `make bench`. Whole processes, medians; the ratio is to `env true` of the same turns. In a git",
        "worktree with a compose file of four services and a warm registry; no shell in between; the commands take",
        "turns in random order, the native ones first and then, with an `env true` of their own, direnv and the",
        "interpreters. portrun is a copy of the binary, as an installation makes it. Instructions are its own, its",
        "child's not counted (callgrind).",
        "",
        f"{datetime.date.today()}, {runs} runs each, {machine()}, binary of {binary.stat().st_size / 1e6:.1f} MB.",
        "",
    ]
    reading = [
        "",
        f"Reading a compose project of 60 services in 8 files takes {discovery:.2f} ms of processor time (at most",
        f"{DISCOVERY_LIMIT:.0f}): `portrun discover` there less `portrun discover` where there is none.",
    ]
    return "\n".join([*heading, *table(commands, results, counts), *added_by_shim(results), *reading, "", *growth, ""])


def added_by_shim(results):
    """A sentence on what the shim costs, where it was measured."""
    if all(text in results for text in SHIM):
        added = results[SHIM[1]][1] - results[SHIM[0]][1]
        yield ""
        yield f"The shim adds {added:.2f} `env true` to a command that is not compose; it may add {SHIM_LIMIT:.1f}."


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("docs/benchmark.md"))
    options = parser.parse_args()
    binary, output = options.binary.resolve(), options.output.resolve()

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        binary = installed_copy(binary, folder)
        variables = environment(folder, binary)
        os.chdir(project(folder))
        if shutil.which("direnv"):
            subprocess.run(["direnv", "allow", "."], env=variables, check=True)

        commands = installed(variables, shim(str(binary), variables))
        spawn([str(binary), "--", "true"], variables)
        slow = [entry for entry in commands if entry[0].split()[0] in INTERPRETERS]
        native = [entry for entry in commands if entry not in slow]
        base = [entry for entry in commands if entry[0] == BASE]
        results = ratios(measure(base + slow, variables, max(1, options.runs // 5)))
        results |= ratios(measure(native, variables, options.runs))
        counts = {}
        if shutil.which("valgrind"):
            for text, _, command in commands:
                if text.startswith("portrun"):
                    counts[text] = instructions(command, variables)
        discovery = discovery_time(binary, variables, folder, max(1, options.runs // 5))
        growth = list(scale.report(binary, max(1, options.runs // 10)))
        text = report(binary, options.runs, commands, results, counts, discovery, growth)
        os.chdir(output.root)

    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text)
    print(text, end="")


if __name__ == "__main__":
    main()
