"""The outbox: a message is queued in the transaction of its cause, and exists once.

States: queued -> sending -> sent, or failed (never to arrive), or withdrawn (no longer
true). Its key names the cause and the recipient; its Message-ID is made of the key, so a
second try at the same message is recognised as the same by every mail program.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select, update

from agenda.models import Message, MessageState, Round
from notifications.letters import Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a message exists."""

    round_id: int
    activity_id: int | None
    organisation_id: int | None
    audience: str
    step_key: str
    step: str
    template: str
    due_on: date | None
    is_prompt: bool = False
    leaves_by: datetime | None = None
    link_id: int | None = None
    """The personal link whose address is put in when it leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One address that a message goes to."""

    name: str
    address: str
    language: str = "sv"
    contact_id: int | None = None


def queue(
    session: Session,
    cause: Cause,
    recipient: Recipient,
    rendered: Rendered,
    *,
    now: datetime,
    leaves_at: datetime,
    domain: str,
    calendar: bytes | None = None,
) -> int | None:
    """Add a message, unless it exists; its id, or None.

    A message that was withdrawn before it left is taken up again with its new words.

    Args:
        session: The transaction of the cause.
        cause: Why it exists; with the recipient this makes its key.
        recipient: The one address it goes to.
        rendered: Its words.
        now: When it is queued.
        leaves_at: When it may leave at the earliest.
        domain: The domain of its Message-ID.
        calendar: An iCalendar file to attach.
    """
    uid = session.get_one(Round, cause.round_id).uid
    key = message_key(uid, cause, recipient)
    values: dict[str, Any] = {
        "round_id": cause.round_id,
        "activity_id": cause.activity_id,
        "organisation_id": cause.organisation_id,
        "contact_id": recipient.contact_id,
        "audience": cause.audience,
        "step_key": cause.step_key,
        "step": cause.step,
        "template": cause.template,
        "due_on": cause.due_on,
        "is_prompt": cause.is_prompt,
        "leaves_by": cause.leaves_by,
        "link_id": cause.link_id,
        "recipient_name": recipient.name,
        "recipient": recipient.address,
        "language": recipient.language,
        "subject": rendered.subject,
        "text": rendered.text,
        "html": rendered.html,
        "calendar": calendar,
        "in_reply_to": _invitation_of(session, cause, recipient),
        "queued_at": now,
        "state": MessageState.QUEUED,
        "next_attempt_at": leaves_at,
        "attempts": 0,
        "is_uncertain": False,
        "outcome": "",
    }
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(Message).values(
        key=key, message_id=f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>", **values
    )
    # The unique key decides, not a look beforehand: two runs at once give one message.
    statement = statement.on_conflict_do_update(
        index_elements=["key"], set_=values, where=col(Message.state) == MessageState.WITHDRAWN
    )
    return session.scalar(statement.returning(col(Message.id)))


def message_key(round_uid: str, cause: Cause, recipient: Recipient) -> str:
    """What makes a message the same message: its round, its cause and its recipient."""
    address = hashlib.sha256(recipient.address.casefold().encode()).hexdigest()[:16]
    return f"{round_uid}|{cause.step_key}|{cause.organisation_id or '-'}|{address}"


def withdraw_queued(session: Session, *, activity_id: int, audiences: tuple[str, ...]) -> None:
    """Withdraw what is queued about an activity, because its last day has been moved."""
    session.exec(
        update(Message)
        .where(
            col(Message.activity_id) == activity_id,
            col(Message.state) == MessageState.QUEUED,
            col(Message.audience).in_(audiences),
        )
        .values(state=MessageState.WITHDRAWN, outcome="Sista dag flyttades innan det gick iväg.")
    )


def _invitation_of(session: Session, cause: Cause, recipient: Recipient) -> str | None:
    """The Message-ID that a message to an organisation threads under, if that one left."""
    if cause.organisation_id is None or cause.step == "invitation":
        return None
    return session.exec(
        select(Message.message_id)
        .where(
            Message.activity_id == cause.activity_id,
            Message.organisation_id == cause.organisation_id,
            Message.recipient == recipient.address,
            Message.step == "invitation",
            Message.state != MessageState.WITHDRAWN,
        )
        .order_by(col(Message.id))
    ).first()
