"""Runs real programs that have a port in their source or on their command line, translated, beside somebody else who has
that port: `real_programs.py TRANSLATED DECLARED BOOKED`.

A server has to listen on the booked port, and a client has to reach whoever listens there. Ends with 0 if all did it. A
program that is not installed counts as one that did not, unless OPTIONAL=1 is in the environment.
"""

import glob
import http.server
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

LAUNCHER, D, B = sys.argv[1], sys.argv[2], sys.argv[3]
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
# Where Debian keeps servers.
os.environ["PATH"] += "".join(":" + path for path in ["/usr/sbin"] + glob.glob("/usr/lib/postgresql/*/bin"))
# With what scripts/servers.sh has installed, where that is.
PYTHON = next(filter(os.path.exists, [os.path.normpath(ROOT + "/.build/servers/bin/python3"), sys.executable]))
IS_OPTIONAL = os.environ.get("OPTIONAL") == "1"
PATIENCE = 20
FOLDER = tempfile.mkdtemp()
os.chmod(FOLDER, 0o755)
FAILED = []


def write(name, text):
    path = os.path.join(FOLDER, name)
    with open(path, "w") as file:
        file.write(text.replace("$D", D))
    os.chmod(path, 0o644)
    return path


def has(*names):
    return all(shutil.which(name) for name in names)


def imports(*names):
    return subprocess.run([PYTHON, "-c", "import " + ", ".join(names)], stderr=subprocess.DEVNULL).returncode == 0


def tell(kind, name, result):
    print(f"{kind:8} {name:34} {result}", flush=True)
    if result != "follows" and not (IS_OPTIONAL and result == "not installed"):
        FAILED.append(name)


# Says who it is, over HTTP, and in the first bytes to those who send nothing.
class Teller(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.server.who)))
        self.end_headers()
        self.wfile.write(self.server.who)

    def log_message(self, *_):
        pass


def tellers(port, who):
    found = []
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        made = type("Server", (http.server.ThreadingHTTPServer,), {"address_family": family})
        server = made((address, int(port)), Teller)
        server.who = who
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found.append(server)
    return found


def is_listening(port):
    for table in ("tcp", "tcp6"):
        for line in open(f"/proc/net/{table}").readlines()[1:]:
            words = line.split()
            if words[3] == "0A" and int(words[1].rsplit(":", 1)[1], 16) == int(port):
                return True
    return False


def wait_for(condition, patience=PATIENCE):
    deadline = time.monotonic() + patience
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)


def end(program):
    try:
        os.killpg(program.pid, signal.SIGTERM)
    except ProcessLookupError:
        pass
    try:
        program.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def launch(command, translated=True, **options):
    words = [LAUNCHER, f"{D}={B}", "--"] if translated else []
    return subprocess.Popen(
        words + command, cwd=FOLDER, start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, **options)


def serve(name, command, needed=True, before=None):
    if not needed:
        return tell("server", name, "not installed")
    if before:
        before()
    program = launch(command)
    wait_for(lambda: is_listening(B) or program.poll() is not None)
    follows = is_listening(B)
    end(program)
    if follows:
        wait_for(lambda: not is_listening(B))
        return tell("server", name, "follows")
    tell("server", name, "no: " + program.stdout.read().decode(errors="replace")[-300:].strip())


def ask(name, command, needed=True, wanted=b"own"):
    if not needed:
        return tell("client", name, "not installed")
    program = launch(command)
    try:
        said = program.communicate(timeout=PATIENCE)[0]
    except subprocess.TimeoutExpired:
        end(program)
        said = b"nothing in time"
    tell("client", name, "follows" if wanted in said else "no: " + said.decode(errors="replace")[-300:].strip())


