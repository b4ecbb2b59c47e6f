"""A mail server that refuses everybody in a row: then it is not the addresses that are wrong.

One refused address among many that were taken is dead. Of several domains that were all
refused, with nothing taken in between, the codes say what a server says that has lost its
own way: the letters are kept, and those that were given up are put back.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row
from sqlmodel import Session, col, func, select

from agenda.models import Attempt, Contact, Message, MessageState, identity
from agenda.register import What, record
from notifications.office import Office
from notifications.outgoing import Outcome, Result

DOMAINS = 3
"""So many domains refused in a row, with none that takes anything, are everybody."""
WHO = "utskick"

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
        put_back(session, other, now=now, at=at, who=WHO, why=why, since=refused_at)


def put_back(
    session: Session,
    message: Message,
    *,
    now: datetime,
    at: datetime,
    who: str,
    why: str,
    since: datetime | None = None,
) -> None:
    """Let a message that was given up or set aside be tried again, and trust its address.

    Args:
        session: A transaction.
        message: The message.
        now: The present instant.
        at: When it is tried.
        who: Who puts it back.
        why: For the register.
        since: Only if it was marked then or later is the address trusted.
    """
    message.state, message.next_attempt_at, message.attempts = MessageState.QUEUED, at, 0
    message.lease, message.leased_until, message.retried_at = None, None, now
    _register(session, message, What.MESSAGE_PUT_BACK, who, why, now)
    contact = session.get(Contact, message.contact_id) if message.contact_id else None
    if contact is None or contact.bounced_at is None:
        return
    if since is None or contact.bounced_at >= since:
        trust(session, contact, now=now, who=who, round_id=message.round_id)


def trust(session: Session, contact: Contact, *, now: datetime, who: str, round_id: int) -> None:
    """Write to an address again that was marked as one that takes no mail."""
    record(
        session,
        now=now,
        who=who,
        what=What.CONTACT_TRUSTED,
        round_id=round_id,
        subject=f"kontakt {identity(contact)}",
        before=contact.bounce_reason,
    )
    contact.bounced_at, contact.bounce_reason = None, ""


def _row(session: Session, office: Office) -> Sequence[_Try]:
    """The refusals since a letter was last taken that left for another domain than our own."""
    is_mail = ~col(Message.recipient).contains("://")
    taken = (
        select(func.max(Attempt.id))
        .join(Message)
        .where(
            Attempt.outcome == Result.SENT.value,
            is_mail,
            ~func.lower(Message.recipient).endswith(f"@{office.domain.lower()}"),
        )
    )
    last = session.exec(taken).one() or 0
    refused = (
        select(Attempt.message_id, Message.recipient, Attempt.at)
        .join(Message)
        .where(
            col(Attempt.id) > last,
            Attempt.outcome == Result.NEVER.value,
            col(Attempt.code).is_not(None),
            is_mail,
        )
    )
    return session.execute(refused).all()


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()


def _register(
    session: Session, message: Message, what: What, who: str, why: str, now: datetime
) -> None:
    record(
        session,
        now=now,
        who=who,
        what=what,
        round_id=message.round_id,
        subject=message.message_id,
        after=why,
    )
