"""The rehearsals that this portal has made or is making: one at a time, a few of them kept.

They are kept in memory: a rehearsal holds what people were to be told, and so leaves no trace on
disk. A portal that is started anew, or another one beside it, makes it again.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, Lock
from typing import NamedTuple

from fastapi import Request

from notifications.replay.answering import Answering
from notifications.replay.rehearsal import Rehearsal

_LOG = logging.getLogger(__name__)
KEPT = 4
"""Rehearsals in all: made, being made, waiting."""


class Rehearsed(NamedTuple):
    """What a rehearsal is of; a changed draft is another."""

    draft_id: int
    version: int
    answering: Answering


@dataclass(slots=True)
class RehearsalRun:
    """A rehearsal on its way, or what became of it."""

    share: float = 0.0
    """How much of the plan's time has passed, 0 to 1."""
    has_begun: bool = False
    has_failed: bool = False
    found: Rehearsal | None = None

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.has_failed or self.found is not None


class TooManyRehearsals(Exception):
    """As many as are kept are still to be made."""


class _PortalCloses(Exception):
    """The portal is about to close, and nobody will see what is rehearsed."""


class Rehearsals:
    """Makes rehearsals, one after the other, and keeps those last made."""

    def __init__(self) -> None:
        self._turns = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rehearsals")
        self._runs: dict[Rehearsed, RehearsalRun] = {}
        self._lock = Lock()
        self._closes = Event()

    def find(self, what: Rehearsed) -> RehearsalRun | None:
        """The rehearsal of a draft as it is, done or not; None if nobody has begun it."""
        with self._lock:
            return self._runs.get(what)

    def begin(
        self, what: Rehearsed, make: Callable[[Callable[[float], None]], Rehearsal]
    ) -> RehearsalRun:
        """Have a rehearsal made, unless it is already; returns at once.

        Args:
            what: What it is of.
            make: Makes it, and tells what it is given how far it has come.

        Raises:
            TooManyRehearsals: there is no room for another.
        """
        with self._lock:
            known = self._runs.get(what)
            if known is not None and not known.has_failed:
                return known
            self._make_room(what)
            run = self._runs[what] = RehearsalRun()
        self._turns.submit(self._make, run, make)
        return run

    def close(self) -> None:
        """Leave off what is being made."""
        self._closes.set()
        self._turns.shutdown(wait=True, cancel_futures=True)

    def _make_room(self, what: Rehearsed) -> None:
        over = [
            one
            for one, run in self._runs.items()
            # Nobody asks any longer for an earlier version of the draft.
            if run.is_over
            and one.draft_id == what.draft_id
            and (one == what or one.version < what.version)
        ]
        for one in over:
            del self._runs[one]
        if len(self._runs) < KEPT:
            return
        oldest = next((one for one, run in self._runs.items() if run.is_over), None)
        if oldest is None:
            raise TooManyRehearsals
        del self._runs[oldest]

    def _make(
        self, run: RehearsalRun, make: Callable[[Callable[[float], None]], Rehearsal]
    ) -> None:
        def progress(share: float) -> None:
            if self._closes.is_set():
                raise _PortalCloses
            run.share = share

        run.has_begun = True
        try:
            run.found = make(progress)
        except _PortalCloses:
            run.has_failed = True
        except Exception:
            run.has_failed = True
            _LOG.exception("A rehearsal failed")


def rehearsals(request: Request) -> Rehearsals:
    """The rehearsals of this application."""
    found: Rehearsals = request.app.state.rehearsals
    return found
