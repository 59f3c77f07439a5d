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

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../scripts"))
from killing import PATIENCE, WORK, holders, is_work, kill, print_processes, progress, status, until
from portrun import Failure

LAUNCHER, ROUNDS, DECLARED, BOOKED = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
SEED = int(sys.argv[5]) if len(sys.argv) > 5 else random.randrange(1 << 32)
CHANCE = random.Random(SEED)


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
        raise Failure(f"round {number}: no start")
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
            raise Failure(f"round {number}: the programs have ended after the death of {deed}")
        os.kill(command, signal.SIGTERM)
    if deed == "all":
        # Nobody answers: they fail. Or one of those killed has found a successor before the next was killed.
        if progress(output, 20):
            kill(command)
    # What is left of the tree are the processes that the command has started.
    until(f"the command is left after the death of {deed}", lambda: (status(command) or (0, "Z"))[1] == "Z")
    for pid in holders(mark):
        if is_work(pid) and pid != launcher.pid:
            kill(pid)
    code = launcher.wait(PATIENCE)
    until(f"round {number}: processes are left after the death of {deed}", lambda: not holders(mark))
    expected = {"launcher": [-9], "supervisor": [5], "server": [5], "group": [-9], "command": [-9], "signal": [5]}
    if replacing:
        expected["server"] = [5]
    if is_served and code not in expected.get(deed, [-9, 5]):
        raise Failure(f"round {number}: status {code} after the death of {deed}")
    launcher.stdout.close()
    return deed


DEEDS = {}
try:
    for turn in range(ROUNDS):
        name = play(turn)
        DEEDS[name] = DEEDS.get(name, 0) + 1
except Failure as failure:
    print(f"seed {SEED}: {failure}", flush=True)
    print_processes()
    os._exit(1)
print("nothing hangs, nothing is left")
print(f"seed {SEED}: " + ", ".join(f"{count} {name}" for name, count in sorted(DEEDS.items())), file=sys.stderr)
