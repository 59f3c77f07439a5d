"""Goes through the dashboard in a real Chromium, and attacks it from there.

    dashboard.py PORTRUN CHROMIUM CASE

Runs in a checkout, with a registry of its own. Prints `all is well`, or says what is not.
"""

import contextlib
import http.client
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time

from playwright.sync_api import expect, sync_playwright

portrun, chromium, case = sys.argv[1:]
expect.set_options(timeout=20_000)


def run(*words, check=True):
    return subprocess.run([portrun, *words], capture_output=True, text=True, check=check).stdout


def start(*words, cwd=None):
    """A program that goes on, in a session of its own, until `end` ends all of that."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(words, cwd=cwd, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)


def end(program):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()


def sign_in():
    """An address that has not been used."""
    return run("dashboard", "--no-open", "-q").strip()


def booking(service):
    return next(row for row in json.loads(run("list", "--json")) if row["service"] == service)


def base():
    return sign_in().split("?")[0]


@contextlib.contextmanager
def browser(*arguments):
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", *arguments])
        try:
            yield started
        finally:
            started.close()


@contextlib.contextmanager
def signed_in(*arguments, **options):
    with browser(*arguments) as started:
        context = started.new_context(**options)
        page = context.new_page()
        # Nothing goes wrong, and nothing is asked for elsewhere.
        page.on("pageerror", lambda error: sys.exit(f"the script has failed: {error}"))
        page.on("request", lambda request: request.url.startswith((base_address, "data:")) or sys.exit(request.url))
        base_address = base()
        page.goto(sign_in())
        yield page


@contextlib.contextmanager
def site(pages):
    """A server of somebody else, which answers each path with a page."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = pages.get(self.path.split("?")[0], "<p>nothing").encode()
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


def wait_for_locks(page, number):
    """The page that listens to events has one."""
    deadline = time.monotonic() + 60
    while page.evaluate("navigator.locks.query().then((all) => all.held.length)") != number:
        assert time.monotonic() < deadline, number
        time.sleep(0.01)


def row(page, service):
    return page.locator("#bookings tbody tr", has=page.get_by_role("rowheader", name=service, exact=True))


def a_token_signs_in_once():
    address = sign_in()
    with browser() as started:
        first = started.new_context()
        page = first.new_page()
        page.goto(address)
        assert page.url == address.split("?")[0], page.url
        expect(page.locator("#bookings")).to_contain_text("web")
        cookie, = first.cookies()
        assert cookie["name"].startswith("__Host-") and cookie["httpOnly"] and cookie["secure"], cookie
        assert cookie["sameSite"] == "Strict" and cookie["path"] == "/", cookie
        # A reload of the first address goes on, in this browser alone.
        assert page.goto(address).status == 200
        page = started.new_context().new_page()
        answer = page.goto(address)
        assert answer.status == 401, answer.status
        expect(page.locator("main")).to_contain_text("portrun dashboard")
        assert page.goto(address.split("?")[0] + "checkouts/x").status == 401
        assert page.goto(address.split("?")[0] + "release/1").status == 401
        assert page.request.get(address.split("?")[0] + "events").status == 401


def it_lives():
    with signed_in() as page:
        expect(row(page, "web")).to_contain_text("idle")
        wait_for_locks(page, 1)
        time.sleep(0.5)
        # In another process; seen within a second.
        run("book", "worker")
        expect(row(page, "worker")).to_be_visible(timeout=1000)
        expect(page.locator("#events li").first).to_contain_text("worker")
        expect(page.locator("#summary")).to_contain_text("3 ports of 1 checkout,")
        page.get_by_label("Search").fill("worker")
        expect(row(page, "web")).to_be_hidden()
        # What happens to a row keeps the search.
        web = start(
            portrun, "run", "web", "--", sys.executable, "-c",
            "import http.server, os; http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), "
            "http.server.SimpleHTTPRequestHandler).serve_forever()")
        expect(page.locator("#events ol")).to_contain_text("web of")
        expect(row(page, "web")).to_be_hidden()
        page.get_by_label("Search").fill("")
        expect(row(page, "web")).to_contain_text("listening", timeout=5000)
        link = row(page, "web").locator("td.port a")
        port = booking("web")["port"]
        assert link.get_attribute("href") == f"http://localhost:{port}", link.get_attribute("href")
        expect(row(page, "web").locator(".holder")).to_contain_text("pid ")
        expect(row(page, "web").locator("time")).to_be_visible()
        # Its end, by which nobody writes anything.
        end(web)
        expect(row(page, "web")).to_contain_text("idle", timeout=5000)
        # The last one of a checkout.
        run("release", "web")
        run("release", "worker")
        expect(row(page, "web")).to_have_count(0, timeout=5000)


