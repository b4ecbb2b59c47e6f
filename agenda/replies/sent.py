"""Answers that were sent in, read: who, when, what was filled in, which files came with it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from agenda.attachments import safe_name
from agenda.forms.changing import uploads_in
from agenda.forms.field import ReplyRow
from agenda.forms.shown import rows
from agenda.forms.stored import fitted
from agenda.models import (
    Activity,
    Answer,
    AnswerFile,
    FileContent,
    FormName,
    Invitation,
    Link,
    Organisation,
    Round,
    Upload,
    identity,
)
from agenda.plan.form_defaults import ballot_of, form_of
from agenda.replies.sentences import SENTENCES
from agenda.rounds.facts import plan_activity
from agenda.words.errors import NotFound

LONGEST_NAME = 160
"""Of a file, in characters. Windows' own limit is 260 for the whole path, folders and all."""


class SentFile(NamedTuple):
    """A file that came with an answer, without what is in it."""

    id: int
    name: str
    size: int
    sha256: str


class SentAnswer(NamedTuple):
    """One version of an answer, as a person reads it."""

    answer: Answer
    activity: Activity
    organisation: Organisation
    sent_by: str
    """The colleague whose link it came through; empty for the organisation's own link."""
    rows: list[ReplyRow]
    in_rows: dict[int, SentFile]
    """The files that the rows show, by the ids that they name."""
    files: tuple[SentFile, ...]
    """All that went with it."""


class Attachment(NamedTuple):
    """A file of an answer, with whose answer it belongs to."""

    file: SentFile
    organisation: str
    """Its key."""
    activity: str
    """Its key."""
    version: int
    form: FormName

    @property
    def honest_name(self) -> str:
        """What it is called outside: whose it is, in what, which version, and its own name.

        The signs _ and . stand in no key, so that no two answers share a name.
        """
        of_ballot = "röstsedel_" if self.form == FormName.BALLOT else ""
        whose = f"{self.organisation}_{self.activity}_{of_ballot}v{self.version}"
        own = safe_name(self.file.name)
        stem, dot, ending = own.rpartition(".")
        room = LONGEST_NAME - len(whose) - len(dot + ending) - 1
        return (
            f"{whose}_{stem[:room].rstrip(' .')}{dot}{ending}" if dot else f"{whose}_{own[:room]}"
        )


def sent_answer(
    session: Session,
    invitation: Invitation,
    *,
    version: int | None = None,
    form: FormName = FormName.REPLY,
    language: str = "sv",
) -> SentAnswer:
    """A version of an answer; without a number the newest that holds or, failing that, held.

    Raises:
        NotFound: there is none.
    """
    activity = session.get_one(Activity, invitation.activity_id)
    organisation = session.get_one(Organisation, invitation.organisation_id)
    answer = _version(session, invitation, version, form)
    if answer is None:
        which, terms = ("no_version", {"version": version}) if version else ("no_answer", {})
        raise NotFound(SENTENCES(which, name=organisation.name, key=activity.key, **terms))
    head = session.get_one(Round, activity.round_id).head
    fields = (ballot_of if form == FormName.BALLOT else form_of)(plan_activity(activity), head)
    content = fitted(fields, answer.content)
    link = session.get(Link, answer.sent_by_id) if answer.sent_by_id else None
    files = files_with(session, answer)
    by_content = {(file.name, file.sha256): file for file in files}
    named = select(Upload).where(col(Upload.id).in_(uploads_in(fields, content)))
    return SentAnswer(
        answer=answer,
        activity=activity,
        organisation=organisation,
        sent_by=link.name if link else "",
        rows=rows(fields, content, language=language),
        in_rows={
            identity(one): by_content[one.name, one.sha256]
            for one in session.exec(named)
            if (one.name, one.sha256) in by_content
        },
        files=files,
    )


def attachments(
    session: Session,
    round_: Round,
    *,
    activity_id: int | None = None,
    organisation_id: int | None = None,
) -> Sequence[Attachment]:
    """The files of every answer of a round, all versions, in the order they came."""
    return tuple(
        _files(
            session,
            round_id=round_.id,
            activity_id=activity_id,
            organisation_id=organisation_id,
        )
    )


def files_with(session: Session, answer: Answer) -> tuple[SentFile, ...]:
    """The files that went with one version of an answer, in the order they came."""
    return tuple(one.file for one in _files(session, answer_id=identity(answer)))


def _version(
    session: Session, invitation: Invitation, version: int | None, form: FormName
) -> Answer | None:
    query = select(Answer).where(Answer.invitation_id == invitation.id, Answer.form == form)
    if version is not None:
        return session.exec(query.where(Answer.version == version)).first()
    holds_first = (col(Answer.withdrawn_at).is_not(None), col(Answer.version).desc())
    return session.exec(query.order_by(*holds_first)).first()


def _files(
    session: Session,
    *,
    answer_id: int | None = None,
    round_id: int | None = None,
    activity_id: int | None = None,
    organisation_id: int | None = None,
) -> Iterator[Attachment]:
    wanted = {
        col(AnswerFile.answer_id): answer_id,
        col(Activity.round_id): round_id,
        col(Activity.id): activity_id,
        col(Organisation.id): organisation_id,
    }
    query = (
        select_columns(
            col(AnswerFile.id),
            col(AnswerFile.name),
            col(FileContent.size),
            col(AnswerFile.sha256),
            col(Organisation.key),
            col(Activity.key),
            col(Answer.version),
            col(Answer.form),
        )
        .join(FileContent, col(FileContent.sha256) == AnswerFile.sha256)
        .join(Answer, col(Answer.id) == AnswerFile.answer_id)
        .join(Invitation, col(Invitation.id) == Answer.invitation_id)
        .join(Activity, col(Activity.id) == Invitation.activity_id)
        .join(Organisation, col(Organisation.id) == Invitation.organisation_id)
        .where(*(column == value for column, value in wanted.items() if value is not None))
        .order_by(col(Answer.received_at), col(AnswerFile.id))
    )
    for number, name, size, sha256, *whose in session.execute(query):
        yield Attachment(SentFile(number, name, size, sha256), *whose)
