"""Random requests to the doors of a daemon, for daemon-load.py."""

import collections
import http.client
import json
from urllib.parse import quote

WORDS = [
    "", "a", "web", "db", "shop/main", "machine", "/tmp", "/", "/nope", "..", "../../etc/passwd", "%00", "\0", "\n", "\r\nX: y", '"', "'",
    "<script>", "\u202e", "\u2028", "é", "e\u0301", "😀", "\ud83d", "a" * 255, "a" * 256, "a" * 5000, "-1", "1e3", "65536", "true", "null",
    "3000-3100", "1-65535", "tcp", "[]", "*", "%",
]
NUMBERS = [
    0, 1, -1, 80, 3000, 65535, 65536, 2**31, 2**63 - 1, 2**63, -(2**63), 2**70, 1.5, 1e300, 3000.0, 30]
FIELDS = [
    "Origin: null", "Sec-Fetch-Site: cross-site", "Connection: close", "X: " + "a" * 20000, "Range: bytes=0-1", "Accept-Encoding: gzip",
    "Expect: 100-continue", "Transfer-Encoding: gzip, chunked",
]
OTHERS = {
    "port-registry": [
        ("POST", "/v1/allocations"), ("GET", "/v1/allocations?app={}&instance={}"), ("DELETE", "/v1/allocations"),
        ("DELETE", "/v1/allocations/{}"), ("GET", "/v1/ports/{}")],
    "portmanager": [("POST", "/alloc"), ("POST", "/release"), ("POST", "/heartbeat"), ("GET", "/list"), ("GET", "/lookup?service={}")],
    "dashboard": [("GET", "/"), ("GET", "/?token={}"), ("GET", "/release/{}"), ("GET", "/assets/{}"), ("POST", "/release/1")],
}
KEYS = ["app", "instance", "service", "port", "service_name", "ttl_seconds", "tags"]


class Fuzz:
    """Asks, and notes what may not be answered."""

    def __init__(self, daemon, chance):
        self.daemon, self.chance = daemon, chance
        self.counts, self.failures, self.open = collections.Counter(), [], {}
        paths = json.loads(daemon.ask("GET", "/api/v1/openapi.json"))["paths"]
        # The event stream does not end.
        self.operations = [
            (method.upper(), path, operation) for path, operations in paths.items() for method, operation in operations.items()
            if not path.endswith("/events")]

    def summary(self):
        return ", ".join(f"{count} × {status}" for status, count in sorted(self.counts.items(), key=str))

    def ask(self):
        chance = self.chance
        door = chance.choices(["api", "port-registry", "portmanager", "dashboard"], [60, 18, 14, 8])[0]
        method, path, body = self.operation() if door == "api" else self.other(door)
        if chance.random() < 0.03:
            method = chance.choice(["HEAD", "OPTIONS", "PATCH", "PUT", "DELETE"])
        if chance.random() < 0.12:
            body = self.broken(body)
        port = self.daemon.ports[door]
        fields = [f"Host: 127.0.0.1:{port}", f"Content-Length: {len(body)}"]
        if chance.random() < 0.97:
            fields.append("Content-Type: application/json")
        if chance.random() < 0.03:
            fields.append(chance.choice(FIELDS))
        request = f"{method} {path} HTTP/1.1\r\n{chr(10).join(f + chr(13) for f in fields)}\n\r\n".encode() + body
        # A broken one may rightly wait for more, or be closed.
        is_broken = chance.random() < 0.08
        status = self.answer(port, method, self.broken(request) if is_broken else request, is_broken)
        self.counts[status or "no answer"] += 1
        if status // 100 == 5 and status != 501 or not status and not is_broken:
            self.failures.append(f"{status}: {request[:300]!r}")

    def answer(self, port, method, request, is_broken):
        """The status; 0 for none."""
        connection = None if is_broken else self.open.pop(port, None)
        for attempt in range(2):
            client = connection or self.daemon.connect(port)
            connection = None
            client.settimeout(0.2 if is_broken else 20)
            try:
                client.sendall(request)
                answer = http.client.HTTPResponse(client, method=method)
                answer.begin()
                answer.read()
            except (OSError, http.client.HTTPException):
                client.close()
                # The server may have closed a kept one a moment before.
                if is_broken or attempt:
                    return 0
                continue
            if is_broken or answer.will_close:
                client.close()
            else:
                self.open[port] = client
            return answer.status
        return 0

    def operation(self):
        """Of the API, by its own document."""
        method, path, operation = self.chance.choice(self.operations)
        query = []
        for parameter in operation.get("parameters", []):
            value = quoted(self.value(parameter["schema"]))
            if parameter["in"] == "path":
                path = path.replace("{%s}" % parameter["name"], value or "1")
            elif self.chance.random() < 0.4:
                query.append(f"{parameter['name']}={value}")
        body = b""
        if "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            required = schema.get("required", [])
            body = self.document({
                key: self.value(kind) for key, kind in schema.get("properties", {}).items()
                if self.chance.random() < (0.95 if key in required else 0.3)})
        return method, path + ("?" + "&".join(query) if query else ""), body

    def other(self, door):
        method, path = self.chance.choice(OTHERS[door])
        while "{}" in path:
            path = path.replace("{}", quoted(self.value({})), 1)
        body = {key: self.value({}) for key in KEYS if self.chance.random() < 0.6}
        return method, path, b"" if method == "GET" else self.document(body)

    def value(self, schema):
        chance = self.chance
        kind = schema.get("type")
        kind = chance.choice(kind) if isinstance(kind, list) else kind
        if chance.random() < 0.25:
            kind = None
        if kind == "integer":
            return chance.choice([chance.choice(NUMBERS), chance.randint(1, 20000)])
        if kind == "boolean":
            return chance.random() < 0.5
        if kind == "array":
            return [self.value(schema.get("items", {})) for _ in range(chance.choice([0, 1, 1, 2, 101]))]
        if kind == "string":
            return chance.choice([chance.choice(WORDS), f"f{chance.randint(0, 30)}"])
        return chance.choice([chance.choice(WORDS), chance.choice(NUMBERS), None, True, [], {}, [[]]])

    def document(self, value):
        return json.dumps(value, ensure_ascii=self.chance.random() < 0.5).encode("utf-8", "surrogatepass")

    def broken(self, text):
        text = bytearray(text)
        for _ in range(self.chance.choice([1, 1, 2, 5])):
            place = self.chance.randrange(len(text) + 1)
            deed = self.chance.randrange(4)
            if deed == 0:
                text[place:place + 1] = bytes([self.chance.randrange(256)])
            elif deed == 1:
                text[place:place] = bytes([self.chance.choice(b"\0\n\r \"%/:\\{}[]\xff")]) * self.chance.choice([1, 2, 50])
            elif deed == 2:
                del text[place:place + self.chance.choice([1, 3, 20])]
            else:
                del text[place:]
        return bytes(text)


def quoted(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return quote(text.encode("utf-8", "surrogatepass"), safe="")
