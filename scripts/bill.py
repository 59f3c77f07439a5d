#!/usr/bin/env python3
"""Writes the bill of materials of a released file to standard output, in SPDX 2.3.

    bill.py FILE

The Swift packages are those that Package.resolved has, with the versions that were built; the C libraries those that
pkg-config finds.
"""

import datetime
import hashlib
import json
import os
import pathlib
import subprocess
import sys

LICENCES = {"sqlite3": "blessing", "yaml-0.1": "MIT"}


def command(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def package(name, version, location, licence="NOASSERTION"):
    return {
        "SPDXID": f"SPDXRef-{name.replace('.', '-').replace('_', '-')}",
        "name": name,
        "versionInfo": version,
        "downloadLocation": location,
        "filesAnalyzed": False,
        "licenseConcluded": licence,
        "licenseDeclared": licence,
        "copyrightText": "NOASSERTION",
    }


def parts():
    """What is linked into the binaries."""
    pins = json.loads(pathlib.Path("Package.resolved").read_text())["pins"]
    for pin in sorted(pins, key=lambda pin: pin["identity"]):
        state = pin["state"]
        yield package(
            pin["identity"], state.get("version") or state["revision"], f"git+{pin['location']}", "Apache-2.0")
    for name, licence in LICENCES.items():
        yield package(name, command("pkg-config", "--modversion", name) or "unknown", "NOASSERTION", licence)


def document(path):
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    version = command("scripts/version.sh")
    made = int(os.environ.get("SOURCE_DATE_EPOCH") or command("git", "log", "-1", "--format=%ct") or 0)
    own = package("portrun", version, f"https://github.com/portrun/portrun/releases/download/v{version}/{path.name}", "MIT")
    own["packageFileName"] = path.name
    own["checksums"] = [{"algorithm": "SHA256", "checksumValue": digest}]
    others = list(parts())
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", own["SPDXID"])]
    relations += [(own["SPDXID"], "CONTAINS", other["SPDXID"]) for other in others]
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": path.name,
        "documentNamespace": f"https://github.com/portrun/portrun/releases/bill/{version}/{digest}",
        "creationInfo": {
            "created": datetime.datetime.fromtimestamp(made, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Organization: portrun", "Tool: bill.py"],
        },
        "packages": [own, *others],
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
            for one, kind, other in relations
        ],
    }


print(json.dumps(document(pathlib.Path(sys.argv[1])), indent=2))
