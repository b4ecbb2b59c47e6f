"""A reply being written: shared drafts, files, sending in; nobody's words are ever lost.

A draft has a revision. Who saves on an older one than stands is shown what the other
changed, and what they wrote themselves is kept beside it until they have chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from agenda.answers import GivenFile, record_answer
from agenda.attachments import checked_file
from agenda.errors import BadInput
from agenda.facts import plan_activity
from agenda.models import (
    Activity,
    Answer,
    AnswerFile,
    AnswerKind,
    Draft,
    ExtensionRequest,
    Invitation,
    Link,
    Organisation,
    Round,
    Upload,
    identity,
)
from agenda.plan.model import Activity as PlanActivity
from agenda.plan.model import PlanHead
from agenda.workdays import midnight_after

REPLY, BALLOT = "reply", "ballot"
Content = dict[str, Any]


class ReplyState(StrEnum):
    """What can be done with a reply now."""

    OPEN = "open"
    LATE = "late"
    """The last day has passed: an answer is still taken, and marked late."""
    LOCKED = "locked"
    """The work with the answers has begun: what was sent in can be read, not changed."""
    NOT_OPEN = "not_open"
    """A ballot that has not been opened yet."""
    ENDED = "ended"
    """The activity was cancelled, or the round is over."""

    @property
    def is_writable(self) -> bool:
        """Whether an answer can be given."""
        return self in (ReplyState.OPEN, ReplyState.LATE)


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything that is known of one organisation's reply to one activity."""

    link: Link
    invitation: Invitation
    organisation: Organisation
    row: Activity
    activity: PlanActivity
    head: PlanHead
    round: Round
    form: str
    state: ReplyState
    due_on: date
    """The organisation's own last day, inclusive."""
    draft: Draft | None
    answers: tuple[Answer, ...]
    """Every version that holds or held, newest first."""
    uploads: tuple[Upload, ...]
    request: ExtensionRequest | None
    """The newest request for a later last day."""

    @property
    def answer(self) -> Answer | None:
        """The version that holds."""
        return next((a for a in self.answers if a.withdrawn_at is None), None)

    @property
    def content(self) -> Content:
        """What the page shows: the draft or, when there is none, what was sent in."""
        if self.draft is not None:
            return self.draft.content
        return self.answer.content if self.answer else {}

    @property
    def revision(self) -> int:
        """The draft's revision; 0 when there is none."""
        return self.draft.revision if self.draft else 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved first; nothing has been overwritten."""

    theirs: Content
    revision: int
    saved_at: datetime
    saved_by: str
    """The colleague's name; empty when it was the organisation's own link."""


def reply_of(session: Session, link: Link, *, now: datetime, form: str = REPLY) -> Reply:
    """Everything about the reply that a link opens."""
    invitation = session.get_one(Invitation, link.invitation_id)
    row = session.get_one(Activity, invitation.activity_id)
    known = session.get_one(Round, row.round_id)
    extended = invitation.extended_to
    due_on = extended if extended and extended > row.due_on else row.due_on
    return Reply(
        link=link,
        invitation=invitation,
        organisation=session.get_one(Organisation, invitation.organisation_id),
        row=row,
        activity=plan_activity(row),
        head=PlanHead.model_validate(known.plan),
        round=known,
        form=form,
        state=_state(known, row, due_on, form, now),
        due_on=due_on,
        draft=_draft(session, invitation, form),
        answers=tuple(_answers(session, invitation, form)),
        uploads=tuple(_uploads(session, invitation)),
        request=session.exec(
            select(ExtensionRequest)
            .where(ExtensionRequest.invitation_id == invitation.id)
            .order_by(col(ExtensionRequest.id).desc())
        ).first(),
    )


def save_draft(
    session: Session,
    link: Link,
    *,
    content: Content,
    revision: int,
    now: datetime,
    form: str = REPLY,
) -> Draft | Conflict:
    """Save what is written so far, unless somebody else has saved since `revision`.

    Raises:
        BadInput: the reply cannot be changed any longer.
    """
    invitation = session.get_one(Invitation, link.invitation_id, with_for_update=True)
    _refuse_unless_writable(session, invitation, form, now)
    draft = _draft(session, invitation, form)
    if draft is None:
        draft = Draft(
            invitation_id=identity(invitation), form=form, content={}, revision=0, saved_at=now
        )
    elif draft.revision != revision and draft.content != content:
        by = session.get(Link, draft.saved_by_id) if draft.saved_by_id else None
        return Conflict(draft.content, draft.revision, draft.saved_at, by.name if by else "")
    draft.content, draft.saved_at, draft.saved_by_id = content, now, link.id
    draft.revision += 1
    session.add(draft)
    session.flush()
    return draft


def send_in(
    session: Session,
    link: Link,
    *,
    kind: AnswerKind,
    submission_key: str,
    now: datetime,
    content: Content | None = None,
    text: str = "",
    form: str = REPLY,
) -> tuple[Answer, bool]:
    """Send an answer in; the answer, and whether it is new.

    The same press of the button sent twice (a double click, a reload, a lost connection)
    has the same `submission_key` and is the same answer.

    Raises:
        BadInput: the reply cannot be changed any longer.
    """
    invitation = session.get_one(Invitation, link.invitation_id, with_for_update=True)
    sent = session.exec(select(Answer).where(Answer.submission_key == submission_key)).first()
    if sent is not None and sent.invitation_id == invitation.id:
        return sent, False
    _refuse_unless_writable(session, invitation, form, now)
    answer = record_answer(
        session,
        invitation,
        kind=kind,
        received_at=now,
        now=now,
        who=f"länk {link.id}",
        text=text,
        files=_attached(session, invitation, content or {}),
        form=form,
        content=content or {},
        submission_key=submission_key,
        sent_by_id=link.id,
    )
    if (draft := _draft(session, invitation, form)) is not None:
        session.delete(draft)
    session.flush()
    return answer, True


def add_upload(
    session: Session, link: Link, *, field: str, name: str, content: bytes, now: datetime
) -> Upload:
    """Keep a file that somebody attaches; it goes with the answer when that is sent in.

    Raises:
        BadInput: its kind is not allowed, it is too large, or there are too many.
    """
    invitation = session.get_one(Invitation, link.invitation_id, with_for_update=True)
    _refuse_unless_writable(session, invitation, REPLY, now)
    present = list(_uploads(session, invitation))
    file = checked_file(name, content, present=[(upload.name, upload.size) for upload in present])
    upload = Upload(
        invitation_id=identity(invitation),
        field=field,
        name=file.name,
        media_type=file.media_type,
        sha256=GivenFile(file.name, content).sha256,
        size=len(content),
        content=content,
        uploaded_at=now,
        uploaded_by_id=link.id,
    )
    session.add(upload)
    session.flush()
    return upload


def remove_upload(session: Session, link: Link, *, upload_id: int, now: datetime) -> None:
    """Take a file off the draft; an answer that was sent in with it keeps its own copy."""
    upload = session.get(Upload, upload_id)
    if upload is None or upload.invitation_id != link.invitation_id:
        raise BadInput("Filen finns inte längre.")
    upload.removed_at = now
    session.add(upload)


def find_upload(session: Session, link: Link, upload_id: int) -> Upload | None:
    """A file of the reply that a link opens; never another organisation's."""
    upload = session.get(Upload, upload_id)
    return upload if upload and upload.invitation_id == link.invitation_id else None


