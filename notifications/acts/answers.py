"""Answers: sent in through a link, recorded from a letter, receipted, told to who waits."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from agenda import replies
from agenda.forms.changing import uploads_in
from agenda.forms.field import ReplyRow
from agenda.forms.fields import Form
from agenda.forms.shown import rows
from agenda.models import (
    Activity,
    Answer,
    AnswerFile,
    AnswerKind,
    Invitation,
    Link,
    identity,
)
from agenda.register import By
from agenda.replies import Content, Reply, answers
from agenda.replies.answers import NewAnswer
from agenda.rounds.facts import situation
from agenda.rounds.parties import Party, is_anybody_missing
from notifications.acts.turns import colleague_of, turn_of, turn_of_one
from notifications.letters.letter import Receipt
from notifications.notices.arrivals import tell_of_one
from notifications.notices.queueing import queue_due, tell
from notifications.office import Office
from notifications.outbox.recipients import Turn, coordinators, organisation_recipients


def send_in(
    session: Session,
    office: Office,
    reply: Reply,
    form: Form,
    *,
    kind: AnswerKind,
    submission_key: str,
    now: datetime,
    content: Content | None = None,
) -> Answer:
    """Send an answer in: the sender and the organisation get a receipt in the same breath.

    A late answer is told the coordinator, and so is the last one that was missing.
    """
    answer, is_new = replies.send_in(
        session,
        reply.link,
        kind=kind,
        submission_key=submission_key,
        now=now,
        content=content,
        uploads=uploads_in(form, content or {}),
        form=reply.form,
    )
    if is_new:
        turn, party = turn_of_one(session, office, reply.invitation, now)
        _send_receipt(turn, party, reply.link, answer, form)
        if answer.is_late:
            tell(
                turn,
                "late_answer",
                subject_key=f"{party.organisation.key}:{answer.form}:{answer.version}",
                party=party,
                recipients=coordinators(turn),
                is_prompt=True,
            )
        tell_of_one(turn, answer, party.organisation)
        _tell_if_all_are_in(turn)
    return answer


def record_answer(
    session: Session,
    office: Office,
    invitation: Invitation,
    new: NewAnswer,
    *,
    by: By,
) -> Answer:
    """Record an answer; when it was the last one missing, the coordinator is told.

    What has been recorded with the same submission key is the same answer.
    """
    if found := answers.answer_of_key(session, invitation, new.submission_key):
        return found
    answer = answers.record_answer(session, invitation, new, by=by)
    session.flush()
    activity = session.get_one(Activity, invitation.activity_id)
    turn = turn_of(session, office, activity, by.at)
    if turn.known.facts.outstanding == 0:
        queue_due(turn)
    return answer


def send_receipt(session: Session, office: Office, answer: Answer, *, now: datetime) -> int:
    """Send the organisation a receipt for an answer that came by letter; how many are sent."""
    turn, party = turn_of_one(
        session, office, session.get_one(Invitation, answer.invitation_id), now
    )
    return _send_receipt(turn, party, None, answer, ())


def _tell_if_all_are_in(turn: Turn) -> None:
    """What else is due is left to the activity's own run, which every answer asks for."""
    session, activity_id = turn.session, identity(turn.known.row)
    if not is_anybody_missing(session, activity_id):
        queue_due(Turn(session, turn.office, situation(session, activity_id), turn.now))


def _send_receipt(turn: Turn, party: Party, link: Link | None, answer: Answer, form: Form) -> int:
    """To the organisation's own contacts and to who sent it in, each with a link of its own."""
    contacts = organisation_recipients(party)
    reached = ("", *(contact.address for contact in contacts))
    senders = [([colleague_of(party, link)], link)] if link and link.address not in reached else []
    sent = 0
    for recipients, own_link in [(contacts, None), *senders]:
        sent += len(
            tell(
                turn,
                "receipt",
                subject_key=f"{party.organisation.key}:{answer.form}:{answer.version}",
                party=party,
                recipients=recipients,
                is_prompt=True,
                receipt=_receipt(turn.session, party, answer, form),
                link=own_link,
            )
        )
    return sent


def _receipt(session: Session, party: Party, answer: Answer, form: Form) -> Receipt:
    files = session.exec(
        select(AnswerFile.name, AnswerFile.sha256)
        .where(AnswerFile.answer_id == identity(answer))
        .order_by(col(AnswerFile.id))
    )
    language = party.organisation.language
    return Receipt(
        kind=answer.kind.value,
        received_at=answer.received_at,
        version=answer.version,
        is_late=answer.is_late,
        registry_no=answer.registry_no,
        rows=(*_by_letter(answer, language), *rows(form, answer.content, language=language)),
        files=tuple((name, sha256) for name, sha256 in files),
    )


def _by_letter(answer: Answer, language: str) -> Iterator[ReplyRow]:
    """What was written in a letter, which fills in no form."""
    if answer.text:
        yield ReplyRow("The answer" if language == "en" else "Svaret", answer.text, 0, ())