NODE = has("node")
write("http.js", "require('http').createServer((q, a) => a.end('own')).listen($D)")
write("worker.js", """
const { Worker, isMainThread } = require('worker_threads');
if (isMainThread) new Worker(__filename); else require('http').createServer((q, a) => a.end('own')).listen($D, '127.0.0.1');
""")
write("aio.py", """
import asyncio
async def main():
    server = await asyncio.start_server(lambda r, w: w.close(), 'localhost', $D)
    await server.serve_forever()
asyncio.run(main())
""")
write("wsgi.py", "def app(environ, start):\n    start('200 OK', [])\n    return [b'own']\n")
write("asgi.py", """
async def app(scope, receive, send):
    if scope['type'] == 'http':
        await send({'type': 'http.response.start', 'status': 200, 'headers': []})
        await send({'type': 'http.response.body', 'body': b'own'})
""")
write("hello.py", "import flask\napp = flask.Flask('x')\napp.run(port=$D)\n")
write("django_site.py", """
import sys
from django.conf import settings
from django.core.management import execute_from_command_line
settings.configure(DEBUG=True, ROOT_URLCONF="__main__", ALLOWED_HOSTS=["*"], SECRET_KEY="x")
urlpatterns = []
execute_from_command_line(["x", "runserver", "--noreload", "$D"])
""")
write("server.rb", "require 'socket'\ns = TCPServer.new('127.0.0.1', $D)\nloop { s.accept.close }\n")
write("Server.java", """
public class Server {
    public static void main(String[] words) throws Exception {
        try (var server = new java.net.ServerSocket($D)) { while (true) server.accept().close(); }
    }
}
""")
write("Client.java", """
public class Client {
    public static void main(String[] words) throws Exception {
        System.out.println(new String(new java.net.URL("http://localhost:$D/").openStream().readAllBytes()));
    }
}
""")
write("server.go", """package main

import "net/http"

func main() {
	panic(http.ListenAndServe(":$D", http.NotFoundHandler()))
}
""")
write("client.go", """package main

import (
	"fmt"
	"io"
	"net/http"
)

func main() {
	answer, err := http.Get("http://localhost:$D/")
	if err != nil {
		panic(err)
	}
	text, _ := io.ReadAll(answer.Body)
	fmt.Println(string(text))
}
""")
write("server.c", """
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
int main(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons($D)};
    int server = socket(AF_INET, SOCK_STREAM, 0);
    // As other servers do: somebody may look at this moment whether the port is free, by binding it.
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 5)) return perror("server"), 1;
    pause();
}
""")
write("nginx.conf", f"""
daemon off; worker_processes 2; pid {FOLDER}/nginx.pid; error_log {FOLDER}/nginx.log;
events {{ }}
http {{ access_log off; client_body_temp_path {FOLDER}/body; proxy_temp_path {FOLDER}/proxy; fastcgi_temp_path {FOLDER}/f;
uwsgi_temp_path {FOLDER}/u; scgi_temp_path {FOLDER}/s; server {{ listen {D} reuseport; return 200 own; }} }}
""")


def build(words):
    return subprocess.run(
        words, cwd=FOLDER, env=dict(os.environ, CGO_ENABLED="0", GOCACHE=FOLDER + "/go", GOFLAGS="-mod=mod", GO111MODULE="off"),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


GO = has("go") and build(["go", "build", "-o", "goserver", "server.go"]) and build(["go", "build", "-o", "goclient", "client.go"])
STATIC = has("gcc") and build(["gcc", "-static", "-o", "static", "server.c"])
JAVA = has("javac") and build(["javac", "Server.java", "Client.java"])
POSTGRES = shutil.which("postgres") and shutil.which("initdb") and shutil.which("psql")


def as_postgres(words):
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] + words if os.getuid() == 0 else words


