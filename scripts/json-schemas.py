#!/usr/bin/env python3
"""Compares what `--json` prints with docs/schemas, for each command in the table of docs/json.md.

    json-schemas.py PORTRUN

Needs the package `jsonschema`. A schema that would take an output without one of its keys is wrong, too.
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import jsonschema
import referencing

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMAS = {path.stem: json.loads(path.read_text()) for path in sorted(ROOT.glob("docs/schemas/*.json"))}
REGISTRY = referencing.Registry().with_resources(
    (f"{name}.json", referencing.Resource.from_contents(schema)) for name, schema in SCHEMAS.items())

# Each in the linked worktree, one after the other, with the schema of what it prints.
STEPS = [
    ("gc", "gc"),
    ("bookings", "book web worker --description mine --ttl 60"),
    ("bookings", "renew worker"),
    ("bookings", "status"),
    ("bookings", "list"),
    ("bookings", "lookup web"),
    ("booking-or-null", "get web"),
    ("booking-or-null", "get nothing --no-book"),
    ("booking-or-null", "wait worker --timeout 1"),
    ("booking", "register wiki {port}"),
    ("check", "check {port}"),
    ("check", "check 1"),
    ("find", "find --count 2 --udp"),
    ("import", "import ../ports.txt"),
    ("import", "import --from port-registry ../foreign.db"),
    ("adopt", "adopt --dry-run"),
    ("discover", "discover"),
    ("explain", "explain -- npm run dev"),
    ("explain", "explain"),
    ("export", "export --format json"),
    ("context", "context"),
    ("config", "config"),
    ("doctor", "doctor"),
    ("gc", "prune --force"),
    ("bookings", "release worker"),
    ("booking", "unregister wiki"),
]

PROJECT = """
git init -q -b main shop && cd shop && cp "$1"/Examples/quickstart/[!Rr]* .
sed -i 's/  redis:/  redis:\\n    container_name: shop-redis\\n    environment: {ORIGIN: "http:\\/\\/localhost:5432"}/' compose.yaml
echo 'DATABASE_URL=postgres://localhost:5432/shop' >.env
echo 'eval "$(portrun export)"' >.envrc
git add . && git -c user.name=shop -c user.email=shop@example.org commit -q -m first
git worktree add -q -b feature ../feature && git worktree add -q -b gone ../gone
(cd ../gone && portrun book -q web && portrun export -q) >../exported 2>&1 && rm -r ../gone
cd .. && printf 'mail:1025:mails\\nnonsense\\n' >ports.txt
python3 -c '
import sqlite3
with sqlite3.connect("foreign.db") as database:
    database.execute("CREATE TABLE allocations (id INTEGER PRIMARY KEY, app, instance, service, port)")
    database.execute("INSERT INTO allocations VALUES (1, \\"shop\\", \\"dev\\", \\"web\\", 8080), (2, \\"shop\\", \\"dev\\", \\"db\\", 0)")'
"""


def validator(name):
    return jsonschema.Draft202012Validator(SCHEMAS[name], registry=REGISTRY)


def faults(name, value):
    """What the schema has against the value, and where."""
    return [f"{fault.json_path}: {fault.message}" for fault in validator(name).iter_errors(value)]


def takes_less(name, value):
    """A key without which the schema would take the value, too, at its top."""
    first = value[0] if isinstance(value, list) and value else value
    if name == "export" or not isinstance(first, dict):
        return None
    optional = {"line", "allocation", "scripted"}
    for key in first.keys() - optional:
        less = {other: first[other] for other in first if other != key}
        if not faults(name, [less] if isinstance(value, list) else less):
            return key
    return None


def undocumented():
    """The commands in the table of docs/json.md that no step runs, and links to schemas that it has not."""
    page = (ROOT / "docs/json.md").read_text()
    table = page[page.index("| JSON of"):page.index("## A booking")]
    run = {step[1].split()[0] for step in STEPS}
    commands = {name.split()[0] for row in table.splitlines() if row for name in re.findall(r"`([^`]+)`", row.split("|")[1])}
    missing = [f"docs/json.md: nothing runs `{name}`" for name in sorted(commands - run)]
    return missing + [f"docs/json.md: no link to schemas/{name}.json" for name in SCHEMAS if f"schemas/{name}.json" not in page]


def main():
    portrun = pathlib.Path(sys.argv[1]).resolve()
    found = undocumented()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment = {
            "HOME": f"{folder}/home", "PATH": f"{portrun.parent}:{os.environ['PATH']}", "TERM": "dumb",
            "PORTRUN_REGISTRY": f"{folder}/state/registry.sqlite"}
        for name in ("home", "state"):
            os.mkdir(f"{folder}/{name}", 0o700)
        subprocess.run(["bash", "-ec", PROJECT, "project", ROOT], cwd=folder, env=environment, check=True)
        # A server that listens, and a lease whose process is dead.
        server = subprocess.Popen(
            ["portrun", "run", "-q", "--", "python3", "server.py"], cwd=f"{folder}/shop", env=environment,
            stdout=subprocess.PIPE, text=True)
        port = re.search(r":(\d+)/", server.stdout.readline())[1]
        killed = subprocess.Popen(
            ["portrun", "run", "-q", "sleeper", "--exec", "--", "sleep", "60"], cwd=f"{folder}/shop", env=environment)
        time.sleep(0.3)
        killed.kill()
        killed.wait()
        for name, step in STEPS:
            words = step.format(port=port if name == "check" else 3999).split(" -- ")
            json_flag = [] if "--format" in step else ["--json"]
            command = ["portrun", *words[0].split(), *json_flag, *(["--", *words[1].split()] if words[1:] else [])]
            done = subprocess.run(
                command, cwd=f"{folder}/feature", env=environment, capture_output=True, text=True, timeout=30)
            try:
                value = json.loads(done.stdout)
            except ValueError:
                found.append(f"`portrun {step}` prints no JSON: {done.stdout}{done.stderr}")
                continue
            found += [f"`portrun {step}`, {name}.json: {fault}" for fault in faults(name, value)]
            if key := takes_less(name, value):
                found.append(f"{name}.json takes an output without `{key}`")
        server.send_signal(signal.SIGTERM)
        server.wait()
    for fault in found:
        print(f"json-schemas: error: {fault}", file=sys.stderr)
    print(f"json-schemas: {len(STEPS)} outputs, {len(SCHEMAS)} schemas")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
