"""A message that leaves later than it was written says what is true when it leaves.

A mail server that was away overnight would make "i morgon" name a day that has come, and a
notice held over a weekend would count the answers of Friday. The facts and the day are put
into words anew; the Message-ID, which is made of the key, stays.
"""

from datetime import date, datetime

from sqlmodel import Session

from agenda.models import Message, Round
from agenda.rounds.facts import situation
from agenda.steps.kinds import Audience
from agenda.workdays import Workdays, swedish_date
from notifications.letters.kinds import STEPS
from notifications.letters.letter import Letter
from notifications.letters.rendering import render
from notifications.letters.said import digest, taken_up
from notifications.notices.own_work import OWN_WORK, say_what_holds
from notifications.notices.telling import letter
from notifications.office import Office
from notifications.outbox.hours import leaves_at
from notifications.outbox.queue import Recipient
from notifications.outbox.recipients import Turn


def reword(session: Session, office: Office, message: Message, *, now: datetime) -> None:
    """Put a message that is about to leave into this moment's words, if they are others."""
    if message.template == OWN_WORK:
        say_what_holds(session, office, message, now=now)
        return
    if message.activity_id is None or not _may_differ(session, message, now):
        return
    letter_now = _letter(session, office, message, now)
    if digest(letter_now) == message.worded_of:
        return
    words = render(letter_now)
    message.subject, message.text, message.html = words.subject, words.text, words.html
    message.text_links, message.html_links = list(words.text_links), list(words.html_links)
    message.worded_of = digest(letter_now)


def _may_differ(session: Session, message: Message, now: datetime) -> bool:
    """Whether anything that it says can have changed since it was written.

    A step's message to an organisation is withdrawn when its facts change: of it only the day
    can differ. What came in, or whose link was renewed, stays as it was.
    """
    if message.queued_at == now:
        return False
    if message.template in STEPS and (message.organisation_id is not None or not message.worded_of):
        return _written_for(session, message) != swedish_date(now)
    return bool(message.worded_of) and (message.template in STEPS or message.said is not None)


def _letter(session: Session, office: Office, message: Message, now: datetime) -> Letter:
    known = situation(session, message.activity_id or 0, organisation_id=message.organisation_id)
    party = next(iter(known.parties.values()), None) if message.organisation_id else None
    return letter(
        Turn(session, office, known, now),
        Recipient(
            name=message.recipient_name, address=message.recipient, language=message.language
        ),
        message.template,
        now,
        party=party,
        is_copy=message.audience == Audience.ESCALATION and message.contact_id is None,
        step=message.step if message.template in STEPS else "",
        **taken_up(message.said or {}),
    )


def _written_for(session: Session, message: Message) -> date:
    """The Swedish day on which a message was to leave when it was written."""
    head = session.get_one(Round, message.round_id).head
    workdays = Workdays(head.closed_days)
    planned = leaves_at(message.queued_at, head.sending, workdays, by=message.leaves_by)
    return swedish_date(planned)
