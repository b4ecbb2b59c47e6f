"""Which message of ours a mail speaks of, and whose mail it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from agenda.models import (
    Activity,
    Contact,
    Invitation,
    Message,
    MessageState,
    Organisation,
    Round,
)
from agenda.words.addresses import mailbox_of
from notifications.incoming.judging import Judged, Sort

LOOKS_BACK = timedelta(days=10)
"""How long after it left a mail may come back that names its recipient alone."""
_LEFT = (MessageState.SENT, MessageState.FAILED)


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """What a mail is about."""

    message: Message | None = None
    is_by_address: bool = False
    """It names no message: this is the newest one to an address that it names."""
    round_id: int | None = None
    organisation_id: int | None = None
    activity_id: int | None = None


def find(
    session: Session, judged: Judged, *, sender: str, named: Sequence[str], arrived_at: datetime
) -> FoundMessage:
    """What a mail is about: by an identifier of ours, else by an address.

    Args:
        session: Any session.
        judged: What the mail is.
        sender: Whose it is.
        named: What the mail itself calls a Message-ID: with one that we never sent, no
            address makes it ours.
        arrived_at: When it came.
    """
    if (message := _by_identifier(session, judged)) is not None:
        return _of(message, is_by_address=False)
    if judged.sort is Sort.BOUNCE:
        return FoundMessage() if named else _by_recipient(session, judged.addresses, arrived_at)
    return _by_sender(session, sender)


def _of(message: Message, *, is_by_address: bool) -> FoundMessage:
    return FoundMessage(
        message=message,
        is_by_address=is_by_address,
        round_id=message.round_id,
        organisation_id=message.organisation_id,
        activity_id=message.activity_id if message.organisation_id is not None else None,
    )


def _by_identifier(session: Session, judged: Judged) -> Message | None:
    """The first named that we sent, in the order of the mail."""
    ids = _first(session, col(Message.message_id), judged.ids, key=lambda one: one.message_id)
    return ids or _first(session, col(Message.key), judged.keys, key=lambda one: one.key)


def _first(
    session: Session,
    column: Mapped[str],
    values: Sequence[str],
    *,
    key: Callable[[Message], str],
) -> Message | None:
    if not values:
        return None
    rows = session.exec(select(Message).where(column.in_(values))).all()
    found = {key(row): row for row in rows}
    return next((found[value] for value in values if value in found), None)


def _by_recipient(session: Session, addresses: Iterable[str], arrived_at: datetime) -> FoundMessage:
    rows: Sequence[tuple[int | None, str]] = session.exec(
        select(Message.id, Message.recipient)
        .where(
            col(Message.state).in_(_LEFT),
            col(Message.sent_at) <= arrived_at,
            col(Message.sent_at) >= arrived_at - LOOKS_BACK,
        )
        .order_by(col(Message.sent_at), col(Message.id))
    ).all()
    # Compared here and not by the database: SQLite knows no capital Å. The newest holds.
    newest = {mailbox_of(recipient): number for number, recipient in rows}
    for address in addresses:
        if (number := newest.get(mailbox_of(address))) is not None:
            return _of(session.get_one(Message, number), is_by_address=True)
    return FoundMessage()


def _by_sender(session: Session, sender: str) -> FoundMessage:
    """The organisation whose contact it is, where that is one in one open round."""
    rows: Sequence[tuple[int, str]] = session.exec(
        select(Contact.organisation_id, Contact.address)
        .join(Organisation, col(Organisation.id) == col(Contact.organisation_id))
        .join(Round, col(Round.id) == col(Organisation.round_id))
        .where(col(Contact.is_removed).is_(False), col(Round.closed_at).is_(None))
    ).all()
    wanted = mailbox_of(sender)
    found = {number for number, address in rows if mailbox_of(address) == wanted}
    if len(found) != 1:
        return FoundMessage()
    organisation = session.get_one(Organisation, found.pop())
    return FoundMessage(
        round_id=organisation.round_id,
        organisation_id=organisation.id,
        activity_id=_only_activity(session, organisation),
    )


def _only_activity(session: Session, organisation: Organisation) -> int | None:
    """The one activity under way that asks the organisation; None where there are several."""
    rows = session.exec(
        select(Activity.id)
        .join(Invitation)
        .where(
            Invitation.organisation_id == organisation.id,
            col(Activity.done_at).is_(None),
            col(Activity.cancelled_at).is_(None),
        )
    ).all()
    return rows[0] if len(rows) == 1 else None
