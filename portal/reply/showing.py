"""What the pages of a reply show: where it stands, what was sent in, and its files."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from agenda.forms.changing import uploads_in
from agenda.forms.field import ReplyRow
from agenda.forms.fields import Form
from agenda.forms.shown import rows
from agenda.forms.stored import fitted
from agenda.kinds import KINDS
from agenda.kinds.base import BALLOT_OPENED
from agenda.models import (
    Answer,
    ExtensionRequest,
    FormName,
    Link,
    Organisation,
    identity,
)
from agenda.plan.model import PlanHead, PlannedActivity
from agenda.replies import Reply, ReplyState
from agenda.replies.sent import files_with
from agenda.replies.uploads import marks_of
from agenda.rounds.files import listed_files
from agenda.words.addresses import channel_schema
from portal.door.voice import clock
from portal.forms import Attached
from portal.reply.visits import ReplyVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every page of a reply says about it."""

    activity: PlannedActivity
    organisation: Organisation
    plan: PlanHead
    state: ReplyState
    due_on: Any
    is_meeting: bool
    """People come together on the last day: more time cannot be asked for."""
    is_extended: bool
    mail: str | None
    """Where the coordinator is reached by e-mail."""
    request: ExtensionRequest | None
    """A request for more time that waits, or that was denied and is the newest word."""
    answer: Answer | None
    answered_at: str
    draft_at: str
    """When the draft was saved, in words; empty when there is none."""
    draft_by: str
    """Who saved it; empty when it was saved through the organisation's own link."""
    former: int
    """The version whose words the form shows though another one holds; 0 for none."""
    documents: tuple[Attached, ...]
    has_ballot: bool


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of an answer that was sent in."""

    attached: Attached
    sha256: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One version of an answer as its page shows it."""

    answer: Answer
    rows: list[ReplyRow]
    files: dict[int, Attached]
    """By the ids that the rows name."""
    all_files: tuple[ShownFile, ...]


def head_of(session: Session, here: ReplyVisit, reply: Reply) -> Head:
    """What every page of a reply says about it."""
    by = session.get(Link, reply.draft.saved_by_id) if reply.draft else None
    answer, address = reply.answer, reply.head.coordinator.address
    return Head(
        activity=reply.activity,
        organisation=reply.organisation,
        plan=reply.head,
        state=reply.state,
        # More time that was granted does not help where nothing is taken any longer.
        due_on=reply.due_on if reply.state.is_writable else reply.row.due_on,
        is_meeting=is_meeting(reply),
        is_extended=reply.state.is_writable and reply.due_on > reply.row.due_on,
        mail=None if channel_schema(address) else address,
        request=reply.request if reply.request and not reply.request.is_granted else None,
        answer=answer,
        answered_at=clock(answer.received_at, here.language, now=here.now) if answer else "",
        draft_at=clock(reply.draft.saved_at, here.language, now=here.now) if reply.draft else "",
        draft_by=by.name if by else "",
        former=_former(reply),
        documents=_documents(session, here, reply),
        has_ballot=here.form == FormName.BALLOT or BALLOT_OPENED in reply.row.since,
    )


def is_meeting(reply: Reply) -> bool:
    """Whether a reply says who comes: its form says no too, and the day is the day."""
    return KINDS[reply.activity.kind].is_meeting


def _former(reply: Reply) -> int:
    is_former = reply.draft is None and reply.written is not reply.answer
    return reply.written.version if reply.written and is_former else 0


def attached(here: ReplyVisit, reply: Reply) -> dict[int, Attached]:
    """The files of the draft, by id."""
    return {
        one.id: Attached(one.id, one.name, one.size, f"{here.home}/fil/{one.id}")
        for one in reply.uploads
    }


def sent(session: Session, here: ReplyVisit, answer: Answer, form: Form) -> ShownAnswer:
    """A version that was sent in, with the files that went with it."""
    content = fitted(form, answer.content)
    files = _answer_files(session, here, answer)
    by_content = {(file.attached.name, file.sha256): file.attached for file in files}
    marks = marks_of(session, uploads_in(form, content))
    return ShownAnswer(
        answer=answer,
        rows=rows(form, content, language=here.language),
        files={number: by_content[mark] for number, mark in marks.items() if mark in by_content},
        all_files=files,
    )


def _answer_files(session: Session, here: ReplyVisit, answer: Answer) -> tuple[ShownFile, ...]:
    return tuple(
        ShownFile(
            Attached(one.id, one.name, one.size, f"{here.home}/svarsfil/{one.id}"), one.sha256
        )
        for one in files_with(session, answer)
    )


def _documents(session: Session, here: ReplyVisit, reply: Reply) -> tuple[Attached, ...]:
    return tuple(
        Attached(number, name, size, f"{here.home}/underlag/{number}")
        for number, name, size in listed_files(session, identity(reply.row))
    )
