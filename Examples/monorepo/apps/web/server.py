"""The web app: answers with its name and with what the API says, which it finds by its variable."""

import http.server
import os
import urllib.request

port = int(os.environ["PORT"])
api = f"http://127.0.0.1:{os.environ['APPS_API_PORT']}/"
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        reply = opener.open(api, timeout=10).read()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"web on {port} asks the ".encode() + reply)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Answer)
print(f"web is at http://127.0.0.1:{port}/", flush=True)
server.serve_forever()