def find_answer_file(session: Session, link: Link, file_id: int) -> AnswerFile | None:
    """A file of an answer that was sent in; never another organisation's."""
    return session.exec(
        select(AnswerFile)
        .join(Answer)
        .where(AnswerFile.id == file_id, Answer.invitation_id == link.invitation_id)
    ).first()


def _state(known: Round, row: Activity, due_on: date, form: str, now: datetime) -> ReplyState:
    if known.closed_at is not None or row.cancelled_at is not None:
        return ReplyState.ENDED
    if form == BALLOT:
        if row.ballot_opened_at is None:
            return ReplyState.NOT_OPEN
        return ReplyState.OPEN if row.ballot_closed_at is None else ReplyState.LOCKED
    if row.locked_at is not None or row.done_at is not None:
        return ReplyState.LOCKED
    return ReplyState.LATE if now >= midnight_after(due_on) else ReplyState.OPEN


_REFUSALS = {
    ReplyState.LOCKED: "Svaren är låsta, eftersom arbetet med dem har börjat.",
    ReplyState.NOT_OPEN: "Omröstningen har inte öppnat än.",
    ReplyState.ENDED: "Aktiviteten är avslutad.",
}


def _refuse_unless_writable(
    session: Session, invitation: Invitation, form: str, now: datetime
) -> None:
    row = session.get_one(Activity, invitation.activity_id)
    known = session.get_one(Round, row.round_id)
    state = _state(known, row, max(row.due_on, invitation.extended_to or row.due_on), form, now)
    if not state.is_writable:
        raise BadInput(_REFUSALS[state])


def _draft(session: Session, invitation: Invitation, form: str) -> Draft | None:
    return session.exec(
        select(Draft).where(Draft.invitation_id == invitation.id, Draft.form == form)
    ).first()


def _answers(session: Session, invitation: Invitation, form: str) -> Sequence[Answer]:
    return session.exec(
        select(Answer)
        .where(Answer.invitation_id == invitation.id, Answer.form == form)
        .order_by(col(Answer.version).desc())
    ).all()


def _uploads(session: Session, invitation: Invitation) -> Sequence[Upload]:
    return session.exec(
        select(Upload)
        .where(Upload.invitation_id == invitation.id, col(Upload.removed_at).is_(None))
        # The files themselves are read when they are asked for, not with every page.
        .options(defer(Upload.content))  # type: ignore[arg-type]  # a column on the class
        .order_by(col(Upload.id))
    ).all()


def _attached(session: Session, invitation: Invitation, content: Content) -> list[GivenFile]:
    """The files that the content names, as they were uploaded."""
    named = {found for value in content.values() for found in _upload_ids(value)}
    return [
        GivenFile(upload.name, upload.content)
        for upload in _uploads(session, invitation)
        if identity(upload) in named
    ]


def _upload_ids(value: object) -> set[int]:
    """Upload ids wherever a form's file fields put them: in lists, also inside groups."""
    if isinstance(value, dict):
        return {found for inner in value.values() for found in _upload_ids(inner)}
    if isinstance(value, list):
        return {found for inner in value for found in _upload_ids(inner)} | {
            inner for inner in value if isinstance(inner, int) and not isinstance(inner, bool)
        }
    return set()
