#!/usr/bin/env python3
"""Takes the pictures of the dashboard in docs/images, from real checkouts with real servers.

    .build/browser/bin/python scripts/screenshots.py PORTRUN CHROMIUM

The servers listen on the ports 3000, 5432 and 8080 of this machine, and on others.
"""

import io
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

from PIL import Image
from playwright.sync_api import expect, sync_playwright

portrun, chromium = (os.path.abspath(word) for word in sys.argv[1:])
images = pathlib.Path(__file__).resolve().parent.parent / "docs/images"
SERVER = """
import http.server, os
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""
COMPOSE = """
services:
  postgres:
    image: postgres:17
    ports: ["${POSTGRES_PORT:-5432}:5432"]
"""


class Machine:
    """A home with two checkouts of a shop and one of a blog, and what runs in them."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = os.environ | {"HOME": str(folder), "PORTRUN_REGISTRY": str(folder / "state/registry.sqlite")}
        self.programs = []
        self.git("init", "-q", "-b", "main", "shop")
        (folder / "shop/compose.yaml").write_text(COMPOSE)
        (folder / "shop/server.py").write_text(SERVER)
        self.git("-C", "shop", "add", ".")
        self.git("-C", "shop", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first")
        self.git("-C", "shop", "worktree", "add", "-q", "-b", "feature/auth", "../shop-feature-auth")
        self.git("init", "-q", "-b", "main", "blog")
        (folder / "blog/server.py").write_text(SERVER)

    def git(self, *words):
        subprocess.run(["git", *words], cwd=self.folder, check=True, env=self.environment)

    def run(self, checkout, *words):
        return subprocess.run([portrun, *words], cwd=self.folder / checkout, env=self.environment, check=True,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout

    def start(self, checkout, *words):
        quiet = subprocess.DEVNULL
        self.programs.append(subprocess.Popen(words, cwd=self.folder / checkout, env=self.environment, stdin=quiet,
                                              stdout=quiet, stderr=quiet, start_new_session=True))

    def fill(self):
        for checkout in ["shop", "shop-feature-auth"]:
            self.start(checkout, portrun, "--", "python3", "server.py")
            self.listens(checkout, "web")
        self.run("blog", "book", "web", "api")
        self.start("blog", portrun, "run", "api", "--", "python3", "server.py")
        self.listens("blog", "api")
        # Somebody has a port that is another's.
        port = self.run("blog", "get", "web").split()[-1]
        self.start(".", "/usr/bin/python3", "-m", "http.server", "--bind", "127.0.0.1", port)

    def listens(self, checkout, service):
        self.run(checkout, "wait", service)

    def end(self):
        for program in self.programs:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
        self.run(".", "daemon", "stop", "-q")


def take(machine, scheme, name):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"])
        page = browser.new_page(color_scheme=scheme, viewport={"width": 1000, "height": 640})
        page.goto(machine.run(".", "dashboard", "--no-open", "-q").strip())
        expect(page.locator("#bookings")).to_contain_text("a stranger")
        time.sleep(1)
        # What happens while the page is open is told.
        machine.run("blog", "book", f"job-{scheme}")
        expect(page.locator("#events li").first).to_contain_text(f"job-{scheme}")
        machine.run("blog", "release", f"job-{scheme}")
        expect(page.locator("#events li").first).to_contain_text("given")
        expect(page.locator("#bookings")).not_to_contain_text(f"job-{scheme}")
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        browser.close()
    # Few colours, which is what keeps the file small.
    picture.quantize(64, dither=Image.Dither.NONE).save(images / name, optimize=True)
    print(images / name, (images / name).stat().st_size // 1024, "KiB")


images.mkdir(exist_ok=True)
# The pages show where the checkouts are.
code = pathlib.Path("/tmp/code")
code.mkdir()
machine = Machine(code)
try:
    machine.fill()
    take(machine, "light", "dashboard.png")
    take(machine, "dark", "dashboard-dark.png")
finally:
    machine.end()
    shutil.rmtree(code)
