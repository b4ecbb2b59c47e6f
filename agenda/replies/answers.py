"""What organisations answer: recorded on arrival, changed as a new version, never lost."""

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from agenda.models import (
    Activity,
    Answer,
    AnswerFile,
    AnswerKind,
    FormName,
    Invitation,
    identity,
)
from agenda.register import By, What, record, subject_of_reply
from agenda.replies.sentences import SENTENCES
from agenda.words.errors import BadInput, Remedy
from agenda.words.texts import visible
from agenda.workdays import midnight_after

LONGEST_REGISTRY_NO = 60


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that came with an answer; what is in it is kept already."""

    name: str
    sha256: str

    @property
    def media_type(self) -> str:
        """Guessed from the name; the file itself is never opened."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """What has come in from an organisation."""

    kind: AnswerKind
    """What was answered; "nothing to report" and "declined" are answers too."""
    received_at: datetime
    """When it reached the region, which may be before it is recorded."""
    text: str = ""
    """The answer's own words, kept as written."""
    files: Sequence[GivenFile] = ()
    registry_no: str | None = None
    """Its number in the region's own register (diarienummer)."""
    form: FormName = FormName.REPLY
    """Which of the activity's forms it fills in."""
    content: Mapping[str, Any] = field(default_factory=dict)
    """The form's fields, as they were filled in."""
    submission_key: str | None = None
    """What makes two sendings of the same answer the same."""
    follows: int | None = None
    """The newest version that whoever gives it in has seen, 0 for none; None: it follows any."""
    sent_by_id: int | None = None
    """The personal link it came through."""


def record_answer(session: Session, invitation: Invitation, new: NewAnswer, *, by: By) -> Answer:
    """Record an answer; an earlier one is kept as an earlier version.

    Raises:
        BadInput: a submission without text or files, or received in the future; or another
            answer has come in since the one that it follows.
    """
    _refuse_impossible(new, by.at)
    version = newest_version(session, invitation, new.form) + 1
    if new.follows is not None and new.follows != version - 1:
        raise BadInput(SENTENCES("another_came"))
    answer = Answer(
        invitation_id=identity(invitation),
        version=version,
        kind=new.kind,
        text=new.text,
        received_at=new.received_at,
        recorded_at=by.at,
        recorded_by=str(by.actor),
        is_late=_is_late(session, invitation, new.received_at),
        registry_no=new.registry_no,
        form=new.form,
        content=dict(new.content),
        submission_key=new.submission_key,
        sent_by_id=new.sent_by_id,
    )
    session.add(answer)
    session.flush()
    _keep_files(session, answer, new.files)
    after = f"{new.kind.value}, version {answer.version}, inkommet {new.received_at.isoformat()}"
    record(session, by, What.ANSWER_RECORDED, subject_of_reply(session, invitation), after=after)
    return answer


def answer_of_key(session: Session, invitation: Invitation, key: str | None) -> Answer | None:
    """The answer that has been sent with a submission key; None where there is none yet."""
    if key is None:
        return None
    query = select(Answer).where(Answer.submission_key == key)
    return session.exec(query.where(Answer.invitation_id == invitation.id)).first()


def _refuse_impossible(new: NewAnswer, now: datetime) -> None:
    if new.received_at > now:
        raise BadInput(SENTENCES("received_ahead"))
    if new.kind is AnswerKind.SUBMISSION and not (visible(new.text) or new.files or new.content):
        raise BadInput(SENTENCES("empty"), remedy=Remedy.GIVE_TEXT_OR_FILE)


def number_answer(
    session: Session,
    invitation: Invitation,
    *,
    registry_no: str,
    by: By,
    version: int | None = None,
) -> Answer:
    """Give an answer its number in the region's own register (diarienummer), or another one.

    Without a version it is the newest that holds.

    Raises:
        BadInput: the number is empty or too long, or there is no such answer.
    """
    registry_no = " ".join(registry_no.split())
    if not 0 < len(registry_no) <= LONGEST_REGISTRY_NO:
        raise BadInput(SENTENCES("registry_no", most=LONGEST_REGISTRY_NO))
    answer = _reply(session, invitation, version)
    if answer is None:
        raise BadInput(SENTENCES("none_to_number"))
    before, answer.registry_no = answer.registry_no, registry_no
    session.add(answer)
    record(
        session,
        by,
        What.ANSWER_NUMBERED,
        subject_of_reply(session, invitation),
        before=before or "",
        after=f"version {answer.version}: {registry_no}",
    )
    return answer


def _reply(session: Session, invitation: Invitation, version: int | None) -> Answer | None:
    """A version of the reply; without a number the newest that holds."""
    query = select(Answer).where(
        Answer.invitation_id == invitation.id, Answer.form == FormName.REPLY
    )
    if version is None:
        query = query.where(col(Answer.withdrawn_at).is_(None))
    else:
        query = query.where(Answer.version == version)
    return session.exec(query.order_by(col(Answer.version).desc())).first()


def withdraw_answer(session: Session, invitation: Invitation, *, by: By) -> None:
    """Withdraw an organisation's answer: all versions stay, none of them holds any longer.

    A ballot that it has given stands: it is another matter.

    Raises:
        BadInput: there is no answer to withdraw.
    """
    versions = session.exec(
        select(Answer).where(
            Answer.invitation_id == invitation.id,
            col(Answer.withdrawn_at).is_(None),
            Answer.form == FormName.REPLY,
        )
    ).all()
    if not versions:
        raise BadInput(SENTENCES("none_to_withdraw"))
    for answer in versions:
        answer.withdrawn_at = by.at
        session.add(answer)
    last = max(answer.version for answer in versions)
    # The calendar counted the versions of an answer that held; its sequence must not fall back.
    invitation.revision += last + 1
    invitation.changed_at = by.at
    session.add(invitation)
    before = f"version {last}"
    record(session, by, What.ANSWER_WITHDRAWN, subject_of_reply(session, invitation), before=before)


def newest_version(session: Session, invitation: Invitation, form: FormName) -> int:
    """The number of the newest version of an answer, withdrawn or not; 0 where there is none."""
    last = session.exec(
        select(func.max(Answer.version)).where(
            Answer.invitation_id == invitation.id, Answer.form == form
        )
    ).one()
    return last or 0


def _is_late(session: Session, invitation: Invitation, received_at: datetime) -> bool:
    """Whether the organisation's own last day had passed."""
    activity = session.get_one(Activity, invitation.activity_id)
    due_on = invitation.due_on(activity.due_on)
    return received_at >= midnight_after(due_on)


def _keep_files(session: Session, answer: Answer, files: Sequence[GivenFile]) -> None:
    session.add_all(
        AnswerFile(
            answer_id=identity(answer),
            name=file.name,
            media_type=file.media_type,
            sha256=file.sha256,
        )
        for file in files
    )
