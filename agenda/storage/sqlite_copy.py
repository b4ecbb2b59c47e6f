"""Copies of a SQLite database: written while it is in use, checked, and put back."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine

from agenda.storage.faults import said_in_words
from agenda.storage.schema import VERSION_TABLE
from agenda.storage.store import BadDatabase, sqlite_file
from agenda.words.errors import BadInput

# Long enough for a reader to finish, short enough for a person to wait.
_PATIENCE_SECONDS = 2.0


def write(engine: Engine, file: Path) -> None:
    """Copy a database that others may be using to an empty or missing file.

    One read transaction: what is being written meanwhile is in it wholly or not at all.
    """
    with (
        said_in_words(engine.url, writes=file),
        closing(engine.raw_connection()) as connection,
    ):
        connection.execute("PRAGMA query_only=OFF")
        connection.execute("VACUUM INTO ?", (str(file),))


def checked_version(file: Path) -> str:
    """The version of a copy that is whole.

    Raises:
        BadInput: it is not a database of this program, or it is damaged.
    """
    try:
        with closing(_opened(file, "ro")) as copy:
            faults = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = copy.execute("PRAGMA foreign_key_check").fetchone()
            version = copy.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608
    except sqlite3.Error as error:
        raise BadInput(
            f"{file} är ingen säkerhetskopia från det här programmet: {error}."
        ) from None
    if faults != "ok" or loose or not version:
        raise BadInput(f"{file} är skadad och går inte att återläsa. Välj en annan kopia.")
    return str(version[0])


def put_back(
    address: URL, file: Path, *, keep: Path, prepare: Callable[[str], None]
) -> Path | None:
    """Put a copy in the place of a database, in one transaction.

    Args:
        address: The database.
        file: A checked copy.
        keep: Where the present database is kept, without the ending.
        prepare: Makes a database with this URL ready, before anybody sees it.

    Returns:
        The file with the database that was there, or None if there was none.

    Raises:
        BadDatabase: somebody is using the database; nothing was changed.
    """
    target = sqlite_file(address)
    if target is None:
        raise BadDatabase("En databas i minnet går inte att återläsa.")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    staged = target.with_name(f".{keep.name}.db")
    try:
        with closing(_opened(file, "ro")) as copy:
            staged.touch(mode=0o600)
            copy.execute("VACUUM INTO ?", (str(staged),))
        prepare(f"sqlite:///{staged.absolute()}")
        with said_in_words(address):
            return _replace(target, staged, kept=keep.with_name(f"{keep.name}.db"))
    finally:
        for ending in ("", "-wal", "-shm"):
            staged.with_name(staged.name + ending).unlink(missing_ok=True)


def _replace(target: Path, staged: Path, *, kept: Path) -> Path | None:
    there_was_one = target.exists()
    if there_was_one and not _is_readable(target):
        # Copying it would fail, and what a specialist may save from it must not be lost.
        for ending in ("", "-wal", "-shm"):
            part = target.with_name(target.name + ending)
            if part.exists():
                part.rename(kept.with_name(kept.name + ending))
        with _alone(target) as present:
            _fill(present, staged)
        return kept
    with _alone(target) as present:
        if there_was_one:
            kept.touch(mode=0o600)
            with said_in_words(URL.create("sqlite", database=str(target)), writes=kept):
                present.execute("VACUUM INTO ?", (str(kept),))
        _fill(present, staged)
    return kept if there_was_one else None


def _is_readable(file: Path) -> bool:
    try:
        with closing(_opened(file, "rw")) as present:
            return bool(present.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False


def _fill(present: sqlite3.Connection, staged: Path) -> None:
    with closing(_opened(staged, "rw")) as source:
        # The mode is written in the file; a write-ahead log needs what we do not have here.
        source.execute("PRAGMA journal_mode=DELETE")
        source.backup(present)


@contextmanager
def _alone(target: Path) -> Iterator[sqlite3.Connection]:
    """A connection that nobody else can read or write beside; makes what is not there.

    A database in WAL mode leaves it only when no other connection is open, even an idle
    one: that is how a running program is noticed.
    """
    target.touch(mode=0o600)
    with closing(_opened(target, "rw")) as present:
        try:
            present.execute("PRAGMA journal_mode=DELETE")
            present.execute("PRAGMA locking_mode=EXCLUSIVE")
            present.execute("BEGIN EXCLUSIVE")
            present.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise
            raise BadDatabase(
                f"{target} används just nu. Stäng av programmet (agenda up) och försök igen."
            ) from None
        present.execute("PRAGMA synchronous=FULL")
        yield present


def _opened(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_PATIENCE_SECONDS,
        isolation_level=None,
    )
