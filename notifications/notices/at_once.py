"""A mail that leaves at once, past the outbox: somebody waits for it; it is about no activity."""

from datetime import datetime
from uuid import uuid4

from agenda.plan.model import Person
from agenda.words.sentence import said
from agenda.workdays import swedish_date
from notifications.letters.letter import Letter
from notifications.letters.rendering import render
from notifications.letters.sentences import SENTENCES
from notifications.post.outgoing import Outgoing


def at_once(
    template: str,
    *,
    sender: str,
    sender_name: str,
    to: str,
    name: str = "",
    language: str = "sv",
    now: datetime,
    sign_in_url: str | None = None,
) -> Outgoing:
    """One mail to one address; it is not on record, so it is tried once."""
    today = swedish_date(now)
    words = render(
        Letter(
            template=template,
            language=language,
            round_name="",
            plan_title=said(SENTENCES("product"), language),
            activity_title="",
            description="",
            starts_on=today,
            due_on=today,
            is_quarter=False,
            today=today,
            workdays_left=0,
            coordinator=Person(name=sender_name, address=sender),
            recipient_name=name or to,
            sign_in_url=sign_in_url,
        )
    )
    return Outgoing(
        message_id=f"<{uuid4().hex}@{sender.rpartition('@')[2]}>",
        date_at=now,
        sender=sender,
        sender_name=sender_name,
        recipient=to,
        recipient_name=name,
        reply_to=sender,
        reply_to_name=sender_name,
        subject=words.subject,
        text=words.text,
        html=words.html,
        language=language,
        key=template,
    )
