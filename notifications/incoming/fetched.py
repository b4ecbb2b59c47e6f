"""What a mailbox gives: mails as they stand in it, one after the other, and how far it was read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple, Protocol

from agenda.attachments import MEGABYTE

LARGEST: Final = 50 * MEGABYTE
"""A larger mail is kept by its beginning alone; the usual servers take none that is."""
KEPT_OF_LARGER: Final = 256 * 1024
MOST_AT_ONCE: Final = 200
"""Mails of one look; the next one goes on from there."""


class CannotRead(Exception):
    """The mailbox cannot be read now; the sentence says why, in Swedish."""


class Position(NamedTuple):
    """How far a mailbox was read."""

    validity: int | None = None
    read_to: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as it stands in the mailbox."""

    place: str
    raw: bytes = field(repr=False)
    arrived_at: datetime
    position: Position
    """How far the mailbox is read once this mail is kept."""
    is_whole: bool = True


class Source(Protocol):
    """Somewhere that mail comes to. Reading it changes nothing there."""

    @property
    def name(self) -> str:
        """What it is called; the position is kept under it."""
        ...

    def fetch(self, position: Position, *, since: date) -> Iterator[Fetched]:
        """The mails after a position, oldest first, and none that arrived before a day.

        Raises:
            CannotRead: it cannot be read.
        """
        ...
