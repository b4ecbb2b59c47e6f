"""Work that is done again when others only were in its way: a busy moment is no fault."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import exc

TRIES = 5
"""Each waits as long as the database lets a writer wait, so that no pause is needed."""
Done = TypeVar("Done")
_IN_THE_WAY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_SAID_BY_POSTGRES = ("LockNotAvailable", "DeadlockDetected", "SerializationFailure")


def patiently(work: Callable[[], Done], *, tries: int = TRIES) -> Done:
    """Do work that is one transaction, and do it again if it did not get its turn.

    Raises:
        Exception: whatever the work raises that is not for want of a turn, or the last time.
    """
    for _ in range(tries - 1):
        try:
            return work()
        except (exc.DBAPIError, exc.TimeoutError) as error:
            if not is_in_the_way(error):
                raise
    return work()


def is_in_the_way(error: BaseException) -> bool:
    """Whether somebody else was writing, and nothing else is wrong."""
    if isinstance(error, exc.TimeoutError):
        return True
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    if getattr(cause, "sqlite_errorname", "").startswith(_IN_THE_WAY):
        return True
    # By its name, as SQLAlchemy does: psycopg is not imported for SQLite's sake.
    return type(cause).__name__ in _SAID_BY_POSTGRES
