"""How long the portal waits for somebody who has connected and does not say what they want.

uvicorn waits for ever for the head of a request: whoever opens connections and sends a letter
a minute ("slow loris") could hold all that the machine has. A body has a limit of its own,
in `portal.reply.posting`.
"""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0


class PatientConnection(H11Protocol):
    """A connection that is closed when the head of a request does not come in time.

    `agenda up` names it to uvicorn (`--http portal.patience:PatientConnection`).
    """

    head_seconds = HEAD_SECONDS
    _due: asyncio.TimerHandle | None = None

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
