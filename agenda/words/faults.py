"""Faults in a file that a person wrote: every one of them at once, each with its line."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from agenda.words.errors import BadInput
from agenda.words.sentence import said
from agenda.words.sentences import SENTENCES


class Fault(NamedTuple):
    """One thing that is wrong, or odd, in a file."""

    line: int
    """Counted from 1, as editors do."""
    sentence: str
    """What is wrong and how to mend it."""

    def rendered(self, file: str, language: str = "sv") -> str:
        """The fault as compilers write it, so that editors can jump to it."""
        return f"{file}:{self.line}: {said(self.sentence, language)}"


class FaultyFile(BadInput):
    """A file that cannot be used; carries every fault found, in the order of the lines."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(fault.rendered(file) for fault in self.faults))

    def said_in(self, language: str) -> str:
        """Every fault in a language ("sv", "en"), a line each."""
        return "\n".join(fault.rendered(self.file, language) for fault in self.faults)


def content_of(path: Path, *, most_bytes: int) -> bytes:
    """What a file holds; of one that is too large a byte more than allowed, however large it is.

    Raises:
        BadInput: there is no such file, or it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most_bytes + 1)
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        why = SENTENCES("no_file") if is_missing else error.strerror
        raise BadInput(SENTENCES("cannot_read", path=path, why=why)) from None


def shown(value: object, *, most: int = 60) -> str:
    """A value from a file, safe to print: no control characters, not endlessly long."""
    text = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in str(value))
    return text if len(text) <= most else text[: most - 1] + "…"
