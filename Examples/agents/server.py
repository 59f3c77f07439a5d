"""A board of one page: says which checkout serves it."""

import http.server
import os
import pathlib

port = int(os.environ.get("PORT", "8143"))
checkout = pathlib.Path.cwd().name


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(checkout.encode())

    def log_message(self, *arguments):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", port), Page).serve_forever()
