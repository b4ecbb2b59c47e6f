"""A copy of the database while everything runs, and the way back from it.

A restored database knows nothing of what happened after the copy. What was sent since then
looks unsent, so nothing of any round leaves until a person has looked and says so.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select, update

from agenda.models import Message, MessageState, Round
from agenda.register import By, Subject, What, record
from agenda.storage import postgres_copy, sqlite_copy
from agenda.storage.faults import shown
from agenda.storage.schema import held_version, migrate, refuse_newer
from agenda.storage.store import BadDatabase, checked_url, open_engine, transaction
from agenda.words.errors import BadInput


def back_up(engine: Engine, file: Path) -> None:
    """Write a consistent copy of the database to a new file that only its owner can read.

    Others may go on reading and writing. The file appears under its name when it is whole
    and has been checked. SQLite gives a SQLite database, PostgreSQL an archive of `pg_dump`.

    Raises:
        BadInput: the file exists already, or cannot be written.
        BadDatabase: there is nothing to copy, the database cannot be read, or what it takes
            is not installed.
    """
    if held_version(engine) is None:
        raise BadDatabase(f"Det finns inget att kopiera: {shown(engine.url)} är tom.")
    with _written_whole(file) as part:
        if engine.dialect.name == "sqlite":
            sqlite_copy.write(engine, part)
            sqlite_copy.checked_version(part)
        else:
            postgres_copy.write(engine.url, part)
            postgres_copy.checked_version(part)


def can_back_up(engine: Engine) -> bool:
    """Whether what it takes to copy this database is installed."""
    return engine.dialect.name == "sqlite" or postgres_copy.is_installed()


def copy_name(engine: Engine, *, version: str, now: datetime) -> str:
    """A file name for a copy that sorts by age: version and instant (UTC)."""
    ending = "db" if engine.dialect.name == "sqlite" else "dump"
    return f"agenda-{now:%Y%m%dT%H%M%SZ}-version-{version}.{ending}"


def free_name(file: Path) -> Path:
    """A file's name or, when it is taken, the next one like it."""
    free, number = file, 1
    while free.exists():
        number += 1
        free = file.with_name(f"{file.stem}-{number}{file.suffix}")
    return free


def restore(url: str, file: Path, *, keep: Path, by: By) -> str:
    """Put a copy in the place of the present database, all of it or nothing.

    The copy is checked, brought to this program's version, marked in the register, and its
    rounds are paused, before it takes the place. The present database is kept as a copy of
    its own; one that is too damaged to be copied is moved aside as it is.

    Args:
        url: The database's URL.
        file: What `back_up` wrote.
        keep: The folder for the present database; made when needed.
        by: Who does it, and when.

    Returns:
        A sentence: what was done, where the present database is, and what to do now.

    Raises:
        BadInput: the file is not a copy, is damaged, or another kind of database's.
        BadDatabase: it is newer than this program, or the database is in use.
    """
    if not file.is_file():
        raise BadInput(f"Det finns ingen säkerhetskopia som heter {file}.")
    address = checked_url(url)
    copies = sqlite_copy if address.get_backend_name() == "sqlite" else postgres_copy
    refuse_newer(copies.checked_version(file), where=str(file))
    keep.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = copies.put_back(
        address,
        file,
        keep=_free_stem(keep / f"fore-aterlasning-{by.at:%Y%m%dT%H%M%SZ}"),
        prepare=lambda prepared: _make_ready(prepared, file.name, by=by),
    )
    return _restored(file, kept)


def _free_stem(keep: Path) -> Path:
    endings = (".db", ".dump")
    number = 1
    while any(_numbered(keep, number).with_suffix(ending).exists() for ending in endings):
        number += 1
    return _numbered(keep, number)


def _numbered(keep: Path, number: int) -> Path:
    return keep if number == 1 else keep.with_name(f"{keep.name}-{number}")


def _restored(file: Path, kept: Path | None) -> str:
    where = f"Databasen som fanns ligger i {kept}. " if kept else ""
    return (
        f"Databasen är återläst från {file}. {where}Inget skickas från någon omgång förrän "
        "utskicken startas igen. Se först efter vad som redan har gått ut sedan kopian togs, "
        "och kör sedan: agenda round resume"
    )


def _make_ready(url: str, name: str, *, by: By) -> None:
    engine = open_engine(url)
    try:
        migrate(engine)
        with transaction(engine) as session:
            _pause(session, by=by)
            record(session, by, What.RESTORED, after=name)
    finally:
        engine.dispose()


def _pause(session: Session, *, by: By) -> None:
    """Hold everything back: what left after the copy was taken would leave again."""
    for round_ in session.exec(select(Round).where(col(Round.sending_paused_at).is_(None))):
        round_.sending_paused_at = by.at
        session.add(round_)
        record(session, by, What.SENDING_PAUSED, Subject(round_id=round_.id))
    on_its_way = or_(
        col(Message.state) == MessageState.QUEUED, col(Message.state) == MessageState.SENDING
    )
    session.exec(update(Message).where(on_its_way).values(is_uncertain=True))


@contextmanager
def _written_whole(file: Path) -> Iterator[Path]:
    """A temporary name to write to, which becomes `file` only when all went well."""
    part = file.with_name(f".{file.name}.part")
    try:
        # Takes the name, so that two copies at once cannot overwrite each other.
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
    except FileExistsError:
        raise BadInput(f"{file} finns redan och skrivs inte över. Välj ett annat namn.") from None
    except OSError as error:
        raise BadInput(f"{file} går inte att skriva ({error.strerror}).") from None
    try:
        yield part
        _reach_disk(part)
        part.replace(file)
        _reach_disk(file.parent)
    except BaseException as error:
        part.unlink(missing_ok=True)
        file.unlink(missing_ok=True)
        if isinstance(error, OSError):
            why = "disken är full" if error.errno == errno.ENOSPC else error.strerror
            raise BadInput(f"{file} gick inte att skriva: {why}. Databasen är orörd.") from None
        if isinstance(error, BadDatabase):
            # The file that could not be written is the one that was asked for.
            raise BadDatabase(str(error).replace(str(part), str(file))) from None
        raise


def _reach_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
