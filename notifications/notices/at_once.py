"""A mail that leaves at once, past the outbox: somebody waits for it; it is about no activity."""

from datetime import datetime
from uuid import uuid4

from agenda.plan.model import Person
from agenda.workdays import swedish_date
from notifications.letters.letter import Letter
from notifications.letters.rendering import render
from notifications.office import Office
from notifications.post.outgoing import Outgoing

_PRODUCT = {"sv": "påverkansagendan", "en": "the advocacy agenda"}


def at_once(
    office: Office,
    template: str,
    *,
    to: str,
    name: str = "",
    language: str = "sv",
    now: datetime,
    sign_in_url: str | None = None,
) -> Outgoing:
    """One mail from the office to one address; it is not on record, so it is tried once."""
    today = swedish_date(now)
    words = render(
        Letter(
            template=template,
            language=language,
            round_name="",
            plan_title=_PRODUCT[language],
            activity_title="",
            description="",
            starts_on=today,
            due_on=today,
            is_quarter=False,
            today=today,
            workdays_left=0,
            coordinator=Person(name=office.sender_name, address=office.sender),
            recipient_name=name or to,
            sign_in_url=sign_in_url,
        )
    )
    return Outgoing(
        message_id=f"<{uuid4().hex}@{office.domain}>",
        date_at=now,
        sender=office.sender,
        sender_name=office.sender_name,
        recipient=to,
        recipient_name=name,
        reply_to=office.sender,
        reply_to_name=office.sender_name,
        subject=words.subject,
        text=words.text,
        html=words.html,
        language=language,
        key=template,
    )
