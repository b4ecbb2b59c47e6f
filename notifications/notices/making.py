"""A message made of a letter: its words and its calendar file, which take the time.

Whoever writes has all others wait. So a transaction can be tried first and taken back: then
nothing is made in it, only noted what is wanted. What is wanted is made while nobody waits,
and used when the transaction is done in earnest. Nothing depends on it: what was not foreseen
is made within the turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel import Session

from agenda.rounds.parties import Party
from notifications.letters.letter import Letter
from notifications.letters.rendering import Rendered, render
from notifications.letters.said import digest
from notifications.outbox.invitations import calendar_file
from notifications.outbox.queue import CalendarFile, Recipient
from notifications.outbox.recipients import Turn


class Made(NamedTuple):
    """A message's words and its calendar file."""

    rendered: Rendered
    calendar: CalendarFile


class Key(NamedTuple):
    """What makes a message the same: whom it goes to, what it says, of which revision."""

    address: str
    digest: str
    revision: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message that somebody is about to queue."""

    turn: Turn
    recipient: Recipient
    letter: Letter
    party: Party | None

    @property
    def key(self) -> Key:
        """What it is found again by."""
        own = self.party.invitation.revision if self.party else 0
        revision = self.turn.known.row.revision + own
        return Key(self.recipient.address, digest(self.letter), revision)

    def made(self) -> Made:
        """The message."""
        calendar = calendar_file(self.turn, self.letter.template, self.recipient, self.party)
        return Made(render(self.letter), calendar)


Ahead = Mapping[Key, Made]
"""Messages that were made before the turn to write was taken."""
_AHEAD, _NOTED = "messages made ahead", "messages that are wanted"
_NOT_YET = Made(Rendered("", "", ""), CalendarFile())


def use(session: Session, ahead: Ahead) -> None:
    """Have a transaction take its messages from those that were made ahead."""
    session.info[_AHEAD] = ahead


def note(session: Session) -> dict[Key, Wanted]:
    """Have a transaction that is only tried make nothing; what it wanted, once it has ended."""
    noted: dict[Key, Wanted] = {}
    session.info[_NOTED] = noted
    return noted


def make(wanted: Wanted, key: Key) -> Made:
    """A message for the transaction in which it is wanted."""
    info = wanted.turn.session.info
    if (noted := info.get(_NOTED)) is not None:
        # Read now: when the message is made its transaction has ended.
        _ = wanted.turn.calendars
        noted[key] = wanted
        return _NOT_YET
    ahead: Ahead = info.get(_AHEAD, {})
    return ahead.get(key) or wanted.made()