def a_stranger_is_called_one():
    port = booking("web")["port"]
    stranger = start(sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port), cwd="/")
    try:
        with signed_in() as page:
            expect(row(page, "web")).to_contain_text("a stranger")
            expect(row(page, "web").locator(".holder")).to_contain_text(f"pid {stranger.pid}")
            assert row(page, "web").locator("td.port a").count() == 0
    finally:
        end(stranger)


def a_release_asks():
    with signed_in() as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        row(page, "web").get_by_role("button").click()
        expect(page.get_by_role("status")).to_contain_text("copied")
        assert page.evaluate("navigator.clipboard.readText()") == str(booking("web")["port"])
        row(page, "web").get_by_role("link", name="Release").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("Release web of")
        dialog.get_by_role("link", name="Keep it").click()
        expect(dialog).to_be_hidden()
        assert booking("web")
        row(page, "web").get_by_role("link", name="Release").click()
        dialog.get_by_role("button", name="Release").click()
        expect(row(page, "web")).to_have_count(0)
        assert [row for row in json.loads(run("list", "--json")) if row["service"] == "web"] == []


def what_runs_is_kept():
    holder = start(portrun, "run", "web", "--", "sleep", "1000")
    try:
        with signed_in() as page:
            expect(row(page, "web")).to_contain_text("sleep 1000")
            row(page, "web").get_by_role("link", name="Release").click()
            dialog = page.get_by_role("dialog")
            expect(dialog).to_contain_text("sleep 1000")
            # Nobody releases it by Return alone.
            dialog.get_by_role("button", name="Release").click()
            expect(dialog).to_be_visible()
            assert booking("web")["state"] == "live"
            dialog.get_by_role("checkbox").check()
            dialog.get_by_role("button", name="Release").click()
            expect(row(page, "web")).to_have_count(0)
    finally:
        end(holder)


def it_works_without_a_script():
    with signed_in(java_script_enabled=False) as page:
        expect(row(page, "web")).to_be_visible()
        expect(page.locator("button.copy").first).to_be_hidden()
        page.get_by_label("Search").fill("nothing-like-that")
        page.get_by_role("button", name="Search").click()
        expect(row(page, "web")).to_have_count(0)
        expect(page.get_by_text("Nothing is like that")).to_be_visible()
        page.get_by_label("Search").fill(f"{booking('web')['port']}")
        page.get_by_label("Search").press("Enter")
        expect(row(page, "web")).to_be_visible()
        row(page, "web").get_by_role("link", name="Release").click()
        assert "/release/" in page.url
        page.get_by_role("link", name="Keep it").click()
        row(page, "web").get_by_role("link", name="Release").click()
        page.get_by_role("button", name="Release").click()
        expect(page.locator("#bookings")).to_be_visible()
        expect(row(page, "web")).to_have_count(0)
        run("book", "worker")
        page.goto(page.url + f"release/{booking('worker')['id']}")
        # It has another port by now.
        run("book", "worker", "--port", str(booking("portrun-dashboard")["port"] + 1))
        page.get_by_role("button", name="Release").click()
        expect(page.get_by_role("alert")).to_contain_text("has changed meanwhile")
        assert booking("worker")
        page.get_by_role("button", name="Release").click()
        expect(page.locator("#bookings")).to_be_visible()
        assert not [row for row in json.loads(run("list", "--json")) if row["service"] == "worker"]


def many_tabs_load():
    with signed_in() as page:
        tabs = [page] + [page.context.new_page() for _ in range(7)]
        for tab in tabs[1:]:
            tab.goto(page.url)
        time.sleep(0.5)
        run("book", "worker")
        for tab in tabs:
            expect(row(tab, "worker")).to_be_visible(timeout=5000)
        # The one that listens goes, and another one does.
        tabs[0].close()
        run("release", "worker")
        for tab in tabs[1:]:
            expect(row(tab, "worker")).to_have_count(0, timeout=10_000)


