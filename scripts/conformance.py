#!/usr/bin/env python3
"""Compares `portrun discover --json` with recorded answers of docker compose.

    conformance.py PORTRUN FOLDER [--at-least SHARE]

FOLDER holds `compose_check.py`, which lists the projects to run and compares the results, and `compose_cases.json`,
small cases of which every one has to agree. Of the projects, SHARE has to (0.995), and every variable of those.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

VERSION = "2.26.1"


def discover(binary, folder, arguments, variables):
    """What the binary prints, as a value; its message where it refuses."""
    with tempfile.TemporaryDirectory() as home:
        clean = {"PATH": os.environ["PATH"], "HOME": home, "PORTRUN_REGISTRY": f"{home}/registry.sqlite"}
        done = subprocess.run(
            [binary, "discover", "--json", *arguments],
            cwd=folder, env=clean | variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    if done.returncode not in (0, 125):
        return {"crash": f"exit status {done.returncode}", "error": done.stderr}
    return json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr}


def projects(binary, folder, pool):
    """Runs every project; returns how many there are, how many agree, what the checker says, and crashes."""
    check = [sys.executable, str(folder / "compose_check.py")]
    listing = subprocess.run([*check, "--list"], check=True, capture_output=True, text=True).stdout
    entries = [json.loads(line) for line in listing.splitlines()]
    answers = pool.map(lambda entry: discover(binary, entry["cwd"], entry["args"], entry["env"]), entries)
    crashes = []
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as results:
        for entry, answer in zip(entries, answers):
            if "crash" in answer:
                crashes.append(f"{entry['id']}: {answer['crash']}: {answer['error']}")
            result = {"id": entry["id"], "error": answer.get("error"), "ports": answer.get("ports", [])}
            for port in result["ports"]:
                port["var"] = port["variable"]
            results.write(json.dumps(result) + "\n")
        results.flush()
        said = subprocess.run([*check, results.name], capture_output=True, text=True).stdout
    equal = re.search(r"projects equal +(\d+)", said)
    return len(entries), int(equal.group(1)) if equal else 0, said, crashes


def refused(binary, folder, pool):
    """Projects that compose refuses; nothing is asked but that the binary ends properly."""
    entries = [json.loads(path.read_text()) for path in (folder / "compose_expected").glob("*/*.json")]
    entries = [entry for entry in entries if not entry["ok"] and (folder / "compose_ready" / entry["dir"]).is_dir()]
    ready = folder / "compose_ready"
    answers = pool.map(lambda entry: discover(binary, ready / entry["dir"], entry["args"], {}), entries)
    return [f"{entry['id']}: {answer['crash']}" for entry, answer in zip(entries, answers) if "crash" in answer]


def case(binary, entry):
    """What is wrong with the answer to a small case; None when nothing is."""
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name).resolve() / "w"

        def placed(text):
            return text.replace("$ROOT", str(root))

        for path, text in entry["files"].items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(placed(text).encode())
        for path, target in (entry.get("symlinks") or {}).items():
            (root / path).symlink_to(target)
        variables = {key: placed(value) for key, value in entry["env"].items()}
        answer = discover(binary, root / entry["cwd"], [placed(argument) for argument in entry["args"]], variables)
    expected = entry["expect"][VERSION]
    # Without any compose file there is a project neither here nor there.
    accepted = "error" not in answer and answer["files"] != []
    if "crash" in answer or accepted != expected["ok"]:
        return f"{entry['id']}: accepted {accepted}, expected {expected['ok']}: {answer}"
    if not accepted:
        return None
    name = {"$DIRNAME": "w"}.get(expected.get("name"), expected.get("name"))
    if name and answer["project"] != name:
        return f"{entry['id']}: project {answer['project']}, expected {name}"
    keys = ("service", "target", "protocol", "host_ip", "published")
    found = [[str(port[key]) for key in keys] for port in answer["ports"] if port["active"]]
    wanted = [[str(part) for part in port] for port in expected.get("ports", [])]
    if "ports" in expected and sorted(found) != sorted(wanted):
        return f"{entry['id']}: ports {found}, expected {wanted}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--at-least", type=float, default=0.995)
    options = parser.parse_args()
    binary, folder = options.binary.resolve(), options.folder.resolve()

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        count, equal, said, crashes = projects(binary, folder, pool)
        crashes += refused(binary, folder, pool)
        cases = json.loads((folder / "compose_cases.json").read_text())
        wrong = [answer for answer in pool.map(lambda entry: case(binary, entry), cases) if answer]
    print(said, end="")
    print(f"small cases {len(cases)} equal {len(cases) - len(wrong)}")
    for line in crashes + wrong:
        print(f"conformance: error: {line}")
    variables = re.findall(r"var (?:compared|equal) +(\d+)", said)
    if not cases or not count or equal < options.at_least * count or len(set(variables)) != 1 or crashes or wrong:
        raise SystemExit(f"conformance: error: {equal} of {count} projects agree, {len(wrong)} small cases do not")


main()
