"""A server on the way that sends everything back: then it is not the addresses that are wrong.

A relay that has lost its own way, or its name server, says of every address that it does not
exist. Marked one by one, a whole round would be told nothing more.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from agenda.models import Attempt, Contact, IncomingMail, Message
from agenda.register import By, ProductPart
from agenda.steps.kinds import Audience
from notifications.delivery.everybody import DOMAINS
from notifications.incoming.acting import RETURNED
from notifications.incoming.refused import Return
from notifications.incoming.settled import Settled
from notifications.outbox.putting_back import trust
from notifications.post.refusals import About

TOGETHER = timedelta(days=1)
"""What came back within a day of each other may have one cause."""

_Row = tuple[IncomingMail, Message]


def spare_everybody(session: Session, round_id: int, *, now: datetime) -> int:
    """Trust the addresses of a round again where most of what left came back; how many."""
    gone = _gone(session, round_id, now)
    if len(gone) < DOMAINS or 2 * len(gone) <= len(gone | _left(session, round_id, now)):
        return 0
    by, trusted = By.product(ProductPart.INCOMING, now), 0
    for mail, message in _dead(session, round_id, now):
        mail.why = Return.REFUSED.value
        contact = session.get(Contact, message.contact_id) if message.contact_id else None
        if contact is not None and contact.bounced_at is not None:
            trust(session, contact, by=by, round_id=round_id)
            trusted += 1
    return trusted


def _dead(session: Session, round_id: int, now: datetime) -> Sequence[_Row]:
    rows: Sequence[_Row] = session.exec(
        select(IncomingMail, Message)
        .join(Message, col(Message.id) == col(IncomingMail.about_id))
        .where(
            IncomingMail.round_id == round_id,
            IncomingMail.why == Return.DEAD.value,
            IncomingMail.settled_how == Settled.ACTED_ON.value,
            col(IncomingMail.read_at) >= now - TOGETHER,
        )
    ).all()
    return rows


def _gone(session: Session, round_id: int, now: datetime) -> set[str]:
    """The domains whose addresses were said not to exist, those trusted again among them."""
    found = session.exec(
        select(Message.recipient)
        .join(Attempt)
        .where(
            Message.round_id == round_id,
            Attempt.outcome == RETURNED,
            Attempt.about == About.MAILBOX.value,
            col(Attempt.at) >= now - TOGETHER,
        )
    )
    return {_domain(address) for address in found}


def _left(session: Session, round_id: int, now: datetime) -> set[str]:
    """The domains that something has left for of late."""
    is_mail: ColumnElement[bool] = ~col(Message.recipient).contains("://")
    found = session.exec(
        select(Message.recipient).where(
            Message.round_id == round_id,
            col(Message.audience).in_((Audience.ORGANISATION.value, Audience.ESCALATION.value)),
            col(Message.sent_at) >= now - 2 * TOGETHER,
            is_mail,
        )
    )
    return {_domain(address) for address in found}


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()