def a_hidden_page_keeps_no_connection():
    with signed_in() as page:
        wait_for_locks(page, 1)
        page.evaluate("""() => {
            Object.defineProperty(document, 'hidden', { get: () => window.isHidden, configurable: true });
            window.isHidden = true;
            document.dispatchEvent(new Event('visibilitychange'));
        }""")
        wait_for_locks(page, 0)
        run("book", "worker")
        page.evaluate("() => { window.isHidden = false; document.dispatchEvent(new Event('visibilitychange')); }")
        expect(row(page, "worker")).to_be_visible()


def colours(page):
    return page.evaluate("""() => {
        const style = getComputedStyle(document.body);
        const sum = (text) => text.match(/[0-9]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
        return [sum(style.color), sum(style.backgroundColor)];
    }""")


def it_is_for_every_eye():
    for scheme in ["light", "dark"]:
        with signed_in(color_scheme=scheme) as page:
            text, background = colours(page)
            assert (text < background) == (scheme == "light"), (scheme, text, background)
    with signed_in(viewport={"width": 360, "height": 640}) as page:
        run("book", "a-service-with-a-very-long-name-which-goes-on-and-on-until-it-ends")
        expect(page.locator("#bookings")).to_contain_text("until-it-ends")
        for address in [page.url, page.url + f"release/{booking('web')['id']}"]:
            page.goto(address)
            width = page.evaluate("document.scrollingElement.scrollWidth")
            assert width <= 360, (address, width)
    # Every link and button is reached by Tab, and is seen to be.
    with signed_in() as page:
        reached = set()
        count = page.locator("a, button, input").filter(visible=True).count()
        for _ in range(count):
            page.keyboard.press("Tab")
            seen = page.evaluate("""() => {
                const element = document.activeElement, box = element.getBoundingClientRect();
                const number = [...document.querySelectorAll("a, button, input")].indexOf(element);
                return [number, getComputedStyle(element).outlineStyle !== "none", box.left >= 0 && box.width > 0];
            }""")
            assert seen[1] and seen[2], seen
            reached.add(seen[0])
        # The link that skips the head is seen once it is reached.
        assert len(reached) >= count and -1 not in reached, (len(reached), count)
        row(page, "web").get_by_role("link", name="Release").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()


