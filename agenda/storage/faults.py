"""What the database says when it cannot be used, in one sentence for a person."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, exc
from sqlalchemy.exc import DBAPIError

from agenda.storage.store import BadDatabase, sqlite_file

_SENTENCES = {
    "SQLITE_NOTADB": "{file} är ingen SQLite-databas. Flytta undan filen, eller läs tillbaka "
    "en säkerhetskopia med: agenda restore FIL",
    "SQLITE_CORRUPT": "{file} är skadad. Läs tillbaka en säkerhetskopia med: agenda restore FIL",
    "SQLITE_CANTOPEN": "{file} går inte att öppna. Kontrollera att mappen finns, att den går "
    "att skriva i och att namnet inte är en mapp.",
    "SQLITE_READONLY": "{file} går inte att skriva i. Ändra rättigheterna till filen och mappen.",
    "SQLITE_BUSY": "{file} används av ett annat program. Vänta tills det är klart, eller "
    "avsluta det, och försök igen.",
    "SQLITE_FULL": "Disken där {file} ligger är full. Frigör plats och försök igen.",
}
_BUSY = ("LockNotAvailable", "DeadlockDetected", "SerializationFailure", "TooManyConnections")
"""What psycopg calls it when others are in the way; TimeoutError is SQLAlchemy's own word."""


_ABOUT_A_COPY = {
    "SQLITE_FULL": "Disken där {file} ska ligga är full. Frigör plats där, eller skriv kopian på "
    "en annan disk. Databasen är orörd.",
    "SQLITE_IOERR": "{file} gick inte att skriva till slutet. Kontrollera att disken där har plats "
    "och är hel, eller skriv kopian på en annan disk. Databasen är orörd.",
    "SQLITE_CANTOPEN": "{file} går inte att skriva. Kontrollera att mappen finns och att den går "
    "att skriva i.",
}


@contextmanager
def said_in_words(address: URL, *, writes: Path | None = None) -> Iterator[None]:
    """Turn what the database's driver raises into a sentence.

    Args:
        address: The database.
        writes: The file that it is copied to: a full disk is that one's, not the database's.

    Raises:
        BadDatabase: instead of the driver's error.
    """
    try:
        yield
    except DBAPIError as error:
        raise BadDatabase(_sentence(address, error.orig, writes)) from error
    except sqlite3.Error as error:
        raise BadDatabase(_sentence(address, error, writes)) from error


def is_out_of_use(error: BaseException) -> bool:
    """Whether an error of the driver says that a database cannot be used, whatever is asked.

    False for what may as well be a fault of the query: that a table is missing, or that
    something is written where `agenda.storage.store.reading` refuses it.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "")
        return name.startswith(tuple(_SENTENCES)) and not name.startswith("SQLITE_READONLY")
    # By its name in PEP 249, as SQLAlchemy does: psycopg is not imported for SQLite's sake.
    return any(kind.__name__ == "OperationalError" for kind in type(cause).__mro__)


def is_busy(error: BaseException) -> bool:
    """Whether others merely had the database for too long: the same will work in a moment."""
    if isinstance(error, exc.TimeoutError):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return any(kind.__name__ in _BUSY for kind in type(cause).__mro__)


def shown(address: URL) -> str:
    """A database's place as people may see it: without a password."""
    return str(sqlite_file(address) or address.render_as_string(hide_password=True))


def _sentence(address: URL, error: BaseException | None, writes: Path | None = None) -> str:
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "")
        for code, sentence in _ABOUT_A_COPY.items() if writes else ():
            if name.startswith(code):
                return sentence.format(file=writes)
        # SQLite refines its codes: SQLITE_READONLY_DIRECTORY is a SQLITE_READONLY.
        for code, sentence in _SENTENCES.items():
            if name.startswith(code):
                return sentence.format(file=shown(address))
        return f"Databasen {shown(address)} går inte att använda: {error}."
    if error is not None and is_busy(error):
        return (
            f"Databasen {shown(address)} används av någon annan just nu. Försök igen om en stund."
        )
    said = str(error).strip().partition("\n")[0].rstrip(".")
    return (
        f"Databasen {shown(address)} går inte att använda: {said}. "
        "Kontrollera att PostgreSQL är igång och att AGENDA_DATABASE_URL stämmer."
    )
