"""The receipts for an answer, made before it has its turn to write.

What an answer's receipt says is known before the answer is stored. So it is read, not tried:
an answer can bring files, and they are stored once.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from agenda.forms.changing import uploads_in
from agenda.forms.fields import Form
from agenda.forms.shown import rows
from agenda.forms.stored import fitted, settled
from agenda.models import AnswerKind
from agenda.replies import Reply
from agenda.workdays import midnight_after
from notifications.acts.turns import colleague_of, turn_of_one
from notifications.letters.letter import Receipt
from notifications.notices.making import Ahead, Wanted
from notifications.notices.telling import letter
from notifications.office import Office
from notifications.outbox.recipients import organisation_recipients


def receipts(
    session: Session,
    office: Office,
    reply: Reply,
    form: Form,
    *,
    kind: AnswerKind,
    now: datetime,
) -> Ahead:
    """The receipts for an answer that is about to be sent in; `form` is what it asks."""
    found = _wanted(session, office, reply, _receipt(reply, form, kind=kind, now=now), now=now)
    return {wanted.key: wanted.made() for wanted in found}


def _receipt(reply: Reply, form: Form, *, kind: AnswerKind, now: datetime) -> Receipt:
    is_whole = kind is AnswerKind.SUBMISSION
    content = settled(form, fitted(form, reply.content)) if is_whole else {}
    named = uploads_in(form, content)
    return Receipt(
        kind=kind.value,
        received_at=now,
        version=(reply.answers[0].version if reply.answers else 0) + 1,
        is_late=now >= midnight_after(reply.due_on),
        rows=tuple(rows(form, content, language=reply.organisation.language)),
        files=tuple((one.name, one.sha256) for one in reply.uploads if one.id in named),
    )


def _wanted(
    session: Session, office: Office, reply: Reply, receipt: Receipt, *, now: datetime
) -> Iterator[Wanted]:
    turn, party = turn_of_one(session, office, reply.invitation, now)
    to, by = organisation_recipients(party), reply.link
    if by.address not in ("", *(contact.address for contact in to)):
        to = [*to, colleague_of(party, by)]
    for recipient in to:
        words = letter(turn, recipient, "receipt", now, party=party, receipt=receipt)
        # The answer is in when it is receipted, and is not yet now.
        answered = replace(words, answered=(party.organisation.name,), outstanding=())
        yield Wanted(turn, recipient, answered, party)
