"""The project's test: the server that it is told of has to be this checkout's own.

    test.py ADDRESS
"""

import pathlib
import sys
import urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
found = opener.open(sys.argv[1], timeout=10).read().decode()
if found != pathlib.Path.cwd().name:
    sys.exit(f"failed: {found} answers")
print("passed", end="")
