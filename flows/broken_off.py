"""What ended a run or a task before its time, as a state in Swedish instead of an exception.

Prefect would show the exception itself: a database's is a page of SQL.
"""

import logging
from collections.abc import Callable
from functools import wraps
from traceback import format_tb
from typing import Any, ParamSpec

from prefect import State
from prefect.states import Failed
from sqlalchemy.exc import SQLAlchemyError

from agenda.words.errors import AgendaError
from flows.outcome import without_addresses

log = logging.getLogger(__name__)

P = ParamSpec("P")

LATER = "Det som återstår görs av brevbäraren eller nästa körning."


def ending_in_words(work: Callable[P, State[Any]]) -> Callable[P, State[Any]]:
    """Work that ends in a failed state, with a sentence, where it would have raised."""

    @wraps(work)
    def worded(*args: P.args, **named: P.kwargs) -> State[Any]:
        try:
            return work(*args, **named)
        except Exception as error:
            return Failed(name="Avbruten", message=f"{why(error)} {LATER}")

    return worded


def why(error: Exception) -> str:
    """One Swedish sentence about what was raised; where it was stands in the runner's log."""
    # The places alone: what an error says may hold an address, and a log must not.
    log.error("%s at\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
    if isinstance(error, AgendaError):
        return without_addresses([str(error)])
    if isinstance(error, SQLAlchemyError):
        return "Databasen var upptagen eller gick inte att använda."
    return f"Ett fel i programmet ({type(error).__name__}) avbröt arbetet; se var/log/runner.log."
