"""Files saved from the database to a folder: distinct names, nothing overwritten."""

import os
from pathlib import Path
from typing import NamedTuple

from agenda.words.errors import AgendaError, BadInput
from agenda.words.names import numbered
from portal.cli.terminal.output import in_swedish


class SavedFile(NamedTuple):
    """Where a file is now, and whether it was written now."""

    path: Path
    is_new: bool


class Folder:
    """A folder that files are saved in."""

    def __init__(self, path: Path) -> None:
        """Make the folder, for its owner only, unless it is there.

        Raises:
            BadInput: it is no folder, or cannot be made.
        """
        self._path = path
        try:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Windows and macOS hold Bilaga.pdf and bilaga.PDF for the same file.
            self._taken = {held.name.casefold(): held.name for held in path.iterdir()}
        except FileExistsError:
            raise BadInput(f"{path} är ingen mapp. Välj en annan.") from None
        except OSError as error:
            raise BadInput(f"Mappen {path} går inte att använda: {in_swedish(error)}.") from None
        self._written: set[str] = set()

    def save(self, name: str, octets: bytes) -> SavedFile:
        """Save a file under a name or, where another file has it, a name like it.

        Raises:
            BadInput: it cannot be written.
        """
        number = 1
        while True:
            tried = name if number == 1 else numbered(name, number)
            held = self._taken.get(tried.casefold())
            if held is None:
                return SavedFile(self._write(tried, octets), is_new=True)
            is_from_now = held in self._written
            if not is_from_now and _holds(self._path / held, octets):
                self._written.add(held)
                return SavedFile(self._path / held, is_new=False)
            number += 1

    def _write(self, name: str, octets: bytes) -> Path:
        path = self._path / name
        part = self._path / f".{os.getpid()}.part"
        try:
            part.touch(mode=0o600)
            part.write_bytes(octets)
            _put(part, path)
        except FileExistsError:
            raise AgendaError(f"{path} kom till just nu. Inget skrevs över; kör igen.") from None
        except OSError as error:
            raise BadInput(f"{path} går inte att skriva: {in_swedish(error)}.") from None
        finally:
            part.unlink(missing_ok=True)
        self._taken[name.casefold()] = name
        self._written.add(name)
        return path


def _put(part: Path, path: Path) -> None:
    try:
        # Unlike a rename, this never takes the place of a file that somebody just made.
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks and some network folders know no links.
        if path.exists():
            raise FileExistsError from None
        part.rename(path)


def _holds(path: Path, octets: bytes) -> bool:
    try:
        return path.stat().st_size == len(octets) and path.read_bytes() == octets
    except OSError:
        return False
