"""The edge's HTTP responder on port 3128: /index.html?=N answers N bytes, /carp.json the LB's role.

Usage: responder.py EDGE_FOLDER
"""

import http.server
import json
import pathlib
import re
import socketserver
import sys

FOLDER = pathlib.Path(sys.argv[1])
MOST_BYTES = 1_000_000


class Responder(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5

    def do_GET(self):
        sized = re.fullmatch(r"/index\.html(?:\?=(\d{1,7}))?", self.path)
        if sized:
            self.answer(200, "text/html", b"x" * min(int(sized[1] or 100), MOST_BYTES))
        elif self.path == "/carp.json":
            role = (FOLDER / "role").read_text().strip()
            self.answer(200, "application/json", json.dumps({"role": role.upper()}).encode())
        else:
            self.answer(404, "text/plain", b"not found\n")

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def server_bind(self):
        # HTTPServer's own asks DNS for the host's name, and nobody answers DNS here.
        socketserver.TCPServer.server_bind(self)

    def handle_error(self, request, client_address):
        # A user who hangs up, or whose connection the LB has given to another edge, is no error of ours.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


Server(("0.0.0.0", 3128), Responder).serve_forever()