def markup_is_text():
    # The folder of this checkout is called so, and so is a word of a command.
    markup = "<img src=x onerror=alert(1)>"
    assert markup in os.getcwd()
    holder = start(portrun, "run", "web", "--", "sh", "-c", "sleep 1000; true", markup)
    try:
        with signed_in() as page:
            page.on("dialog", lambda dialog: sys.exit("a script of somebody else has run"))
            expect(page.locator(".checkout", has_text=markup)).to_be_visible()
            expect(row(page, "web")).to_contain_text(markup)
            # Made anew by the script.
            run("book", "worker")
            expect(row(page, "worker")).to_be_visible()
            expect(page.locator(".checkout", has_text=markup)).to_be_visible()
            row(page, "web").get_by_role("link", name="Release").click()
            expect(page.get_by_role("dialog")).to_contain_text(markup)
            assert page.locator("img").count() == 0
            page.goto(page.url + "?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
            expect(page.get_by_label("Search")).to_have_value('"><script>alert(1)</script>')
            page.goto(base() + "%3Cscript%3Ealert(1)%3C/script%3E")
            assert page.locator("script").count() == 1
    finally:
        end(holder)


def others_stay_out():
    address = base()
    port = address.split(":")[-1].strip("/")
    number = booking("web")["id"]
    attack = f"""<body><script>
        const results = {{}};
        const note = (name) => (value) => {{ results[name] = value; }};
        const all = [
          fetch("{address}", {{credentials: "include"}}).then(note("read"), () => note("read")("refused")),
          fetch("{address}release/{number}", {{method: "POST", credentials: "include", mode: "no-cors",
            headers: {{"content-type": "application/x-www-form-urlencoded"}}, body: "force=true"}})
            .then((answer) => note("write")(answer.type), () => note("write")("refused")),
          new Promise((resolve) => {{ const image = new Image(); image.onload = () => {{ note("image")("shown"); resolve(); }};
            image.onerror = () => {{ note("image")("refused"); resolve(); }}; image.src = "{address}assets/icon.svg"; }}),
          new Promise((resolve) => {{ const stream = new EventSource("{address}events", {{withCredentials: true}});
            stream.onopen = () => {{ note("events")("open"); resolve(); }};
            stream.onerror = () => {{ note("events")("refused"); resolve(); }}; }}),
        ];
        window.done = Promise.all(all).then(() => results);
        </script><iframe src="{address}"></iframe>
        <form method=post action="{address}release/{number}"><input name=force value=true></form>"""
    with site({"/attack": attack}) as other:
        with signed_in("--host-resolver-rules=MAP evil.example 127.0.0.1") as page:
            context = page.context
            # Another port of localhost is the same site, to which the cookie goes; another name is not.
            for origin in [f"http://localhost:{other}", f"http://evil.example:{other}"]:
                attacker = context.new_page()
                statuses = {}
                attacker.on("response", lambda answer: statuses.setdefault(answer.url, []).append(answer.status))
                attacker.goto(origin + "/attack")
                results = attacker.evaluate("window.done")
                assert results["read"] == "refused" and results["image"] == "refused", results
                assert results["events"] == "refused" and results["write"] in ["refused", "opaque"], results
                with attacker.expect_navigation() as navigation:
                    attacker.evaluate("document.forms[0].submit()")
                assert navigation.value.status == 403, navigation.value.status
                told = [status for url, found in statuses.items()
                        if url.startswith(address) and "/assets/" not in url for status in found]
                assert told and set(told) == {403}, (origin, statuses)
                assert booking("web")
            # DNS rebinding: the name of a page leads to the dashboard.
            rebound = context.new_page()
            answer = rebound.goto(f"http://evil.example:{port}/")
            assert answer.status == 403, answer.status
            assert "portrun:problem" not in answer.text() and "idle" not in answer.text()
            # A form without the token of the session, from a page of the dashboard's own.
            form = "subject=x&force=true"
            status = page.evaluate(
                """([path, body]) => fetch(path, {method: "POST", body, redirect: "manual",
                headers: {"content-type": "application/x-www-form-urlencoded"}}).then((answer) => answer.status)""",
                [f"/release/{number}", form])
            assert status == 403, status
            assert booking("web")
            cookie, = [cookie for cookie in context.cookies() if cookie["name"].startswith("__Host-")]
        # Whoever has the cookie, and is no browser, still does not get a form through that no page of ours has sent.
        for fields in [{}, {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"},
                       {"Origin": "http://evil.example"}]:
            connection = http.client.HTTPConnection("127.0.0.1", int(port))
            connection.request("POST", f"/release/{number}", form, {
                "Host": f"localhost:{port}", "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"{cookie['name']}={cookie['value']}", **fields})
            assert connection.getresponse().status == 403, fields
        assert booking("web")


def four_hundred_checkouts():
    run("release", "web")
    for number in range(400):
        run("book", "web", "api", "postgres", "--context", f"checkout-{number:03}")
    with signed_in() as page:
        # The daemon's own port is one, too.
        expect(page.locator("#summary")).to_contain_text("1201 ports of 400 checkouts")
        times = []
        for _ in range(5):
            started = time.monotonic()
            size = len(page.context.request.get(page.url).body())
            times.append(time.monotonic() - started)
        assert size < 1_000_000 and min(times) < 5, (size, times)
        started = time.monotonic()
        page.get_by_label("Search").fill("checkout-399 api")
        expect(page.locator("#bookings tbody tr:visible")).to_have_count(2)
        searched = time.monotonic() - started
        run("book", "worker", "--context", "checkout-399")
        page.get_by_label("Search").fill("worker")
        expect(page.locator("#bookings tbody tr:visible")).to_have_count(2, timeout=2000)
        print(f"{size // 1024} KiB in {min(times) * 1000:.0f} ms; a search in {searched * 1000:.0f} ms", file=sys.stderr)


globals()[case]()
print("all is well")
