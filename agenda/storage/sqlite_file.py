"""The file of a SQLite database: made for its owner, opened in turn, missed when it is gone."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from time import sleep as pause
from typing import Any

from agenda.words.errors import BadDatabase

_PAUSE_MS = 20


class SqliteFile:
    """The file of an engine's database: made for its owner only, and the same ever after.

    When its folder is moved or deleted, a connection goes on writing into a file that nobody
    will find again, and the next one would begin anew with an empty database.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._taken: tuple[int, int] | None = None

    def take(self, *_: Any) -> None:
        """Make the file before the first connection; before any other see that it is there."""
        if self._taken is not None:
            self.refuse_another()
            return
        # Of itself SQLite lets everybody on the machine read what it makes.
        with suppress(OSError):
            os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
        self._taken = self._held()

    def refuse_another(self, *_: Any) -> None:
        """Stop before anything is read or written when the file is no longer at its place."""
        if self._taken is not None and self._held() != self._taken:
            raise BadDatabase(
                f"Databasen {self._path} har flyttats, bytts ut eller tagits bort medan "
                "programmet var igång, så inget mer sparas och inget skickas. Avsluta programmet, "
                "lägg tillbaka mappen eller läs tillbaka en säkerhetskopia (agenda restore FIL), "
                "och starta igen."
            )

    def trouble(self) -> str | None:
        """What `refuse_another` would say, if anything."""
        try:
            self.refuse_another()
        except BadDatabase as gone:
            return str(gone)
        return None

    def _held(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def keep_a_log(connection: sqlite3.Connection, *, patience_ms: int) -> None:
    """Switch to the write-ahead log; of several that open a new database each gets its turn.

    Here SQLite does not wait, whatever its timeout: while another one switches, or writes in
    the old mode, it says at once that the database is locked.
    """
    for tries_left in reversed(range(patience_ms // _PAUSE_MS)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or not tries_left:
                raise
            pause(_PAUSE_MS / 1000)
