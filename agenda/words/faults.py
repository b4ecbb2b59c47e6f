"""Faults in a file that a person wrote: every one of them at once, each with its line."""

from collections.abc import Iterable
from typing import NamedTuple

from agenda.words.errors import BadInput


class Fault(NamedTuple):
    """One thing that is wrong, or odd, in a file."""

    line: int
    """Counted from 1, as editors do."""
    sentence: str
    """What is wrong and how to mend it, in Swedish."""

    def rendered(self, file: str) -> str:
        """The fault as compilers write it, so that editors can jump to it."""
        return f"{file}:{self.line}: {self.sentence}"


class FaultyFile(BadInput):
    """A file that cannot be used; carries every fault found, in the order of the lines."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(fault.rendered(file) for fault in self.faults))


def shown(value: object, *, most: int = 60) -> str:
    """A value from a file, safe to print: no control characters, not endlessly long."""
    text = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in str(value))
    return text if len(text) <= most else text[: most - 1] + "…"
