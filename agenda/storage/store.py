"""The product's database: SQLite by default, PostgreSQL by URL.

`transaction()` is the only way to write. Its sessions take turns from their first read on,
on both databases, so what one decided on is still true when it commits. `reading()` sees
one state and refuses to write.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event, exc, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session, create_engine

from agenda.storage.sqlite_file import SqliteFile, keep_a_log
from agenda.storage.turns import Turns
from agenda.words.errors import BadDatabase as BadDatabase
from agenda.words.errors import BadSettings

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for its turn before it gives up."""

SCHEMA = "agenda"
"""The schema of its own that the product has on PostgreSQL, so that it can share a database."""

APPLICATION = "paverkansagenda"
"""The name that the product's connections bear on PostgreSQL."""

# The turn of the writers on PostgreSQL; any number that nobody else uses.
_TURN = 4_210_084_000


def open_engine(url: str) -> Engine:
    """An engine for the product's database; connects on first use.

    SQLite: write-ahead log, foreign keys on, and synchronous=FULL, because an answer that
    was acknowledged must survive a power cut. The folder and the file are made for their
    owner only; the log beside the file gets the file's own rights from SQLite.
    PostgreSQL: times in UTC, and the tables in a schema of their own.

    Raises:
        BadSettings: the URL cannot be read or names another kind of database.
        BadDatabase: the folder cannot be made.
    """
    address = checked_url(url)
    engine = _sqlite(address) if address.get_backend_name() == "sqlite" else _postgres(address)
    engine.update_execution_options(agenda_turn=Turns())
    return engine


def _sqlite(address: URL) -> Engine:
    path = sqlite_file(address)
    if path:
        _make_folder(path.parent)
    engine = create_engine(
        # Without the parameters: an error is shown in Prefect, and they hold addresses.
        address,
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
    )
    if path:
        file = SqliteFile(path)
        event.listen(engine, "do_connect", file.take)
        event.listen(engine, "begin", file.refuse_another)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgres(address: URL) -> Engine:
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"application_name": APPLICATION},
    )
    # First of all listeners: SQLAlchemy's own asks for the schema that this one chooses.
    event.listen(engine, "connect", _set_up_postgres, insert=True)
    event.listen(engine, "begin", _begin_postgres)
    return engine


def checked_url(url: str) -> URL:
    """A database's URL with the driver that is installed.

    Raises:
        BadSettings: it cannot be read or names another kind of database.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise BadSettings(
            "AGENDA_DATABASE_URL går inte att läsa. Skriv den så här: "
            "postgresql://användare:lösenord@server/databas"
        ) from None
    backend = address.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return address.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise BadSettings(
            f"AGENDA_DATABASE_URL pekar på {backend}, men databasen ska vara PostgreSQL "
            "eller SQLite."
        )
    return address


def sqlite_file(address: URL) -> Path | None:
    """The file of a SQLite database; None for one in memory and for PostgreSQL."""
    if address.get_backend_name() != "sqlite" or address.database in {None, "", ":memory:"}:
        return None
    return Path(str(address.database))


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take turns from their first read on."""
    return engine.execution_options(agenda_begins="writing")


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session that writes: committed at the end, rolled back on any error.

    Two at once take turns; the second waits up to BUSY_TIMEOUT_MS. Never open one inside
    another: the inner would wait for the outer.

    Raises:
        sqlalchemy.exc.TimeoutError: others of this process had the turn for so long.
    """
    with (
        _turn(engine),
        Session(writing(engine), expire_on_commit=False, close_resets_only=False) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def trying(engine: Engine) -> Iterator[Session]:
    """A transaction that is taken back at its end: what was done in it was only tried.

    Its rows stay as they were within it, to be looked at after it has ended.

    Raises:
        sqlalchemy.exc.TimeoutError: as `transaction` does.
    """
    with transaction(engine) as session, aside(session):
        yield session


@contextmanager
def aside(session: Session) -> Iterator[None]:
    """A part of a transaction that is taken back at its end; its rows stay as they were in it."""
    with session.begin_nested() as savepoint:
        yield
        session.flush()
        # What is done after it shall not meet rows that have never been.
        session.expunge_all()
        savepoint.rollback()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one consistent state and refuses to change anything.

    Its rows can be used after it has ended.
    """
    read_only = engine.execution_options(agenda_begins="reading")
    with Session(read_only, expire_on_commit=False, close_resets_only=False) as session:
        yield session


def forget_what_is_deleted(engine: Engine) -> None:
    """Let SQLite's log go, which holds what was written until it is written over.

    It stays while somebody reads, and goes with the next one that finds nobody. PostgreSQL
    gives the room of a deleted row back by itself (autovacuum).
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        # Writers wait meanwhile, so it gives up soon.
        for pragma in ("query_only=OFF", "busy_timeout=1000", "wal_checkpoint(TRUNCATE)"):
            connection.cursor().execute(f"PRAGMA {pragma}")
        connection.cursor().execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    finally:
        connection.close()


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """The turn to write among this process's threads, before a connection is asked for.

    SQLite lets those who wait try again at odd moments, so that of many at once one may
    never get in; on PostgreSQL they would keep the connections that readers need.
    """
    turn: Turns = engine.get_execution_options()["agenda_turn"]
    if not turn.enter(within=BUSY_TIMEOUT_MS / 1000):
        raise exc.TimeoutError(f"no turn to write within {BUSY_TIMEOUT_MS} ms")
    try:
        yield
    finally:
        turn.leave()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadDatabase(
            f"Mappen {folder} går inte att skapa ({error.strerror}). "
            "Välj en annan med AGENDA_VAR, eller ändra rättigheterna."
        ) from None


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver must not begin transactions by itself; _begin_sqlite does.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    keep_a_log(connection, patience_ms=BUSY_TIMEOUT_MS)
    for pragma in (
        "synchronous=FULL",
        "foreign_keys=ON",
        # What is deleted is overwritten with zeros, not only let go of.
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    begins = connection.get_execution_options().get("agenda_begins")
    # Set every time, because the connection goes back to a pool that others share.
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if begins == 'reading' else 'OFF'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if begins == "writing" else "BEGIN")


def _set_up_postgres(connection: Any, _record: Any) -> None:
    for setting in (
        "TIME ZONE 'UTC'",
        f"search_path TO {SCHEMA}",
        f"lock_timeout TO {BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"SET {setting}")
    # What is set in a transaction that is rolled back would be forgotten.
    connection.commit()


def _begin_postgres(connection: Connection) -> None:
    begins = connection.get_execution_options().get("agenda_begins")
    if begins == "reading":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    if begins == "writing":
        # Without it two could read the same state and each write what the other made untrue.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
