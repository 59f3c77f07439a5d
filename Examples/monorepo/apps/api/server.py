"""The API: answers with its name."""

import http.server
import os

port = int(os.environ["PORT"])


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"api on {port}\n".encode())

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Answer)
print(f"api is at http://127.0.0.1:{port}/", flush=True)
server.serve_forever()
