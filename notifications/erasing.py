"""What is erased when its time has come: files never sent in, addresses, mails, sign-ins.

Part of the daily round, and of the same round without Prefect. What the register says stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from agenda.links.links import revoke
from agenda.models import Activity, Attempt, Invitation, Link, Message, MessageState, Round
from agenda.people import directory, sessions, signing_in
from agenda.register import By, ProductPart
from agenda.replies.erasing import erase_unsent_files, replies_with_old_files
from agenda.storage.store import forget_what_is_deleted, reading, transaction
from notifications.incoming.erasing import erase_old_mails, has_old_mails

SIGN_INS_FOR = timedelta(days=1)
"""How long it is known who asked to be let in to the desk, and which sessions have ended."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What a round of erasing came to."""

    files: int
    addresses: int


def erase_what_is_old(engine: Engine, *, days: int, now: datetime) -> Erased:
    """Erase what nobody needs `days` after it was taken off, or its round was closed."""
    before, files = now - timedelta(days=days), 0
    with reading(engine) as session:
        replies = replies_with_old_files(session, before=before)
        has_addresses = bool(_colleagues(session, before))
        has_mails = has_old_mails(session, before=before)
    for invitation_id in replies:
        # Each by itself: whoever writes meanwhile does not wait for all.
        with transaction(engine) as session:
            files += erase_unsent_files(session, invitation_id, before=before, now=now)
    addresses = 0
    if has_addresses:
        with transaction(engine) as session:
            addresses = _erase_addresses(session, before=before, now=now)
    mails = 0
    if has_mails:
        with transaction(engine) as session:
            mails = erase_old_mails(session, before=before)
    with transaction(engine) as session:
        # What the limits count by is an hour old at most.
        sessions.forget_ended(session, before=now - SIGN_INS_FOR)
        signing_in.forget_old(session, before=now - SIGN_INS_FOR)
        directory.forget_old(session, before=now - SIGN_INS_FOR)
    if files or addresses or mails:
        forget_what_is_deleted(engine)
    return Erased(files, addresses)


def _colleagues(session: Session, before: datetime) -> Sequence[Link]:
    """The links of colleagues whose addresses are known, of rounds closed before an instant."""
    query = (
        select(Link)
        .join(Invitation)
        .join(Activity)
        .join(Round, col(Round.id) == Activity.round_id)
        .where(col(Link.invited_by_id).is_not(None), Link.address != "")
        .where(col(Round.closed_at) <= before)
    )
    return session.exec(query.order_by(col(Link.id))).all()


def _erase_addresses(session: Session, *, before: datetime, now: datetime) -> int:
    found = _colleagues(session, before)
    for link in found:
        # Closed too: without an address it would pass for the organisation's own.
        revoke(session, link, by=By.product(ProductPart.ERASING, now))
        link.address = ""
        session.add(link)
    _erase_from_outbox(session, [link.id for link in found if link.id is not None])
    return len(found)


def _erase_from_outbox(session: Session, link_ids: Sequence[int]) -> None:
    """Take the addresses out of the mails to colleagues; what has not left by now never will."""
    mails = col(Message.link_id).in_(link_ids)
    session.exec(
        update(Message)
        .where(mails, col(Message.state) != MessageState.SENT)
        .values(state=MessageState.WITHDRAWN, lease=None, leased_until=None)
    )
    numbers = select(Message.id).where(mails)
    session.exec(update(Attempt).where(col(Attempt.message_id).in_(numbers)).values(said=""))
    session.exec(update(Message).where(mails).values(recipient="", outcome=""))
