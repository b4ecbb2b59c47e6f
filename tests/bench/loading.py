"""How many requests a second a server answers: connections kept alive, one request each at a time.

Plain sockets and a length known beforehand, so that the server is what takes the time.
"""

import selectors
import socket
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace

CONNECTIONS = 16
PATIENCE_SECONDS = 300


@dataclass(slots=True)
class _Line:
    """One connection, and how much of its present answer has come."""

    socket: socket.socket
    came: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """One request, to be asked over and over."""

    port: int
    path: str
    etag: str = ""

    def having(self, etag: str) -> "Load":
        """The same request from somebody who has these bytes already."""
        return replace(self, etag=etag)

    def content(self) -> bytes:
        """What one answer holds."""
        with self._connected() as line:
            return _answer(line, self._request())[1]

    def wait(self) -> None:
        """Return when the server answers.

        Raises:
            TimeoutError: it does not.
        """
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            with suppress(OSError):
                self.content()
                return
            time.sleep(0.1)
        raise TimeoutError(f"nobody answers on port {self.port}")

    def per_second(self, *, status: int, seconds: float) -> float:
        """Answers per second over some connections.

        Raises:
            RuntimeError: an answer has another status.
        """
        expected, request = b"HTTP/1.1 %d " % status, self._request()
        with ExitStack() as opened, selectors.DefaultSelector() as selector:
            for _ in range(CONNECTIONS):
                line = opened.enter_context(self._connected())
                length = len(b"".join(_answer(line, request)))
                selector.register(line, selectors.EVENT_READ, _Line(line))
                line.sendall(request)
            answered, started_at = 0, time.perf_counter()
            while (elapsed := time.perf_counter() - started_at) < seconds:
                for key, _ in selector.select():
                    answered += _take(key.data, request, expected, length)
            return answered / elapsed

    def _connected(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port))
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def _request(self) -> bytes:
        known = f"If-None-Match: {self.etag}\r\n" if self.etag else ""
        return f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{known}\r\n".encode()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _answer(line: socket.socket, request: bytes) -> tuple[bytes, bytes]:
    """One answer's head and content; the connection stays open."""
    line.sendall(request)
    came = b""
    while b"\r\n\r\n" not in came:
        came += _some(line)
    head, end, content = came.partition(b"\r\n\r\n")
    length = 0
    for header in head.lower().split(b"\r\n"):
        if header.startswith(b"content-length:") and b" 304 " not in head[:14]:
            length = int(header.partition(b":")[2])
    while len(content) < length:
        content += _some(line)
    return head + end, content


def _take(line: _Line, request: bytes, expected: bytes, length: int) -> int:
    """Take what has come, and ask again after a whole answer: how many that made, 0 or 1."""
    came = _some(line.socket)
    if line.came == 0 and not came.startswith(expected):
        raise RuntimeError(f"expected {expected!r}, came {came[:40]!r}")
    line.came += len(came)
    if line.came < length:
        return 0
    line.came = 0
    line.socket.sendall(request)
    return 1


def _some(line: socket.socket) -> bytes:
    came = line.recv(262_144)
    if not came:
        raise ConnectionError("the server hung up")
    return came
