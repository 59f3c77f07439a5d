"""Works in several checkouts at once, as an agent does: asks `portrun mcp` in each of them which port is whose, starts
their servers as in a shell, and runs each one's test.

    agent.py CHECKOUT...
"""

import json
import subprocess
import sys
import time


class Portrun:
    """`portrun mcp` in a checkout, as a client starts it: each message is a line of JSON."""

    def __init__(self, checkout):
        self.process = subprocess.Popen(
            ["portrun", "mcp"], cwd=checkout, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.requests = 0
        client = {"name": "agent.py", "version": "1"}
        self.ask("initialize", protocolVersion="2025-11-25", capabilities={}, clientInfo=client)
        self.send(method="notifications/initialized")

    def send(self, **message):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self.process.stdin.flush()

    def ask(self, method, **parameters):
        self.requests += 1
        self.send(id=self.requests, method=method, params=parameters)
        for line in self.process.stdout:
            answer = json.loads(line)
            if answer.get("id") == self.requests:
                return answer["result"]
        sys.exit(f"portrun mcp has ended at {method}")

    def call(self, tool, **arguments):
        result = self.ask("tools/call", name=tool, arguments=arguments)
        if result.get("isError"):
            sys.exit(result["content"][0]["text"])
        return result["structuredContent"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def command(*words):
    return ["portrun", "--", "python3", *words]


def start(checkout, portrun):
    """Starts the checkout's server, and says what was booked for it before."""
    status = portrun.call("status")
    booked = [f"{booking['service']} {booking['port']}" for booking in status["bookings"]]
    print(f"{status['label']} has {', '.join(booked) or 'nothing'}", flush=True)
    return subprocess.Popen(command("server.py"), cwd=checkout)


def listening(checkout, portrun, server):
    """The booking on which the checkout's own server listens; another program may have been there before it."""
    while server.poll() is None:
        found = portrun.call("wait", services=["web"], timeout=30)
        if found["missing"]:
            sys.exit(f"nothing listens in {checkout}: {found}")
        for booking in portrun.call("status", services=["web"])["bookings"]:
            if booking["state"] == "live" and booking["port"] == found["bookings"][0]["port"]:
                return booking
        time.sleep(0.1)
    sys.exit(f"the server in {checkout} has ended")


def test(checkout, portrun, server):
    """Waits for the checkout's server, and runs the test against it."""
    booking = listening(checkout, portrun, server)
    outcome = subprocess.run(command("test.py", "{url:web}"), cwd=checkout, capture_output=True, text=True)
    print(f"{booking['label']}: web on {booking['port']}, {outcome.stdout}{outcome.stderr}", flush=True)
    return outcome.returncode == 0


def main(checkouts):
    portruns = [Portrun(checkout) for checkout in checkouts]
    servers = []
    try:
        for checkout, portrun in zip(checkouts, portruns):
            servers.append(start(checkout, portrun))
        passed = [test(*one) for one in zip(checkouts, portruns, servers)]
    finally:
        for server in servers:
            server.terminate()
            server.wait()
        for portrun in portruns:
            portrun.close()
    return 0 if all(passed) else 1


sys.exit(main(sys.argv[1:]))
