"""A mail that has come in is kept as it came, judged, matched, and acted upon: once each."""

import hashlib
from datetime import datetime
from email.utils import getaddresses
from enum import StrEnum

from sqlmodel import Session, col, select

from agenda.models import IncomingMail, Mailbox, identity
from agenda.register import By, ProductPart
from agenda.storage.contents import keep
from agenda.words.texts import on_one_line
from notifications.incoming.acting import act_on
from notifications.incoming.erasing import mark_of
from notifications.incoming.fetched import Fetched, Position
from notifications.incoming.finding import FoundMessage, find
from notifications.incoming.identifiers import named_ids_of
from notifications.incoming.judging import Judged, Sort, judge
from notifications.incoming.mail import ReadMail, read_mail
from notifications.incoming.settled import Settled, settle_mail
from notifications.incoming.words import storable

LONGEST_KEPT_TEXT = 100_000
_LONGEST_LINE = 500


def position_of(session: Session, name: str) -> tuple[Mailbox, Position]:
    """A mailbox's row, made when it is first read, and how far it was read."""
    row = session.exec(select(Mailbox).where(Mailbox.name == name)).first()
    if row is None:
        row = Mailbox(name=name)
        session.add(row)
        session.flush()
    return row, Position(row.validity, row.read_to)


class Taken(StrEnum):
    """What became of one mail."""

    NEW = "new"
    KNOWN = "known"


def take_in(
    session: Session, name: str, fetched: Fetched, *, now: datetime, is_judged: bool = True
) -> Taken:
    """Keep a mail and the place that the mailbox is read to, in the same transaction.

    So that after a crash none is missed; one that is here already is known by its hash. One that
    is not judged, because that went wrong, is left to a person.
    """
    box, _ = position_of(session, name)
    box.validity = fetched.position.validity
    box.read_to = fetched.position.read_to
    sha256 = hashlib.sha256(fetched.raw).hexdigest()
    if _is_known(session, box, sha256):
        return Taken.KNOWN
    mail = read_mail(fetched.raw) if is_judged else ReadMail(is_readable=False)
    judged = judge(mail)
    row = _row(mail, judged, fetched, now=now)
    row.mailbox_id, row.sha256 = identity(box), keep(session, fetched.raw)
    named = named_ids_of(mail)
    found = find(session, judged, sender=row.sender, named=named, arrived_at=row.arrived_at)
    _match(row, found)
    session.add(row)
    session.flush()
    _follow(session, row, found, judged, named=bool(named), now=now)
    return Taken.NEW


def _is_known(session: Session, box: Mailbox, sha256: str) -> bool:
    query = select(IncomingMail.id).where(
        IncomingMail.mailbox_id == box.id, col(IncomingMail.sha256).in_((sha256, mark_of(sha256)))
    )
    return session.exec(query).first() is not None


def _row(mail: ReadMail, judged: Judged, fetched: Fetched, *, now: datetime) -> IncomingMail:
    name, address = _sender(mail)
    return IncomingMail(
        mailbox_id=0,
        place=_line(fetched.place),
        sha256="",
        is_whole=fetched.is_whole,
        arrived_at=min(fetched.arrived_at, now),
        read_at=now,
        message_id=_line(mail.first("message-id")),
        sender=_line(address),
        sender_name=_line(name),
        subject=_line(mail.first("subject")),
        text=storable(mail.text)[:LONGEST_KEPT_TEXT],
        sort=judged.sort.value,
    )


def _sender(mail: ReadMail) -> tuple[str, str]:
    """Who wrote it: a name and an address; either may be missing."""
    try:
        found = getaddresses([mail.first("from")])
    except (ValueError, IndexError, TypeError):
        found = []
    return found[0] if found else ("", "")


def _line(text: str) -> str:
    return on_one_line(storable(text))[:_LONGEST_LINE]


def _match(row: IncomingMail, found: FoundMessage) -> None:
    row.about_id = found.message.id if found.message is not None else None
    row.is_by_address = found.is_by_address
    row.round_id, row.organisation_id = found.round_id, found.organisation_id
    row.activity_id = found.activity_id


def _follow(
    session: Session,
    row: IncomingMail,
    found: FoundMessage,
    judged: Judged,
    *,
    named: bool,
    now: datetime,
) -> None:
    """What follows by itself: of a bounce that is ours, and of what a program has answered."""
    if judged.sort is Sort.AUTOMATIC:
        settle_mail(row, Settled.SET_ASIDE, by=By.product(ProductPart.INCOMING, now))
    elif judged.sort is Sort.BOUNCE and found.message is not None:
        act_on(session, row, found.message, judged, now=now)
    elif judged.sort is Sort.BOUNCE:
        # Shown, and never acted upon: of a mail that we never sent, or of nobody knows which.
        report, why = judged.reports[0]
        row.why, row.said = why.value, storable(report.said)
        if named:
            settle_mail(row, Settled.NOTED, by=By.product(ProductPart.INCOMING, now))
