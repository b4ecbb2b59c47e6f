"""A folder of mails: files that end in .eml, or a Maildir. They are read and left as they are."""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from notifications.incoming.fetched import (
    KEPT_OF_LARGER,
    LARGEST,
    MOST_AT_ONCE,
    CannotRead,
    Fetched,
    Position,
)

_MAILDIR = ("new", "cur")
_ENDINGS = {".eml", ".mail", ".msg"}


class MailFolder:
    """Mails as files. What has been given out once is not read again as long as it is unchanged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: set[tuple[str, int, int]] = set()

    @property
    def name(self) -> str:
        """The folder's path."""
        return str(self._path)

    def fetch(self, position: Position, *, since: date) -> Iterator[Fetched]:  # noqa: ARG002
        """Every mail not given out before by this object; whoever keeps them knows them by hash.

        Raises:
            CannotRead: the folder is gone or may not be read.
        """
        try:
            for file, marks in self._new(since)[:MOST_AT_ONCE]:
                yield _fetched(file)
                # Not before it is kept: what stopped in between is given out again.
                self._seen.add(marks)
        except OSError as error:
            raise CannotRead(
                f"Mappen med inkommande mejl, {self._path}, går inte att läsa "
                f"({error.strerror or type(error).__name__}). Kontrollera AGENDA_INCOMING_FOLDER."
            ) from None

    def _new(self, since: date) -> list[tuple[Path, tuple[str, int, int]]]:
        found = []
        for file in _files(self._path):
            try:
                told = file.stat()
            except FileNotFoundError:
                continue  # a mail program has moved it in the meantime
            marks = (file.name, told.st_size, told.st_mtime_ns)
            is_recent = datetime.fromtimestamp(told.st_mtime, UTC).date() >= since
            if is_recent and marks not in self._seen:
                found.append((told.st_mtime_ns, file, marks))
        return [(file, marks) for _, file, marks in sorted(found)]


def _files(folder: Path) -> Iterator[Path]:
    is_maildir = all((folder / name).is_dir() for name in _MAILDIR)
    folders = [folder / name for name in _MAILDIR] if is_maildir else [folder]
    for one in folders:
        with os.scandir(one) as entries:
            for entry in entries:
                is_mail = is_maildir or Path(entry.name).suffix.lower() in _ENDINGS
                # Not by a link, which could lead to any file that we may read.
                if is_mail and entry.is_file(follow_symlinks=False):
                    yield Path(entry.path)


def _fetched(file: Path) -> Fetched:
    with file.open("rb") as opened:
        raw = opened.read(LARGEST + 1)
        arrived_at = datetime.fromtimestamp(os.fstat(opened.fileno()).st_mtime, UTC)
    is_whole = len(raw) <= LARGEST
    return Fetched(
        place=f"{file.name}:{hashlib.sha256(raw).hexdigest()[:16]}",
        raw=raw if is_whole else raw[:KEPT_OF_LARGER],
        arrived_at=arrived_at,
        position=Position(),
        is_whole=is_whole,
    )
