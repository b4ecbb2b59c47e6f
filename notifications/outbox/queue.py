"""The outbox: a message is queued in the transaction of its cause, and exists once.

States: queued -> sending -> sent, or failed (never to arrive), or withdrawn (no longer
true). Its key names the cause and the recipient; its Message-ID is made of the key, so a
second try at the same message is recognised as the same by every mail program.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, or_, select, update

from agenda.models import Message, MessageState, Round, identity
from agenda.steps.kinds import Audience, StepKind
from notifications.letters.kinds import STEPS
from notifications.letters.rendering import Rendered

# Made once: making a statement takes as long as running it.
_WITH_KEY = select(Message).where(Message.key == bindparam("key"))


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
    ahead_at: datetime | None = None
    """When a person had its step leave before its day."""
    is_prompt: bool = False
    leaves_by: datetime | None = None
    link_id: int | None = None
    """The link whose address is put in when it leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One address that a message goes to."""

    name: str
    address: str
    language: str = "sv"
    contact_id: int | None = None


class CalendarFile(NamedTuple):
    """The iCalendar file of a message, if it has one."""

    content: bytes | None = None
    method: str | None = None
    """None: a file to import. REQUEST or CANCEL: an invitation (RFC 5546)."""


class Worded(NamedTuple):
    """What a message's words were made of, so that they can be made anew when it leaves."""

    digest: str = ""
    said: dict[str, Any] | None = None
    """What is not known of the activity; None where that is all, or it is never made anew."""


