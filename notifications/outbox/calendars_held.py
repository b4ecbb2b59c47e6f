"""What each recipient's calendar has of a meeting: the last invitation that was sent to it.

Read out of the outbox, so it cannot say anything else than what left or is about to.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sqlmodel import Session, col, or_, select

from agenda.models import Message, MessageState

_UNDER_WAY = (MessageState.QUEUED, MessageState.SENDING, MessageState.SENT)
_GONE = (MessageState.SENDING, MessageState.SENT)
REQUEST = b"METHOD:REQUEST"
"""The line of an invitation that asks (RFC 5546 section 3.2.2)."""
_MEANT = (b"METHOD", b"SUMMARY", b"DTSTART", b"DTEND", b"LOCATION", b"STATUS")


class Held(NamedTuple):
    """One meeting in one calendar."""

    uid: str
    address: str
    """In small letters."""


def calendars_held(
    session: Session, activity_id: int, *, has_left: bool = False
) -> Mapping[Held, frozenset[bytes]]:
    """What was last asked, or taken back, of every calendar in an activity.

    Args:
        session: Any session.
        activity_id: The activity.
        has_left: Only what has left or may have; not what waits in the outbox.
    """
    query = (
        select(Message.recipient, Message.calendar)
        .where(
            Message.activity_id == activity_id,
            col(Message.calendar_method).is_not(None),
            or_(
                col(Message.state).in_(_GONE if has_left else _UNDER_WAY),
                # The mail server may have taken it.
                col(Message.is_uncertain),
            ),
        )
        .order_by(col(Message.queued_at), col(Message.id))
    )
    # Of two about one meeting a dictionary keeps the last, which is the one that holds.
    return {
        Held(_uid(content), to.casefold()): meant(content)
        for to, content in session.exec(query)
        if content is not None
    }


def meant(content: bytes) -> frozenset[bytes]:
    """What an invitation asks, besides who is asked, when it was made and how many came before."""
    return frozenset(line for line in _lines(content) if line.startswith(_MEANT))


def _uid(content: bytes) -> str:
    return next(line[4:].decode() for line in _lines(content) if line.startswith(b"UID:"))


def _lines(content: bytes) -> list[bytes]:
    return content.replace(b"\r\n ", b"").split(b"\r\n")
