"""Copies of a PostgreSQL database with its own tools: pg_dump and pg_restore."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, text

from agenda.storage.faults import said_in_words, shown
from agenda.storage.schema import VERSION_TABLE, held_version
from agenda.storage.store import APPLICATION, SCHEMA, BadDatabase, open_engine
from agenda.words.errors import BadInput

# A connection that was just closed is listed for a moment longer.
_PATIENCE_TENTHS = 20
_ASIDE = f"{SCHEMA}_aside"


class _ToolError(Exception):
    """pg_dump or pg_restore ended with an error; says its last line."""


def is_installed() -> bool:
    """Whether copies can be made and put back here."""
    return all(shutil.which(name) for name in ("pg_dump", "pg_restore"))


def write(address: URL, file: Path) -> None:
    """Copy a database that others may be using: its state at one instant.

    Raises:
        BadDatabase: pg_dump is missing, or says no.
    """
    try:
        _run(
            "pg_dump",
            "--format=custom",
            f"--schema={SCHEMA}",
            f"--file={file}",
            f"--dbname={_address(address)}",
            address=address,
        )
    except _ToolError as error:
        raise BadDatabase(
            f"Databasen gick inte att kopiera: {error}. pg_dump ska vara av samma version som "
            "servern eller nyare."
        ) from None


def checked_version(file: Path) -> str:
    """The version of a copy that is whole.

    Raises:
        BadInput: it is not a copy of this program's database, or it is damaged.
        BadDatabase: pg_restore is not installed.
    """
    try:
        _run("pg_restore", f"--file={os.devnull}", str(file))
        rows = _run("pg_restore", "--data-only", f"--table={VERSION_TABLE}", "--file=-", str(file))
    except _ToolError as error:
        raise BadInput(f"{file} är ingen säkerhetskopia, eller är skadad: {error}.") from None
    # COPY agenda.agenda_version (version_num) FROM stdin;\n0001\n\.
    _, found, rest = rows.partition(" FROM stdin;\n")
    if not found:
        raise BadInput(f"{file} är ingen säkerhetskopia från det här programmet.")
    return rest.partition("\n")[0]


def put_back(
    address: URL, file: Path, *, keep: Path, prepare: Callable[[str], None]
) -> Path | None:
    """Put a copy in the place of a database; on any fault the present one stays.

    Args:
        address: The database.
        file: A checked copy.
        keep: Where the present database is kept, without the ending.
        prepare: Makes a database with this URL ready.

    Returns:
        The file with the database that was there, or None if there was none.

    Raises:
        BadDatabase: somebody is using the database, or it cannot be put back.
    """
    engine = open_engine(address.render_as_string(hide_password=False))
    try:
        with said_in_words(address):
            _refuse_company(engine)
            kept = None
            if held_version(engine) is not None:
                kept = keep.with_name(f"{keep.name}.dump")
                kept.touch(mode=0o600)
                write(address, kept)
            with _set_aside(engine):
                _fill(address, file)
                prepare(address.render_as_string(hide_password=False))
        return kept
    finally:
        engine.dispose()


def _refuse_company(engine: Engine) -> None:
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND application_name = :name AND pid <> pg_backend_pid()"
    )
    for _ in range(_PATIENCE_TENTHS):
        # A new transaction each time: within one the server gives the same list again.
        with engine.begin() as connection:
            if not connection.execute(others, {"name": APPLICATION}).scalar():
                return
            connection.execute(text("SELECT pg_sleep(0.1)"))
    raise BadDatabase(
        f"{shown(engine.url)} används just nu. Stäng av programmet (agenda up) och försök igen."
    )


@contextmanager
def _set_aside(engine: Engine) -> Iterator[None]:
    """The present schema under another name meanwhile; back again if it goes wrong."""
    drop = "DROP SCHEMA IF EXISTS {} CASCADE"
    exists = text("SELECT count(*) FROM pg_namespace WHERE nspname = :name")
    with engine.begin() as connection:
        there_was_one = bool(connection.execute(exists, {"name": SCHEMA}).scalar())
        if there_was_one:
            connection.execute(text(drop.format(_ASIDE)))
            connection.execute(text(f"ALTER SCHEMA {SCHEMA} RENAME TO {_ASIDE}"))
    try:
        yield
    except BaseException:
        with engine.begin() as connection:
            connection.execute(text(drop.format(SCHEMA)))
            if there_was_one:
                connection.execute(text(f"ALTER SCHEMA {_ASIDE} RENAME TO {SCHEMA}"))
        raise
    with engine.begin() as connection:
        connection.execute(text(drop.format(_ASIDE)))


def _fill(address: URL, file: Path) -> None:
    target = f"--dbname={_address(address)}"
    try:
        _run("pg_restore", "--single-transaction", "--no-owner", target, str(file), address=address)
    except _ToolError as error:
        raise BadDatabase(f"Säkerhetskopian gick inte att läsa in: {error}.") from None


def _address(address: URL) -> str:
    # The password goes by the environment: everybody can read a command's arguments.
    return address.set(drivername="postgresql", password=None).render_as_string()


def _run(tool: str, *arguments: str, address: URL | None = None) -> str:
    program = shutil.which(tool)
    if program is None:
        raise BadDatabase(
            f"{tool} är inte installerat. Installera PostgreSQL:s klientprogram "
            "(postgresql-client), av samma version som servern eller nyare."
        )
    password = {"PGPASSWORD": str(address.password)} if address and address.password else {}
    done = subprocess.run(  # noqa: S603  # the program is PostgreSQL's own, and no shell reads this
        [program, *arguments],
        env={**os.environ, **password},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise _ToolError((done.stderr.strip().splitlines() or [str(done.returncode)])[-1])
    return done.stdout