def make_cluster():
    if os.getuid() == 0:
        shutil.chown(FOLDER, "postgres")
    subprocess.run(
        as_postgres(["initdb", "-D", FOLDER + "/data", "-U", "own", "-A", "trust"]), cwd=FOLDER,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


others = tellers(D, b"other")
serve("node http", ["node", "http.js"], NODE)
serve("node worker", ["node", "worker.js"], NODE)
serve("node --inspect", ["node", f"--inspect={D}", "-e", "setInterval(() => {}, 1e6)"], NODE)
serve("python http.server", [sys.executable, "-m", "http.server", D])
serve("python asyncio", [sys.executable, "aio.py"])
serve("flask", [PYTHON, "hello.py"], imports("flask"))
serve("gunicorn -w 2", ["gunicorn", "-w", "2", "-b", f"127.0.0.1:{D}", "wsgi:app"], has("gunicorn"))
serve("uvicorn", [PYTHON, "-m", "uvicorn", "--port", D, "asgi:app"], imports("uvicorn"))
serve("django", [PYTHON, "django_site.py"], imports("django"))
serve("ruby TCPServer", ["ruby", "server.rb"], has("ruby"))
serve("php -S", ["php", "-S", f"localhost:{D}"], has("php"))
serve("java ServerSocket", ["java", "-cp", FOLDER, "Server"], JAVA)
serve("go, static", ["./goserver"], GO)
serve("C, static", ["./static"], STATIC)
serve("nginx reuseport", ["nginx", "-p", FOLDER, "-c", FOLDER + "/nginx.conf"], has("nginx"))
serve("redis-server", ["redis-server", "--port", D, "--save", ""], has("redis-server"))
serve(
    "postgres", as_postgres(["postgres", "-D", FOLDER + "/data", "-p", D, "-k", FOLDER]), bool(POSTGRES), make_cluster)
if POSTGRES:
    database = launch(as_postgres(["postgres", "-D", FOLDER + "/data", "-p", B, "-k", FOLDER]), translated=False)
    wait_for(lambda: is_listening(B))
    ready = ["psql", "-h", "localhost", "-p", B, "-U", "own", "-c", "select 1", "postgres"]
    wait_for(lambda: subprocess.run(ready, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0)
    ask("psql", ["psql", "-h", "localhost", "-p", D, "-U", "own", "-c", "select 'own'", "postgres"])
    ask(
        "psycopg", [PYTHON, "-c", f"import psycopg; print(psycopg.connect('host=localhost port={D} user=own "
                    "dbname=postgres').execute(\"select 'own'\").fetchone())"], imports("psycopg"))
    end(database)
    wait_for(lambda: not is_listening(B))
if has("redis-server"):
    cache = launch(["redis-server", "--port", B, "--save", ""], translated=False)
    wait_for(lambda: is_listening(B))
    ask("redis-cli", ["redis-cli", "-p", D, "ping"], has("redis-cli"), b"PONG")
    end(cache)
    wait_for(lambda: not is_listening(B))
own = tellers(B, b"own")
URL = f"http://localhost:{D}/"
ask("curl", ["curl", "-s", URL], has("curl"))
ask("wget", ["wget", "-qO-", URL], has("wget"))
ask("bash /dev/tcp", ["bash", "-c", f"exec 3<>/dev/tcp/localhost/{D}; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3"])
ask("nc", ["sh", "-c", f"printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -q 2 localhost {D}"], has("nc"))
ask("node http", ["node", "-e", f"require('http').get('{URL}', a => a.pipe(process.stdout))"], NODE)
ask("node fetch", ["node", "-e", f"fetch('{URL}').then(a => a.text()).then(console.log)"], NODE)
ask("python urllib", [sys.executable, "-c", f"import urllib.request as u; print(u.urlopen('{URL}').read())"])
ask("python asyncio", [sys.executable, "-c", f"""
import asyncio
async def main():
    reader, writer = await asyncio.open_connection('localhost', {D})
    writer.write(b'GET / HTTP/1.0\\r\\n\\r\\n')
    print(await reader.read())
asyncio.run(main())
"""])
ask("ruby net/http", ["ruby", "-rnet/http", "-e", f"print Net::HTTP.get(URI('{URL}'))"], has("ruby"))
ask("php", ["php", "-r", f"echo file_get_contents('{URL}');"], has("php"))
ask("java", ["java", "-cp", FOLDER, "Client"], JAVA)
ask("go, static", ["./goclient"], GO)
shutil.rmtree(FOLDER, ignore_errors=True)
print("kernel", os.uname().release, "as", "root" if os.getuid() == 0 else "an ordinary user")
sys.exit(1 if FAILED else 0)
