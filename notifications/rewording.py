"""A dated step's message that leaves later than planned says what is true on that day.

A mail server that was away overnight would make "i morgon" name a day that has come. The
facts and the day are put into words anew; the Message-ID, which is made of the key, stays.
"""

from datetime import date, datetime

from sqlmodel import Session

from agenda.facts import situation
from agenda.models import Message, Round
from agenda.plan.model import PlanHead
from agenda.timetable import Audience
from agenda.workdays import Workdays, swedish_date
from notifications.hours import leaves_at
from notifications.letters import STEPS, render
from notifications.notices import letter
from notifications.office import Office
from notifications.outbox import Recipient
from notifications.recipients import Turn


def reword(session: Session, office: Office, message: Message, *, now: datetime) -> None:
    """Put a message that is about to leave into this day's words, if it was written for another.

    What is not a dated step names the date alone, which is as true on any day.
    """
    if message.template not in STEPS or message.activity_id is None:
        return
    if _written_for(session, message) == swedish_date(now):
        return
    known = situation(session, message.activity_id, organisation_id=message.organisation_id)
    place = next(iter(known.places.values()), None) if message.organisation_id else None
    words = render(
        letter(
            Turn(session, office, known, now),
            Recipient(
                name=message.recipient_name, address=message.recipient, language=message.language
            ),
            message.template,
            now,
            place=place,
            is_copy=message.audience == Audience.ESCALATION and message.contact_id is None,
        )
    )
    message.subject, message.text, message.html = words.subject, words.text, words.html
    message.text_links, message.html_links = list(words.text_links), list(words.html_links)


def _written_for(session: Session, message: Message) -> date:
    """The Swedish day on which a message was to leave when it was written."""
    head = PlanHead.model_validate(session.get_one(Round, message.round_id).plan)
    workdays = Workdays(head.closed_days)
    planned = leaves_at(message.queued_at, head.sending, workdays, by=message.leaves_by)
    return swedish_date(planned)
