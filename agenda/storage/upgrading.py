"""Bring the database up to date before anything uses it, with a copy taken first."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Engine

from agenda.clock import utc_now
from agenda.storage.backup import back_up, can_back_up, copy_name, free_name
from agenda.storage.faults import shown
from agenda.storage.schema import held_version, known_versions, migrate
from agenda.storage.store import BadDatabase, open_engine, sqlite_file
from agenda.words.errors import BadInput


def upgrade(engine_url: str, *, backups: Path, now: datetime | None = None) -> str | None:
    """Make or upgrade the tables of a database.

    A database that is behind is copied first, to a file in `backups` that is named with its
    version and the instant. On PostgreSQL that takes `pg_dump`; where it is not installed
    the upgrade is made without a copy, and the sentence says so: it happens in one
    transaction, and whoever runs a PostgreSQL has backups of their own.

    Args:
        engine_url: The database's URL.
        backups: The folder for the copy; made when needed.
        now: The present instant, UTC; asked of the clock when not given.

    Returns:
        A sentence about what was done to an existing database, or None.

    Raises:
        BadDatabase: it cannot be reached, is not ours, or is newer than this program;
            nothing was changed.
        BadInput: the copy cannot be written; nothing was changed.
    """
    engine = open_engine(engine_url)
    try:
        held = held_version(engine)
        newest = known_versions()[-1]
        if held == newest:
            return None
        copied = _copied(engine, held, backups, now or utc_now()) if held else None
        migrate(engine)
    finally:
        engine.dispose()
    if held is None:
        return None
    where = (
        f"en kopia av den gamla ligger i {copied}"
        if copied
        else "utan kopia, eftersom pg_dump inte är installerat"
    )
    return f"Databasen är uppgraderad från version {held} till {newest}; {where}."


def _copied(engine: Engine, held: str, backups: Path, now: datetime) -> Path | None:
    if not can_back_up(engine):
        return None
    backups.mkdir(parents=True, exist_ok=True, mode=0o700)
    while True:
        copied = free_name(backups / copy_name(engine, version=held, now=now))
        try:
            back_up(engine, copied)
        except BadInput:
            if not copied.exists():
                raise
            # Another upgrade took the name in the same instant.
        else:
            return copied


def is_current(engine: Engine) -> bool:
    """Whether the database's tables are the ones that this program works with.

    Raises:
        BadDatabase: it cannot be reached, is not ours, or is newer than this program.
    """
    return held_version(engine) == known_versions()[-1]


def refuse_missing(address: URL) -> None:
    """Stop where there is no database yet, before opening one has made its folder.

    Raises:
        BadDatabase: the sentence says how to come on.
    """
    file = sqlite_file(address)
    if file is not None and not file.exists():
        raise BadDatabase(f"Det finns ingen databas än ({file}). Starta programmet med: agenda up")


def refuse_unless_current(engine: Engine) -> None:
    """Stop a command that needs the tables where they are missing or old.

    Makes no file where there is none.

    Raises:
        BadDatabase: the sentence says how to come on.
    """
    refuse_missing(engine.url)
    if not is_current(engine):
        raise BadDatabase(
            f"Databasen {shown(engine.url)} är inte uppgraderad till den här versionen av "
            "programmet. Starta programmet med: agenda up"
        )
