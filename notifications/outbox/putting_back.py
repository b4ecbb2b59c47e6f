"""A message that was given up or set aside, tried again, and its address trusted again."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from agenda.models import Contact, Message, MessageState, Organisation, Round, identity
from agenda.register import By, Subject, What, record, subject_of_message

GIVEN_UP = (MessageState.FAILED, MessageState.SET_ASIDE)


def given_up(
    session: Session, round_: Round, addresses: Collection[str] | None
) -> Sequence[Message]:
    """The round's messages that failed or were set aside; with addresses, only those to them."""
    found = session.exec(
        select(Message)
        .where(Message.round_id == round_.id, col(Message.state).in_(GIVEN_UP))
        .order_by(col(Message.id))
    ).all()
    return [one for one in found if addresses is None or one.recipient.casefold() in addresses]


def mistrusted(
    session: Session, round_: Round, addresses: Collection[str] | None
) -> Sequence[Contact]:
    """The round's contacts that are marked as taking no mail; or those of them with addresses."""
    found = session.exec(
        select(Contact)
        .join(Organisation)
        .where(
            Organisation.round_id == round_.id,
            col(Contact.bounced_at).is_not(None),
            col(Contact.is_removed).is_(False),
        )
        .order_by(col(Contact.id))
    ).all()
    return [one for one in found if addresses is None or one.address.casefold() in addresses]


def put_back(
    session: Session,
    message: Message,
    *,
    by: By,
    at: datetime,
    why: str,
    since: datetime | None = None,
) -> None:
    """Let a message that was given up or set aside be tried again, and trust its address.

    Args:
        session: A transaction.
        message: The message.
        by: Who puts it back, and when.
        at: When it is tried.
        why: For the register.
        since: Only if it was marked then or later is the address trusted.
    """
    message.state, message.next_attempt_at, message.attempts = MessageState.QUEUED, at, 0
    message.lease, message.leased_until, message.retried_at = None, None, by.at
    record(session, by, What.MESSAGE_PUT_BACK, subject_of_message(message), after=why)
    contact = session.get(Contact, message.contact_id) if message.contact_id else None
    if contact is None or contact.bounced_at is None:
        return
    if since is None or contact.bounced_at >= since:
        trust(session, contact, by=by, round_id=message.round_id)


def trust(session: Session, contact: Contact, *, by: By, round_id: int) -> None:
    """Write to an address again that was marked as one that takes no mail."""
    record(
        session,
        by,
        What.CONTACT_TRUSTED,
        Subject(f"kontakt {identity(contact)}", round_id),
        before=contact.bounce_reason,
    )
    contact.bounced_at, contact.bounce_reason, contact.trusted_at = None, "", by.at
