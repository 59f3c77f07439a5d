"""A shop of one page: says which branch serves it, where, and which database it would use."""

import http.server
import os
import subprocess

port = int(os.environ.get("PORT", "3000"))
database = os.environ.get("POSTGRES_PORT", "5432")
branch = subprocess.check_output(["git", "branch", "--show-current"], text=True).strip()


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{branch}: web on {port}, postgres on {database}\n".encode())

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Page)
print(f"{branch} is at http://127.0.0.1:{port}/", flush=True)
server.serve_forever()
