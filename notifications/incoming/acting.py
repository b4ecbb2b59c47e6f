"""What a bounce does: to the message that came back, to its address, and who is to be told.

Nothing on the word of a mail that names no message of ours, nothing to an address that has
been changed or trusted again since, and nothing a second time.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from agenda.models import Attempt, Contact, IncomingMail, Message, MessageState, Round, identity
from agenda.register import By, ProductPart, What, record, subject_of_message
from agenda.words.addresses import mailbox_of
from notifications.incoming.judging import Judged
from notifications.incoming.refused import Return
from notifications.incoming.reports import MailReport, reply_code_in
from notifications.incoming.settled import Settled, settle_mail
from notifications.incoming.words import storable
from notifications.post.refusals import About

RETURNED = "returned"
"""The outcome of a try that a server took and sent back. Not that of a refusal: several of those
in a row are taken for our own mail server's fault, which says nothing of what it took."""


def act_on(
    session: Session, mail: IncomingMail, message: Message, judged: Judged, *, now: datetime
) -> None:
    """Record what a bounce says of a message, if that is news; it is told afterwards."""
    by = By.product(ProductPart.INCOMING, now)
    about = judged.about(message.recipient)
    if about is None:
        return
    report, why = about
    if why is Return.DEAD and not _is_surely_dead(mail, message, report):
        why = Return.REFUSED
    report = replace(report, said=storable(report.said))
    mail.why, mail.said = why.value, report.said
    if not _is_news(session, mail, message):
        settle_mail(mail, Settled.NOTED, by=by)
        return
    if why is Return.DELAYED:
        record(session, by, What.MESSAGE_DELAYED, subject_of_message(message), after=report.said)
        settle_mail(mail, Settled.NOTED, by=by)
        return
    is_dead = why is Return.DEAD and _mark(session, message, report.said, by=by)
    _give_up(session, message, report, by=by, is_dead=is_dead)
    if why is Return.DEAD and not is_dead:
        # The address has been changed or trusted since: only this message did not arrive.
        mail.why = Return.REFUSED.value
    settle_mail(mail, Settled.ACTED_ON, by=by)


def _is_surely_dead(mail: IncomingMail, message: Message, report: MailReport) -> bool:
    """A message found by an address alone may be another; another address may be its reader's."""
    is_another = report.address and mailbox_of(report.address) != mailbox_of(message.recipient)
    return not (mail.is_by_address or is_another)


def _is_news(session: Session, mail: IncomingMail, message: Message) -> bool:
    """Whether the message is as it was when it came back: sent, in a round that is open."""
    if message.state is not MessageState.SENT or message.sent_at is None:
        return False
    if message.retried_at is not None and mail.arrived_at < message.sent_at:
        return False  # of the time before it was put back
    return session.get_one(Round, message.round_id).closed_at is None


def _mark(session: Session, message: Message, said: str, *, by: By) -> bool:
    """Mark the contact, if it still is who the message was sent to; whether it is marked."""
    contact = session.get(Contact, message.contact_id) if message.contact_id else None
    if contact is None or contact.is_removed:
        return False
    if mailbox_of(contact.address) != mailbox_of(message.recipient):
        return False
    is_trusted_since = contact.trusted_at is not None and (
        message.sent_at is None or message.sent_at < contact.trusted_at
    )
    if is_trusted_since:
        return False
    if contact.bounced_at is None:
        contact.bounced_at, contact.bounce_reason = by.at, said
        record(session, by, What.CONTACT_BOUNCED, subject_of_message(message), after=said)
    return True


def _give_up(
    session: Session, message: Message, report: MailReport, *, by: By, is_dead: bool
) -> None:
    """As for a message that the mail server refused at once: it did not arrive."""
    message.state, message.outcome = MessageState.FAILED, report.said
    session.add(
        Attempt(
            message_id=identity(message),
            at=by.at,
            outcome=RETURNED,
            code=reply_code_in(report.said),
            about=(About.MAILBOX if is_dead else About.LETTER).value,
            said=report.said,
        )
    )
    record(session, by, What.MESSAGE_RETURNED, subject_of_message(message), after=report.said)
    session.flush()
