"""What is in files, kept once each: put there, read, and gone with the last file that holds it."""

import hashlib

from sqlalchemy import exists, insert
from sqlmodel import Session, SQLModel, delete, select

from agenda.models import FileContent


def keep(session: Session, octets: bytes) -> str:
    """Keep what is in a file, unless it is here already; its SHA-256, to be pointed to.

    In a transaction, where nobody else can take away or add the same meanwhile.
    """
    sha256 = hashlib.sha256(octets).hexdigest()
    kept = select(FileContent.sha256).where(FileContent.sha256 == sha256)
    if session.exec(kept).first() is None:
        row = {"sha256": sha256, "size": len(octets), "octets": octets}
        # Not as an object, which would be held until it is written.
        session.execute(insert(FileContent).values(row))
    return sha256


def octets_of(session: Session, sha256: str) -> bytes:
    """What is in a file."""
    return session.exec(select(FileContent.octets).where(FileContent.sha256 == sha256)).one()


def forget_unused(session: Session, sha256s: set[str]) -> None:
    """Erase those of some contents that no file holds any longer.

    To be called by whoever deletes rows of files, after it and in the same transaction.
    What can hold one is asked of the tables, so that a new kind of file is never forgotten.
    """
    session.flush()
    contents = SQLModel.metadata.tables[str(FileContent.__tablename__)]
    holders = [
        key.parent
        for table in SQLModel.metadata.tables.values()
        for key in table.foreign_keys
        if key.references(contents)
    ]
    unused = (~exists().where(holder == contents.c.sha256) for holder in holders)
    session.exec(delete(contents).where(contents.c.sha256.in_(sha256s), *unused))
