"""Mails that need nothing more are erased: words, addresses, files and the mail itself.

What is registered as an answer stays as the answer does, and what waits stays until somebody has
looked. Of what is erased only a mark is left, by which it is known should it be read again: a
folder, or a mailbox that has got new numbers, gives out everything anew.
"""

import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from agenda.models import IncomingMail
from agenda.storage.contents import forget_unused, keep
from notifications.incoming.settled import Settled


def mark_of(sha256: str) -> str:
    """The hash under which a mail that was erased is still known, by that of the mail."""
    return hashlib.sha256(_mark(sha256)).hexdigest()


def has_old_mails(session: Session, *, before: datetime) -> bool:
    """Whether any mail is to be erased that was settled before an instant."""
    return session.exec(select(IncomingMail.id).where(_is_old(before)).limit(1)).first() is not None


def erase_old_mails(session: Session, *, before: datetime) -> int:
    """Erase the mails that were settled before an instant and are nobody's answer; how many."""
    found = session.exec(select(IncomingMail).where(_is_old(before))).all()
    gone = {mail.sha256 for mail in found}
    for mail in found:
        mail.sha256 = keep(session, _mark(mail.sha256))
        mail.sender = mail.sender_name = mail.subject = mail.text = mail.said = ""
        mail.message_id = mail.place = ""
        mail.settled_how = Settled.ERASED.value
    forget_unused(session, gone)
    return len(found)


def _is_old(before: datetime) -> ColumnElement[bool]:
    how, is_told = col(IncomingMail.settled_how), col(IncomingMail.told_at).is_not(None)
    needs_nothing = or_(
        how.in_((Settled.SET_ASIDE.value, Settled.NOTED.value)),
        # A bounce holds the letter that came back, with its personal link.
        and_(how == Settled.ACTED_ON.value, is_told),
    )
    return and_(col(IncomingMail.settled_at) <= before, needs_nothing)


def _mark(sha256: str) -> bytes:
    return f"raderat mejl {sha256}".encode()
