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
import ctypes
import datetime
import mmap
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
import translation

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
    ("python3 -m portpicker", None),
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
INTERPRETERS = {"direnv", "node", "portman", "honcho", "python3"}


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


def spawn(command, variables, folder="."):
    """Runs the command to its end with output discarded; returns seconds."""
    os.chdir(folder)
    null = [(os.POSIX_SPAWN_OPEN, descriptor, os.devnull, os.O_RDWR, 0) for descriptor in (0, 1, 2)]
    start = time.perf_counter_ns()
    pid = os.posix_spawn(command[0], command, variables, file_actions=null)
    _, status = os.waitpid(pid, 0)
    elapsed = time.perf_counter_ns() - start
    if status != 0:
        raise SystemExit(f"bench: error: `{' '.join(command)}` ended with wait status {status}")
    return elapsed / 1e9


class Command:
    """A line of the table: what is run, and where."""

    def __init__(self, text, limit, variables, shims, main, worktree):
        self.text, self.limit = text, limit
        words = text.split()
        self.folder = worktree if words[0] in ("moved", "shim") else main
        path = shims if words[0] == "shim" else variables["PATH"]
        if words[0] in ("moved", "shim"):
            words = words[1:]
        self.program = path and shutil.which(words[0], path=path)
        self.words = [self.program, *words[1:]]

    @property
    def is_installed(self):
        """Of what Python runs, the module has to be there too."""
        if not self.program:
            return False
        return "-m" not in self.words or subprocess.run(
            [self.program, "-c", f"import {self.words[-1]}"], stderr=subprocess.DEVNULL).returncode == 0

    @property
    def is_slow(self):
        return INTERPRETERS.intersection(self.text.split()[:1])


def measure(commands, variables, runs):
    """Seconds of every run, by the command's text."""
    times = {command.text: [] for command in commands}
    for command in commands * 3:
        spawn(command.words, variables, command.folder)
    turns = list(commands)
    for _ in range(runs):
        random.shuffle(turns)
        for command in turns:
            times[command.text].append(spawn(command.words, variables, command.folder))
    return times


def evict(path):
    """Drops a file from the page cache, so that it is read back page by page, as after a start of the system."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def instructions(command, variables):
    """Instructions of the process itself, its child's not counted; None where valgrind does not say."""
    os.chdir(command.folder)
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command.words]
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


def cpuid_time():
    """Microseconds that the instruction CPUID takes; None for processors without it."""
    if platform.machine() != "x86_64":
        return None
    # push rbx; mov eax, edi; xor ecx, ecx; cpuid; pop rbx; ret, and a lone ret
    both = [code(b"\x53\x89\xf8\x31\xc9\x0f\xa2\x5b\xc3"), code(b"\xc3")]
    asking, nothing = (min(loop(function) for _ in range(20)) for _, function in both)
    return asking - nothing


def code(instructions):
    """The memory with the instructions, and a function that runs them."""
    memory = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(instructions)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return memory, ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_uint)(address)


def loop(function, turns=200):
    start = time.perf_counter_ns()
    for _ in range(turns):
        function(0)
    return (time.perf_counter_ns() - start) / turns / 1000


class Result:
    """What was measured of a command, in seconds, and against `env true` of the same turns."""

    def __init__(self, times, base):
        self.median = statistics.median(times)
        self.ratio = self.median / statistics.median(base)
        self.tail = sorted(times)[int(len(times) * 0.98)] / self.median


def results(times):
    return {text: Result(seconds, times[BASE]) for text, seconds in times.items()}


def table(commands, found, counts):
    yield "| command | median | ratio | at most | 98 of 100 within | million instructions |"
    yield "|---|---:|---:|---:|---:|---:|"
    for command in commands:
        result = found[command.text]
        limit = "" if command.limit is None else f"{command.limit:.2f}"
        count = f"{counts[command.text] / 1e6:.2f}" if counts.get(command.text) else ""
        yield (
            f"| `{command.text}` | {result.median * 1000:.2f} ms | {result.ratio:.2f} | {limit} "
            f"| {result.tail:.2f} × median | {count} |")


