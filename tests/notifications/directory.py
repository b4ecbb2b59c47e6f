"""A directory on loopback that gives access tokens, as Entra does, and can be told to refuse."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Directory:
    """Answers every request with the next thing it was told to, else with a token of its own."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.answers: list[tuple[int, Any]] = []
        self.expires_in = 3600
        self.user = ""
        """Whose tokens they are, for a server that asks."""
        directory = self

        class Desk(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                directory.asked.append({name: one for name, [one] in parse_qs(form).items()})
                status, told = directory.next()
                self._answer(status, told)

            def do_GET(self) -> None:
                given = parse_qs(urlsplit(self.path).query).get("access_token")
                is_ours = given == [directory.token]
                self._answer(200, {"email": directory.user, "active": "yes" if is_ours else "no"})

            def _answer(self, status: int, told: Any) -> None:
                body = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Desk)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/token"

    @property
    def token(self) -> str:
        """The token that it gave last."""
        return f"token-{len(self.asked)}"

    def next(self) -> tuple[int, Any]:
        if self.answers:
            return self.answers.pop(0)
        return 200, {"access_token": self.token, "expires_in": self.expires_in}

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)
