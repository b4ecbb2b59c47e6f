"""Sending an answer in: once, however often the same press of the button arrives."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from agenda.models import Answer, AnswerKind, FormName, Invitation, Link
from agenda.register import By
from agenda.replies.answers import NewAnswer, answer_of_key, record_answer
from agenda.replies.drafts import Content, draft_of
from agenda.replies.states import refuse_unless_writable
from agenda.replies.uploads import attached


def send_in(
    session: Session,
    link: Link,
    *,
    kind: AnswerKind,
    submission_key: str,
    now: datetime,
    content: Content | None = None,
    uploads: Sequence[int] = (),
    form: FormName = FormName.REPLY,
) -> tuple[Answer, bool]:
    """Send an answer in; the answer, and whether it is new.

    The same press of the button sent twice (a double click, a reload, a lost connection)
    has the same `submission_key` and is the same answer. `uploads` are the files' ids.
    Beside a short answer ("nothing to report") a draft is kept, for a change of mind.

    Raises:
        BadInput: the reply cannot be changed any longer.
    """
    invitation = session.get_one(Invitation, link.invitation_id, with_for_update=True)
    if sent := answer_of_key(session, invitation, submission_key):
        return sent, False
    refuse_unless_writable(session, invitation, form, now)
    new = NewAnswer(
        kind=kind,
        received_at=now,
        files=attached(session, invitation, uploads),
        form=form,
        content=content or {},
        submission_key=submission_key,
        sent_by_id=link.id,
    )
    answer = record_answer(session, invitation, new, by=By.holder(link.id, now))
    draft = draft_of(session, invitation, form)
    if draft is not None and kind is AnswerKind.SUBMISSION:
        session.delete(draft)
    session.flush()
    return answer, True