def queue(
    session: Session,
    cause: Cause,
    recipient: Recipient,
    rendered: Rendered,
    *,
    now: datetime,
    leaves_at: datetime,
    domain: str,
    calendar: CalendarFile = CalendarFile(),  # noqa: B008  # a constant: it cannot change
    in_reply_to: str | None = None,
    worded: Worded = Worded(),  # noqa: B008  # a constant: it cannot change
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
        calendar: What is attached.
        in_reply_to: The Message-ID of the invitation that it threads under.
        worded: What its words were made of.
    """
    key = message_key(session.get_one(Round, cause.round_id).uid, cause, recipient)
    values = _told(cause) | _written(recipient, rendered, calendar) | _fresh(now, leaves_at)
    values |= {"in_reply_to": in_reply_to, "worded_of": worded.digest, "said": worded.said}
    # Looked for first: whoever writes has the turn to, so that nobody adds it meanwhile.
    message = session.exec(_WITH_KEY, params={"key": key}).first()
    if message is None:
        message_id = f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"
        message = Message(key=key, message_id=message_id, **values)
        session.add(message)
    elif message.state is MessageState.WITHDRAWN:
        message.sqlmodel_update(values)
    else:
        return None
    session.flush()
    return identity(message)


def _told(cause: Cause) -> dict[str, Any]:
    """A message's columns that say why it exists: named as the fields of its cause."""
    return {field.name: getattr(cause, field.name) for field in fields(cause)}


def _fresh(now: datetime, leaves_at: datetime) -> dict[str, Any]:
    """A message's columns that say how far it has come: nowhere yet."""
    return {
        "queued_at": now,
        "state": MessageState.QUEUED,
        "next_attempt_at": leaves_at,
        "attempts": 0,
        "is_uncertain": False,
        "outcome": "",
    }


def _written(recipient: Recipient, rendered: Rendered, calendar: CalendarFile) -> dict[str, Any]:
    """A message's columns that say to whom it goes, in what words and with what."""
    return {
        "contact_id": recipient.contact_id,
        "recipient_name": recipient.name,
        "recipient": recipient.address,
        "language": recipient.language,
        "subject": rendered.subject,
        "text": rendered.text,
        "html": rendered.html,
        "text_links": list(rendered.text_links),
        "html_links": list(rendered.html_links),
        "calendar": calendar.content,
        "calendar_method": calendar.method,
    }


def message_key(round_uid: str, cause: Cause, recipient: Recipient) -> str:
    """What makes a message the same message: its round, its cause and its recipient."""
    address = hashlib.sha256(recipient.address.casefold().encode()).hexdigest()[:16]
    return f"{round_uid}|{cause.step_key}|{cause.organisation_id or '-'}|{address}"


_DATED = (Audience.ORGANISATION.value, Audience.ESCALATION.value, Audience.RESPONSIBLE.value)
"""To whom a letter says a last day to keep."""


class Invited(NamedTuple):
    """What later messages about an activity refer to."""

    threads: Mapping[tuple[int | None, str], str]
    """The Message-ID of each invitation, by organisation and address."""
    asked_at: Mapping[int | None, datetime]
    """When each organisation's first invitation left, by organisation."""


def invited(session: Session, activity_id: int) -> Invited:
    """The invitations of an activity that left or are about to."""
    found = session.exec(
        select(Message.organisation_id, Message.recipient, Message.message_id, Message.sent_at)
        .where(
            Message.activity_id == activity_id,
            Message.step == StepKind.INVITATION.value,
            Message.state != MessageState.WITHDRAWN,
        )
        # The first one counts, and of two with one key a dictionary keeps the last.
        .order_by(col(Message.id).desc())
    ).all()
    return Invited(
        threads={(whose, to): message_id for whose, to, message_id, _ in found},
        asked_at={whose: at for whose, _, _, at in found if at is not None},
    )


def withdraw_queued(
    session: Session,
    *,
    activity_id: int,
    from_on: date,
    to_on: date,
    organisation_id: int | None = None,
    besides: Collection[str] = (),
) -> None:
    """Withdraw what is queued about an activity and names a last day that no longer holds.

    Of what the coordinator is told it is only news that something happened: that stays.

    What names a later day than the new one is about an extension, which stands; so does what
    is left out as `besides`, by its template.
    """
    names_another = or_(col(Message.due_on) == from_on, col(Message.due_on) < to_on)
    query = update(Message).where(
        col(Message.activity_id) == activity_id,
        col(Message.state) == MessageState.QUEUED,
        col(Message.audience).in_(_DATED),
        names_another,
        col(Message.template).not_in(besides),
    )
    if organisation_id is not None:
        query = query.where(col(Message.organisation_id) == organisation_id)
    session.exec(
        query.values(
            state=MessageState.WITHDRAWN, outcome="Sista dag flyttades innan det gick iväg."
        )
    )


def last_queued(session: Session, activity_id: int, template: str) -> datetime | None:
    """When a kind of letter about an activity was last queued, of those not withdrawn."""
    return session.exec(
        select(func.max(Message.queued_at)).where(
            Message.activity_id == activity_id,
            Message.template == template,
            Message.state != MessageState.WITHDRAWN,
        )
    ).one()


def withdraw_notices(
    session: Session, activity_id: int, templates: Collection[str], *, why: str
) -> None:
    """Withdraw what is queued about an activity of some kinds of letters."""
    session.exec(
        update(Message)
        .where(
            col(Message.activity_id) == activity_id,
            col(Message.state) == MessageState.QUEUED,
            col(Message.template).in_(templates),
        )
        .values(state=MessageState.WITHDRAWN, outcome=why)
    )


def withdraw_refused(session: Session, organisation_ids: Collection[int]) -> list[Message]:
    """Withdraw the steps' messages of which not one reached an organisation; those messages.

    What is withdrawn counts as never said: what is still due of it is said again.
    """
    other = aliased(Message)
    has_arrived = exists().where(
        col(other.activity_id) == col(Message.activity_id),
        col(other.organisation_id) == col(Message.organisation_id),
        col(other.step_key) == col(Message.step_key),
        col(other.audience) == col(Message.audience),
        col(other.state).not_in((MessageState.FAILED, MessageState.WITHDRAWN)),
    )
    refused = select(Message).where(
        col(Message.organisation_id).in_(organisation_ids),
        col(Message.template).in_(STEPS),
        Message.audience == Audience.ORGANISATION,
        Message.state == MessageState.FAILED,
        ~has_arrived,
    )
    found = list(session.exec(refused.order_by(col(Message.id))))
    for message in found:
        message.state = MessageState.WITHDRAWN
    return found
