"""Taking a message to send it: which can leave, whether it holds, and whose it is until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import BindParameter, ColumnElement, Engine, and_, bindparam, or_
from sqlmodel import Session, col, select, update

from agenda.models import Link, Message, MessageState, Round, identity
from agenda.register import By, ProductPart, What, record, subject_of_message
from agenda.storage.store import transaction
from agenda.workdays import Workdays
from notifications.delivery.rewording import reword
from notifications.delivery.still_true import objection
from notifications.letters.link_places import with_address
from notifications.office import Office
from notifications.outbox.hours import leaves_at
from notifications.post.outgoing import Outgoing
from notifications.post.patience import LEASE

HELD_PAUSE = timedelta(minutes=10)


class Fate(StrEnum):
    """What became of a message that somebody tried to send."""

    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set_aside"
    """A person has to look at it."""
    NOT_OURS = "not_ours"
    """Somebody else has it, or it may not leave yet."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message's fate, and what the mail server said."""

    fate: Fate
    said: str = ""
    is_about_server: bool = False
    """The next message would meet the same trouble, so there is no use in trying it now."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours to send until the lease runs out."""

    id: int
    lease: str
    outgoing: Outgoing


def _is_ready(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return or_(
        and_(col(Message.state) == MessageState.QUEUED, col(Message.next_attempt_at) <= now),
        and_(col(Message.state) == MessageState.SENDING, col(Message.leased_until) <= now),
    )


# Made once: making a statement takes as long as running it.
_LEAVING = (
    select(Message.id)
    .where(
        or_(
            _is_ready(bindparam("patiently")),
            and_(_is_ready(bindparam("now")), col(Message.is_prompt)),
        )
    )
    .order_by(col(Message.next_attempt_at), col(Message.id))
)
_IS_THE_ONE = and_(col(Message.id) == bindparam("which"), _is_ready(bindparam("now")))
_CLAIMED = select(Message).where(_IS_THE_ONE).with_for_update()
_TAKEN = (
    update(Message)
    .where(_IS_THE_ONE)
    .values(
        state=MessageState.SENDING,
        lease=bindparam("lease"),
        leased_until=bindparam("until"),
        attempts=Message.attempts + 1,
    )
)
_LEAVING_OF_ONE = _LEAVING.where(col(Message.activity_id) == bindparam("activity"))


def ready(
    session: Session,
    *,
    now: datetime,
    activity_id: int | None = None,
    patience: timedelta = timedelta(),
) -> list[int]:
    """The messages that can leave now, oldest first: due, or left behind by a dead sender.

    With patience, those that became due only just now are left to the run that queued them.
    """
    query, which = _LEAVING, dict[str, Any](now=now, patiently=now - patience)
    if activity_id is not None:
        query, which = _LEAVING_OF_ONE, which | {"activity": activity_id}
    found = session.exec(query, params=which)
    return [message for message in found if message is not None]


def claim(engine: Engine, office: Office, message_id: int, *, now: datetime) -> Claimed | Delivered:
    """Take a message to send it, if it can leave now and what it says still holds."""
    with transaction(engine) as session:
        which = {"which": message_id, "now": now}
        message = session.exec(_CLAIMED, params=which).first()
        if message is None:
            return Delivered(Fate.NOT_OURS)
        # Kept for as long as this lasts, so that it is read once.
        round_ = session.get_one(Round, message.round_id)
        if message.state is MessageState.SENDING:
            _recover(session, message, now=now)
        if (until := _postponed(round_, message, now=now)) is not None:
            message.next_attempt_at = until
            return Delivered(Fate.NOT_OURS)
        if (found := objection(session, message, now=now)) is not None:
            if found.is_passing:
                message.next_attempt_at = now + HELD_PAUSE
                return Delivered(Fate.NOT_OURS, found.why)
            _withdraw(session, message, found.why, now=now)
            return Delivered(Fate.WITHDRAWN, found.why)
        reword(session, office, message, now=now)
        return _take(session, round_, message, office, now=now)


def _take(
    session: Session, round_: Round, message: Message, office: Office, *, now: datetime
) -> Claimed | Delivered:
    lease = uuid4().hex
    # A conditional update, because with another isolation level, or a database that takes no
    # row lock, somebody else could have taken it since it was read.
    session.flush()
    which = {"which": message.id, "now": now, "lease": lease, "until": now + LEASE}
    if session.connection().execute(_TAKEN, which).rowcount != 1:
        return Delivered(Fate.NOT_OURS)
    return Claimed(identity(message), lease, _outgoing(session, round_, message, office))


def _postponed(round_: Round, message: Message, *, now: datetime) -> datetime | None:
    """Until when a message waits: quiet hours, or a round whose sending is paused."""
    if round_.sending_paused_at is not None:
        return now + HELD_PAUSE
    if message.is_prompt:
        return None
    head = round_.head
    at = leaves_at(now, head.sending, Workdays(head.closed_days), by=message.leaves_by)
    return at if at > now else None


def _recover(session: Session, message: Message, *, now: datetime) -> None:
    """Put back what a dead sender left: the mail server may have it, or may not."""
    message.state, message.is_uncertain = MessageState.QUEUED, True
    message.lease, message.leased_until = None, None
    words = "Avsändaren dog mitt i; går meddelandet igen har det samma Message-ID."
    by = By.product(ProductPart.POST, now)
    record(session, by, What.MESSAGE_UNCERTAIN, subject_of_message(message), after=words)


def _withdraw(session: Session, message: Message, why: str, *, now: datetime) -> None:
    message.state, message.outcome = MessageState.WITHDRAWN, why
    by = By.product(ProductPart.POST, now)
    record(session, by, What.MESSAGE_WITHDRAWN, subject_of_message(message), after=why)


def _outgoing(session: Session, round_: Round, message: Message, office: Office) -> Outgoing:
    coordinator = round_.head.coordinator
    text, html = _with_link(session, message, office)
    return Outgoing(
        message_id=message.message_id,
        date_at=message.queued_at,
        sender=office.sender,
        sender_name=office.sender_name,
        recipient=message.recipient,
        recipient_name=message.recipient_name,
        reply_to=coordinator.address,
        reply_to_name=coordinator.name,
        subject=message.subject,
        text=text,
        html=html,
        language=message.language,
        in_reply_to=message.in_reply_to,
        calendar=message.calendar,
        calendar_method=message.calendar_method,
        key=message.step_key,
    )


def _with_link(session: Session, message: Message, office: Office) -> tuple[str, str]:
    """A message's text and HTML with the link, which is stored in neither."""
    if message.link_id is None:
        return message.text, message.html
    address = office.keyring.address(session.get_one(Link, message.link_id))
    return (
        with_address(message.text, message.text_links, address, is_html=False),
        with_address(message.html, message.html_links, address, is_html=True),
    )
