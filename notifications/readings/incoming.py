"""Mail that has come in, as the desk and the commands show it: as text, never as HTML."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_columns
from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, or_, select

from agenda.models import Activity, Contact, IncomingMail, Message, Organisation, Round, identity
from agenda.storage.contents import octets_of
from agenda.words.addresses import mailbox_of
from agenda.words.errors import NotFound
from notifications.incoming.enclosed import EnclosedFile, enclosed_files
from notifications.incoming.sentences import SENTENCES
from notifications.incoming.settled import Settled

_WITHOUT_TEXT = defer(IncomingMail.text, raiseload=True)  # type: ignore[arg-type]
"""A list needs none of it, and of a thousand mails it is much."""


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
    settled_at: datetime | None
    settled_by: str
    settled_how: str
    """"acted_on", "noted", "set_aside" or "registered"; empty while it waits for somebody."""
    answer_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneMail:
    """A mail to be read whole, and what is to be registered of it."""

    line: MailLine
    text: str
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
    return [_line(*row) for row in session.execute(ordered.options(_WITHOUT_TEXT))]


def mails_at_desk(
    session: Session,
    round_: Round,
    *,
    coordinates: bool,
    number: int | None = None,
    waits: bool = False,
) -> list[MailLine]:
    """The mails that somebody may see in a round at the desk, the newest first.

    A mail of a round is for whoever may see that round. One of no round, or of a round that is
    closed, is for those who coordinate an open round that its sender is a contact in. What
    nobody is known to have written is for everybody who coordinates an open round: else nobody
    would ever look at it.

    Args:
        session: A session that reads.
        round_: The round.
        coordinates: Whether they coordinate it; who only reads sees no mail of other rounds.
        number: Only the mail of this number.
        waits: Only those that wait for somebody.
    """
    query = _lines().order_by(col(IncomingMail.arrived_at).desc(), col(IncomingMail.id).desc())
    own = col(IncomingMail.round_id) == round_.id
    if coordinates and round_.closed_at is None:
        unclaimed = or_(col(IncomingMail.round_id).is_(None), col(Round.closed_at).is_not(None))
        query = query.where(or_(own, unclaimed))
    else:
        query = query.where(own)
    if number is not None:
        query = query.where(IncomingMail.id == number)
    if waits:
        query = query.where(col(IncomingMail.settled_at).is_(None))
    rows = session.execute(query.options(_WITHOUT_TEXT)).all()
    rounds = _rounds_by_mailbox(session) if rows else {}
    return [_line(*row) for row in rows if _is_for(row[0], round_, rounds)]


def mails_of(session: Session, organisation_id: int) -> list[MailLine]:
    """The mails of an organisation, and those that came back from it; the newest first."""
    query = _lines().where(IncomingMail.organisation_id == organisation_id)
    ordered = query.order_by(col(IncomingMail.arrived_at).desc(), col(IncomingMail.id).desc())
    return [_line(*row) for row in session.execute(ordered.options(_WITHOUT_TEXT))]


def mail_at_desk(session: Session, round_: Round, mail_id: int, *, coordinates: bool) -> OneMail:
    """One mail that somebody may see in a round; by the same rules as the list.

    Raises:
        NotFound: there is no such mail, or it is not for them: which of the two is not said.
    """
    if not mails_at_desk(session, round_, coordinates=coordinates, number=mail_id):
        raise NotFound(SENTENCES("no_mail", number=mail_id))
    return one_mail(session, mail_id)


def sender_in(session: Session, round_: Round, sender: str) -> str | None:
    """The key of the one organisation of a round that an address belongs to; else None."""
    wanted = mailbox_of(sender)
    found = {
        key
        for round_id, key, address in _contacts(session)
        if round_id == round_.id and mailbox_of(address) == wanted
    }
    return next(iter(found)) if len(found) == 1 else None


def _is_for(mail: IncomingMail, round_: Round, rounds: Mapping[str, set[int]]) -> bool:
    if mail.round_id == round_.id:
        return True
    theirs = rounds.get(mailbox_of(mail.sender), set())
    # Of a closed round and by nobody who is known here: that round's own people see it.
    return identity(round_) in theirs if theirs else mail.round_id is None


def _rounds_by_mailbox(session: Session) -> Mapping[str, set[int]]:
    """The open rounds that each mailbox is a contact's in."""
    found: dict[str, set[int]] = defaultdict(set)
    for round_id, _, address in _contacts(session):
        found[mailbox_of(address)].add(round_id)
    return found


def _contacts(session: Session) -> Iterator[tuple[int, str, str]]:
    """Round, organisation and address of every contact of the open rounds.

    Compared here and not by the database: SQLite knows no capital Å.
    """
    query = (
        select(Organisation.round_id, Organisation.key, Contact.address)
        .join(Contact, col(Contact.organisation_id) == col(Organisation.id))
        .join(Round, col(Round.id) == col(Organisation.round_id))
        .where(col(Contact.is_removed).is_(False), col(Round.closed_at).is_(None))
    )
    yield from session.exec(query)


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
        text=mail.text,
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
    if mail is None or mail.settled_how == Settled.ERASED:
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
        .where(col(IncomingMail.settled_how) != Settled.ERASED.value)
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
        settled_at=mail.settled_at,
        settled_by=mail.settled_by,
        settled_how=mail.settled_how,
        answer_id=mail.answer_id,
    )