def cold_table(cold):
    yield "After the program's file was dropped from memory and came back page by page, as after a start of the system:"
    yield ""
    yield "| command | median | ratio |"
    yield "|---|---:|---:|"
    for text, result in cold.items():
        yield f"| `{text}` | {result.median * 1000:.2f} ms | {result.ratio:.2f} |"


def heading(binary, runs):
    yield from [
        "# Benchmark",
        "",
        "Written by `make bench`. Whole processes, medians; the ratio is to `env true` of the same turns. In a git checkout",
        "with a compose file of four services and a warm registry; `moved`: in a linked worktree of it, whose ports have",
        "moved, so that commands have a localhost of their own. No shell in between; the commands take turns in random order,",
        "the native ones first and then, with an `env true` of their own, direnv and the interpreters. portrun is a copy of",
        "the binary, as an installation makes it. Instructions are its own, its child's not counted (callgrind).",
        "",
        f"{datetime.date.today()}, {runs} runs each, {machine()}, binary of {binary.stat().st_size / 1e6:.1f} MB.",
        "",
        "![Times as multiples of `env true`](benchmark.svg)",
        "",
    ]


def remarks(found, discovery):
    yield f"Of 100 launches 98 may take {TAIL_LIMIT} × the median."
    if all(text in found for text in SHIM):
        added = found[SHIM[1]].ratio - found[SHIM[0]].ratio
        yield ""
        yield f"The shim adds {added:.2f} `env true` to a command that is not compose; it may add {SHIM_LIMIT:.1f}."
    if (microseconds := cpuid_time()) is not None:
        yield ""
        yield (
            f"The instruction CPUID takes {microseconds:.2f} µs here. On a virtual machine the host answers it, and every start of "
            "a program with glibc asks some dozens of times, `env`, `true` and portrun alike: the slower it is, the nearer "
            "all ratios are to one another.")
    yield ""
    yield (
        f"Reading a compose project of 60 services in 8 files takes {discovery:.2f} ms of processor time (at most "
        f"{DISCOVERY_LIMIT:.0f}): `portrun discover` there less `portrun discover` where there is none.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("docs/benchmark.md"))
    options = parser.parse_args()
    binary, output, runs = options.binary.resolve(), options.output.resolve(), options.runs

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        binary = installed_copy(binary, folder)
        variables = environment(folder, binary)
        places = project(folder)
        for place in places:
            os.chdir(place)
            if shutil.which("direnv"):
                subprocess.run(["direnv", "allow", "."], env=variables, check=True)
            subprocess.run([binary, "-q", "--", "true"], env=variables, check=True)
        shims = shim(str(binary), variables)
        commands = [Command(text, limit, variables, shims, *places) for text, limit in COMMANDS]
        commands = [command for command in commands if command.is_installed]
        base = [command for command in commands if command.text == BASE]
        slow = [command for command in commands if command.is_slow]
        found = results(measure(base + slow, variables, max(1, runs // 5)))
        found |= results(measure([command for command in commands if not command.is_slow], variables, runs))
        counts = {}
        if shutil.which("valgrind"):
            for command in commands:
                # Valgrind knows no system calls of a translation.
                if command.text.startswith("portrun"):
                    counts[command.text] = instructions(command, variables)
        evict(binary)
        cold = results(measure([command for command in commands if command.text in COLD], variables, max(1, runs // 5)))
        discovery = discovery_time(binary, variables, folder, max(1, runs // 5))
        parts = [
            [*heading(binary, runs), *table(commands, found, counts)], remarks(found, discovery), cold_table(cold),
            translation.report(binary), crowd.report(binary), growth.report(binary), scale.report(binary, max(1, runs // 10)),
        ]
        text = "\n\n".join("\n".join(part) for part in parts) + "\n"
        os.chdir(output.root)

    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text)
    shown = {command.text: found[command.text].ratio for command in commands if "docker" not in command.text}
    output.with_suffix(".svg").write_text(plot.bars(shown))
    print(text, end="")


if __name__ == "__main__":
    main()
