#!/usr/bin/env python3
"""Writes a folder as tar.gz to standard output: the same files give the same bytes on every system.

    tar.py PARENT NAME SECONDS
"""

import gzip
import pathlib
import sys
import tarfile

parent, name, seconds = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])


def plain(member):
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = seconds
    member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member


with gzip.GzipFile(filename="", mode="wb", fileobj=sys.stdout.buffer, mtime=0) as packed:
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted([parent / name, *(parent / name).rglob("*")]):
            archive.add(path, arcname=str(path.relative_to(parent)), recursive=False, filter=plain)
