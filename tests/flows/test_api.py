"""Prefect's REST API: patient with a busy server, plain about an absent one."""

from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from flows.rest.api import PrefectAway, delete, post, prefect_at


class Server(ThreadingHTTPServer):
    """Answers with the codes it is given, in their order, and remembers who asked."""

    def __init__(self, codes: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.codes = codes
        self.logins: list[str | None] = []
        self.lines: list[int] = []

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api"


class Answer(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.logins.append(self.headers["Authorization"])
        self.server.lines.append(self.client_address[1])
        self.send_response(self.server.codes.pop(0))
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_DELETE = do_POST  # noqa: N815

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr("flows.rest.api.PAUSES_SECONDS", (0, 0))
    monkeypatch.delenv("PREFECT_API_AUTH_STRING", raising=False)
    with Server([]) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_a_server_that_is_busy_is_asked_again(server):
    server.codes = [503, 503, 200]
    with prefect_at(server.api) as client:
        assert post(client, "/x", {}) == {}


def test_a_server_that_stays_busy_is_away(server):
    server.codes = [503, 503, 503]
    with pytest.raises(PrefectAway, match="svarskod 503"), prefect_at(server.api) as client:
        post(client, "/x", {})


def test_what_somebody_else_has_deleted_is_no_error(server):
    server.codes = [404, 204]
    with prefect_at(server.api) as client:
        assert [delete(client, "/x"), delete(client, "/x")] == [False, True]


def test_the_login_of_a_protected_server_is_sent_and_none_without_one(server, monkeypatch):
    server.codes = [200, 200]
    with prefect_at(server.api) as client:
        post(client, "/x", {})
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "agenda:hemligt:ord")
    with prefect_at(server.api) as client:
        post(client, "/x", {})
    login = b64encode(b"agenda:hemligt:ord").decode()
    assert server.logins == [None, f"Basic {login}"]


def test_no_request_depends_on_a_line_that_the_server_may_be_about_to_close(server):
    server.codes = [200, 200, 200]
    with prefect_at(server.api) as client:
        post(client, "/x", {})
        post(client, "/x", {})
        delete(client, "/x")
    assert len(set(server.lines)) == 3
