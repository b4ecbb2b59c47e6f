"""What a page has promised, done after the page has gone: nobody can tell how long it took."""

import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError

from agenda.storage.faults import is_busy

_LOG = logging.getLogger(__name__)
MOST_TRIES = 20
"""Of an errand, each of which waits for its turn as long as anybody does."""


class Errands:
    """Does what was promised, one thing after the other."""

    def __init__(self) -> None:
        self._turns = ThreadPoolExecutor(max_workers=1, thread_name_prefix="errands")

    def run(self, errand: Callable[[], None]) -> None:
        """Have something done; returns at once, and tells the log when it fails."""

        def done() -> None:
            try:
                _with_patience(errand)
            except Exception:
                _LOG.exception("An errand failed")

        self._turns.submit(done)

    def close(self) -> None:
        """Finish what was promised."""
        self._turns.shutdown(wait=True)


def _with_patience(errand: Callable[[], None]) -> None:
    """Do what was promised, also if others have the turn to write for long: nobody is waiting."""
    for _ in range(MOST_TRIES - 1):
        try:
            return errand()
        except (SQLAlchemyError, sqlite3.Error) as error:
            if not is_busy(error):
                raise
    return errand()


def errands(request: Request) -> Errands:
    """Who does what the pages of this application promise."""
    found: Errands = request.app.state.errands
    return found
