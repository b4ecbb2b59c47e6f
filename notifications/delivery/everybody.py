"""A mail server that refuses everybody in a row: then it is not the addresses that are wrong.

One refused address among many that were taken is dead. Of several domains that were all
refused, with nothing taken in between, the codes say what a server says that has lost its
own way: the letters are kept, and those that were given up are put back.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row
from sqlmodel import Session, col, func, select

from agenda.models import Attempt, Message, MessageState
from agenda.register import By, ProductPart
from agenda.steps.kinds import Audience
from notifications.office import Office
from notifications.outbox.putting_back import put_back
from notifications.post.outgoing import Outcome, Result

DOMAINS = 3
"""So many domains refused in a row, with none that takes anything, are everybody."""

_Try = Row[tuple[int, str, datetime]]


def refused_everybody(session: Session, office: Office, message: Message, outcome: Outcome) -> bool:
    """Whether this refusal makes the row long enough."""
    if outcome.result is not Result.NEVER or outcome.code is None:
        return False
    refused = {_domain(to) for _, to, _ in _row(session, office)}
    return len(refused | {_domain(message.recipient)}) >= DOMAINS


def put_back_those_refused(
    session: Session, office: Office, message: Message, *, now: datetime, at: datetime
) -> None:
    """Put the letters of the row back that were given up, and trust their addresses again."""
    for message_id, _, refused_at in _row(session, office):
        other = session.get_one(Message, message_id)
        if other.state is not MessageState.FAILED or other.id == message.id:
            continue
        why = "Servern avvisar alla i rad: felet är inte adressens."
        put_back(
            session, other, by=By.product(ProductPart.POST, now), at=at, why=why, since=refused_at
        )


def others_were_taken(session: Session, message: Message) -> bool:
    """Whether other organisations' letters were taken since this one's first refusal."""
    first = session.exec(
        select(func.min(Attempt.id)).where(
            Attempt.message_id == message.id, Attempt.outcome == Result.NEVER.value
        )
    ).one()
    if first is None:
        return False
    taken = (
        select(Attempt.id)
        .join(Message)
        .where(
            col(Attempt.id) > first,
            Attempt.outcome == Result.SENT.value,
            col(Message.audience).in_((Audience.ORGANISATION.value, Audience.ESCALATION.value)),
            ~col(Message.recipient).contains("://"),
        )
    )
    return session.exec(taken.limit(1)).first() is not None


def _last_taken(session: Session, office: Office) -> int:
    """The last try that was taken for another domain than our own."""
    taken = (
        select(func.max(Attempt.id))
        .join(Message)
        .where(
            Attempt.outcome == Result.SENT.value,
            ~col(Message.recipient).contains("://"),
            ~func.lower(Message.recipient).endswith(f"@{office.domain.lower()}"),
        )
    )
    return session.exec(taken).one() or 0


def _row(session: Session, office: Office) -> Sequence[_Try]:
    """The refusals since a letter was last taken that left for another domain than our own."""
    refused = (
        select(Attempt.message_id, Message.recipient, Attempt.at)
        .join(Message)
        .where(
            col(Attempt.id) > _last_taken(session, office),
            Attempt.outcome == Result.NEVER.value,
            col(Attempt.code).is_not(None),
            ~col(Message.recipient).contains("://"),
        )
    )
    return session.execute(refused).all()


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()
