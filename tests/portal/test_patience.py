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

from agenda.installation.settings import Settings
from portal.door.patience import HEAD_SECONDS, LARGEST_HEAD, PatientConnection
from portal.door.protection import BodyLimit
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


def heard_until_closed(line: socket.socket) -> bytes:
    """What one gets until the other end closes; it resets the line where something was unread."""
    got = b""
    with suppress(ConnectionError):
        while piece := line.recv(4096):
            got += piece
    return got


def hung_up(port: int, said: bytes) -> bytes:
    """What one gets who says this and waits until the other end closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT_SECONDS) as line:
        line.sendall(said)
        return heard_until_closed(line)


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
                assert heard_until_closed(line) == b""
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
            assert heard_until_closed(line) == b""
    finally:
        for line in silent:
            line.close()


@pytest.mark.parametrize(
    "said",
    [
        # Without end, and whole in one piece: in one header, in many, in the address.
        b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000,
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * LARGEST_HEAD + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 12_000 + b"\r\n",
        b"GET /" + b"y" * LARGEST_HEAD + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
@pytest.mark.parametrize("before", [b"", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"])
def test_a_head_that_is_too_large_is_refused_however_it_comes(
    port: int, said: bytes, before: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT_SECONDS) as line:
        with suppress(ConnectionError):
            line.sendall(before + said)
        got = heard_until_closed(line)
    assert b"HTTP/1.1 431 Request Header Fields Too Large" in got
    assert got.count(b"HTTP/1.1 200") == bool(before)


def test_a_head_just_below_the_limit_is_heard(port: int) -> None:
    head = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: "
    said = head + b"y" * (LARGEST_HEAD - len(head) - 4) + b"\r\n\r\n"
    assert hung_up(port, said).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"transfer-encoding: chunked\r\ncontent-length: 0\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    ],
)
def test_a_request_that_states_two_lengths_is_refused(port: int, lengths: bytes) -> None:
    said = b"POST / HTTP/1.1\r\nHost: a\r\n" + lengths + b"\r\n0\r\n\r\nGET / HTTP/1.1\r\n"
    got = hung_up(port, said)
    assert got.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 501 "))
    assert got.count(b"HTTP/1.1") == 1


def test_the_portal_is_started_with_such_connections_and_without_websockets(
    settings: Settings,
) -> None:
    [command] = [part.command for part in parts(settings) if part.key == "portal"]
    assert command[command.index("--http") + 1] == "portal.door.patience:PatientConnection"
    assert command[command.index("--ws") + 1] == "none"
    config = uvicorn.Config(application, http="portal.door.patience:PatientConnection", ws="none")
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
        bound=lambda _: 100,
        seconds=0.01,
    )
    asyncio.run(asyncio.wait_for(limit(scope, never, send), LIMIT_SECONDS))
    assert told[0]["status"] == 413
