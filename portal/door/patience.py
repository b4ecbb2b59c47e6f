"""How long the portal waits for somebody who has connected and does not say what they want.

uvicorn waits for ever for the head of a request: whoever opens connections and sends a letter
a minute ("slow loris") could hold all that the machine has. A body has a limit of its own,
in `portal.door.posting`.
"""

import asyncio
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0
LARGEST_HEAD = 64 * 1024
"""Octets of a request's first line and headers."""


class StrictSpeech(h11.Connection):
    """What is said on a connection, refused where two programs could read it in two ways.

    h11 counts only a head that has not ended yet, so that one of any size passes if it comes in
    one piece; and of a request that states two lengths it believes one, while the proxy before
    the portal may believe the other and see another request begin (RFC 9112, 6.3 and 11.2).
    """

    refused_with = HTTPStatus.BAD_REQUEST

    def next_event(self) -> Any:
        """What came next.

        Raises:
            h11.RemoteProtocolError: it is refused; `refused_with` says how.
        """
        is_head = self.their_state is h11.IDLE
        waiting = len(self.trailing_data[0]) if is_head else 0
        try:
            event = super().next_event()
            if is_head and isinstance(event, h11.Request):
                _refuse_odd(event, octets=waiting - len(self.trailing_data[0]))
        except h11.RemoteProtocolError as error:
            self.refused_with = HTTPStatus(error.error_status_hint)
            raise
        return event


def _refuse_odd(request: h11.Request, *, octets: int) -> None:
    names = [name for name, _ in request.headers]
    if octets > LARGEST_HEAD:
        too_large = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        raise h11.RemoteProtocolError("head too large", error_status_hint=too_large)
    if b"content-length" in names and b"transfer-encoding" in names:
        raise h11.RemoteProtocolError("two lengths")


class PatientConnection(H11Protocol):
    """A connection that is closed when the head of a request does not come in time.

    `agenda up` names it to uvicorn (`--http portal.door.patience:PatientConnection`).
    """

    conn: StrictSpeech
    head_seconds = HEAD_SECONDS
    _due: asyncio.TimerHandle | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.conn = StrictSpeech(h11.SERVER, LARGEST_HEAD)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has come."""
        super().connection_made(transport)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        super().connection_lost(exc)
        self._unwatch()

    def handle_events(self) -> None:
        """They have said something, perhaps all of it."""
        super().handle_events()
        self._watch()

    def send_400_response(self, msg: str) -> None:
        """Say how it was refused, and hang up: what else has come cannot be told apart."""
        status = self.conn.refused_with
        headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
        said = h11.Response(status_code=status, headers=headers, reason=status.phrase.encode())
        for part in (said, h11.Data(data=msg.encode("ascii")), h11.EndOfMessage()):
            self.transport.write(self.conn.send(part) or b"")
        self.transport.close()

    def on_response_complete(self) -> None:
        """They have their answer, and may ask again."""
        super().on_response_complete()
        self._watch()

    def _watch(self) -> None:
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if is_answering or self.transport.is_closing():
            self._unwatch()
        elif self._due is None:
            # Not begun anew by each letter that comes.
            self._due = self.loop.call_later(self.head_seconds, self.transport.close)

    def _unwatch(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
