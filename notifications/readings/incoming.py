"""Mail that has come in, as the desk and the commands show it: as text, never as HTML."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, or_, select

from agenda.models import Activity, IncomingMail, Message, Organisation, Round, identity
from agenda.storage.contents import octets_of
from agenda.words.errors import NotFound
from notifications.incoming.enclosed import EnclosedFile, enclosed_files
from notifications.incoming.sentences import SENTENCES


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One mail that has come in."""

    id: int
    arrived_at: datetime
    """When it reached the mailbox: an answer in it came in then."""
    sender: str
    sender_name: str
    subject: str
    sort: str
    """"bounce", "automatic", "ordinary" or "unreadable"."""
    why: str
    """Of a bounce: "dead", "refused" or "delayed"."""
    said: str
    """Of a bounce: the server's own words."""
    about: str
    """Of what speaks of a message of ours: that message's subject."""
    round_name: str | None
    organisation: str | None
    """By its key; None where nobody knows whose mail it is."""
    organisation_name: str | None
    activity: str | None
    """By its key; None where it may be about several."""
    text: str
    settled_at: datetime | None
    settled_by: str
    settled_how: str
    """"acted_on", "noted", "set_aside" or "registered"; empty while it waits for somebody."""
    answer_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneMail:
    """A mail to be read whole, and what is to be registered of it."""

    line: MailLine
    is_whole: bool
    """Of one that is too large only the beginning is kept."""
    sha256: str
    files: tuple[EnclosedFile, ...]


def mail_lines(
    session: Session, *, round_id: int | None = None, waits: bool | None = None
) -> list[MailLine]:
    """The mails in the order they came: a round's, with those that nobody knows whose they are.

    Args:
        session: Any session.
        round_id: Only of this round and of none; else all.
        waits: Only those that wait for somebody, or only those that do not; else all.
    """
    query = _lines()
    if round_id is not None:
        query = query.where(_concerns(round_id))
    if waits is not None:
        is_waiting = col(IncomingMail.settled_at).is_(None)
        query = query.where(is_waiting if waits else ~is_waiting)
    ordered = query.order_by(col(IncomingMail.arrived_at), col(IncomingMail.id))
    return [_line(*row) for row in session.execute(ordered)]


def waiting_mails(session: Session, *, round_id: int) -> int:
    """How many mails wait for somebody: of a round, and of none."""
    query = select(func.count()).where(col(IncomingMail.settled_at).is_(None), _concerns(round_id))
    return session.exec(query).one()


def one_mail(session: Session, mail_id: int) -> OneMail:
    """One mail with its files, each looked at.

    Raises:
        NotFound: there is no such mail.
    """
    row = session.execute(_lines().where(IncomingMail.id == mail_id)).first()
    if row is None:
        raise NotFound(SENTENCES("no_mail", number=mail_id))
    mail = row[0]
    return OneMail(
        line=_line(*row),
        is_whole=mail.is_whole,
        sha256=mail.sha256,
        files=enclosed_files(octets_of(session, mail.sha256)),
    )


def raw_mail(session: Session, mail_id: int) -> bytes:
    """A mail exactly as it came.

    Raises:
        NotFound: there is no such mail.
    """
    mail = session.get(IncomingMail, mail_id)
    if mail is None:
        raise NotFound(SENTENCES("no_mail", number=mail_id))
    return octets_of(session, mail.sha256)


def _concerns(round_id: int) -> ColumnElement[bool]:
    of = col(IncomingMail.round_id)
    return or_(of == round_id, of.is_(None))


def _lines() -> Any:
    return (
        select_columns(IncomingMail, Message, Round, Organisation, Activity)
        .join(Message, col(Message.id) == col(IncomingMail.about_id), isouter=True)
        .join(Round, col(Round.id) == col(IncomingMail.round_id), isouter=True)
        .join(Organisation, col(Organisation.id) == IncomingMail.organisation_id, isouter=True)
        .join(Activity, col(Activity.id) == col(IncomingMail.activity_id), isouter=True)
    )


def _line(
    mail: IncomingMail,
    about: Message | None,
    round_: Round | None,
    organisation: Organisation | None,
    activity: Activity | None,
) -> MailLine:
    return MailLine(
        id=identity(mail),
        arrived_at=mail.arrived_at,
        sender=mail.sender,
        sender_name=mail.sender_name,
        subject=mail.subject,
        sort=mail.sort,
        why=mail.why,
        said=mail.said,
        about=about.subject if about else "",
        round_name=round_.name if round_ else None,
        organisation=organisation.key if organisation else None,
        organisation_name=organisation.name if organisation else None,
        activity=activity.key if activity else None,
        text=mail.text,
        settled_at=mail.settled_at,
        settled_by=mail.settled_by,
        settled_how=mail.settled_how,
        answer_id=mail.answer_id,
    )
