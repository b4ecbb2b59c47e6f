"""Somebody connects and does not say what they want: the portal does not wait for ever."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from agenda.settings import Settings
from portal.patience import HEAD_SECONDS, PatientConnection
from portal.protection import BodyLimit
from portal.up.parts import parts

LIMIT_SECONDS = 10
"""The test's own patience."""


class Hasty(PatientConnection):
    head_seconds = 0.2


async def application(scope, receive, send) -> None:
    request = Request(scope, receive)
    said = await request.body()
    await PlainTextResponse(f"heard {len(said)}")(scope, receive, send)


@contextmanager
def serving(**options: object) -> Iterator[int]:
    """uvicorn with such connections, in a thread; yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(application, lifespan="off", log_level="critical", **options)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(LIMIT_SECONDS)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(http=Hasty) as found:
        yield found


def hung_up(port: int, said: bytes) -> bytes:
    """What one gets who says this and waits until the other end closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT_SECONDS) as line:
        line.sendall(said)
        got = b""
        while piece := line.recv(4096):
            got += piece
        return got


@pytest.mark.parametrize(
    "said", [b"", b"G", b"GET / HTTP/1.1\r\nHost: a\r\n", b"GET / HTTP/1.1\r\nX: "]
)
def test_who_never_finishes_a_request_is_hung_up_on(port: int, said: bytes) -> None:
    assert hung_up(port, said) == b""


def test_a_letter_now_and_then_does_not_prolong_the_wait(port: int) -> None:
    head = b"GET / HTTP/1.1\r\n" + b"X" * 10_000
    with socket.create_connection(("127.0.0.1", port), timeout=0.05) as line:
        for said in head:
            with suppress(TimeoutError):
                assert line.recv(1) == b""
                return
            with suppress(ConnectionError):
                line.sendall(bytes([said]))
    raise AssertionError("it was listened to until the end")


def test_who_has_had_an_answer_is_hung_up_on_too(port: int) -> None:
    asked = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    assert hung_up(port, asked).endswith(b"heard 0")
    assert hung_up(port, asked + b"GET / HT").count(b"HTTP/1.1 200 OK") == 1
    assert hung_up(port, asked * 3).count(b"HTTP/1.1 200 OK") == 3


def test_a_body_may_take_longer_than_a_head(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=2 * Hasty.head_seconds) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n")
        with pytest.raises(TimeoutError):
            line.recv(1)
        line.sendall(b"body")
        line.settimeout(LIMIT_SECONDS)
        assert b"200 OK" in line.recv(4096)


def test_many_at_once_who_say_nothing_shut_nobody_out(port: int) -> None:
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
    try:
        for line in silent:
            line.sendall(b"GET / HT")
        answer = httpx.get(f"http://127.0.0.1:{port}", trust_env=False)
        assert (answer.status_code, answer.text) == (200, "heard 0")
        for line in silent:
            line.settimeout(LIMIT_SECONDS)
            assert line.recv(1) == b""
    finally:
        for line in silent:
            line.close()


def test_a_head_without_end_is_refused(port: int) -> None:
    said = b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT_SECONDS) as line:
        with suppress(ConnectionError):
            line.sendall(said)
        assert line.recv(4096).startswith(b"HTTP/1.1 400 ")


def test_the_portal_is_started_with_such_connections_and_without_websockets(
    settings: Settings,
) -> None:
    [command] = [part.command for part in parts(settings) if part.key == "portal"]
    assert command[command.index("--http") + 1] == "portal.patience:PatientConnection"
    assert command[command.index("--ws") + 1] == "none"
    config = uvicorn.Config(application, http="portal.patience:PatientConnection", ws="none")
    config.load()
    assert config.http_protocol_class is PatientConnection
    assert PatientConnection.head_seconds == HEAD_SECONDS == 20


def test_a_body_that_is_too_large_and_never_comes_is_not_waited_for() -> None:
    told: list[dict] = []

    async def never() -> dict:
        await asyncio.Event().wait()
        return {}

    async def send(message: dict) -> None:
        told.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b""}
    scope["headers"] = [(b"content-length", b"200")]
    limit = BodyLimit(
        application,
        refuse=lambda _: PlainTextResponse("too large", status_code=413),
        most=100,
        seconds=0.01,
    )
    asyncio.run(asyncio.wait_for(limit(scope, never, send), LIMIT_SECONDS))
    assert told[0]["status"] == 413
