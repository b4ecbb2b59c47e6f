"""Answers that were sent in, read: who, when, what was filled in, which files came with it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
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
    [found] = sent_answers(session, activity, [(organisation, answer)], language=language)
    return found


def sent_answers(
    session: Session,
    activity: Activity,
    answers: Sequence[tuple[Organisation, Answer]],
    *,
    language: str = "sv",
) -> list[SentAnswer]:
    """Answers of an activity to one of its forms, whole; read together, however many they are."""
    if not answers:
        return []
    head = session.get_one(Round, activity.round_id).head
    is_ballot = answers[0][1].form == FormName.BALLOT
    fields = (ballot_of if is_ballot else form_of)(plan_activity(activity), head)
    contents = [fitted(fields, answer.content) for _, answer in answers]
    links = _links(session, {one.sent_by_id for _, one in answers if one.sent_by_id})
    wanted = {number for content in contents for number in uploads_in(fields, content)}
    uploads = _uploads(session, wanted)
    files = _files_of(session, [identity(answer) for _, answer in answers])
    return [
        SentAnswer(
            answer=answer,
            activity=activity,
            organisation=organisation,
            sent_by=links[answer.sent_by_id].name if answer.sent_by_id in links else "",
            rows=rows(fields, content, language=language),
            in_rows=_in_rows(
                [uploads[one] for one in uploads_in(fields, content) if one in uploads],
                files.get(identity(answer), ()),
            ),
            files=files.get(identity(answer), ()),
        )
        for (organisation, answer), content in zip(answers, contents, strict=True)
    ]


def _in_rows(named: Iterable[Upload], files: Iterable[SentFile]) -> dict[int, SentFile]:
    """The files that an answer's rows name, by the ids of the uploads that became them."""
    by_content = {(file.name, file.sha256): file for file in files}
    return {
        identity(one): by_content[one.name, one.sha256]
        for one in named
        if (one.name, one.sha256) in by_content
    }


def _links(session: Session, numbers: Collection[int]) -> dict[int | None, Link]:
    query = select(Link).where(col(Link.id).in_(numbers))
    return {link.id: link for link in session.exec(query)}


def _uploads(session: Session, numbers: Collection[int]) -> dict[int, Upload]:
    query = select(Upload).where(col(Upload.id).in_(numbers))
    return {identity(upload): upload for upload in session.exec(query)}


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
    return _files_of(session, [identity(answer)]).get(identity(answer), ())


def _files_of(session: Session, answer_ids: Collection[int]) -> dict[int, tuple[SentFile, ...]]:
    query = (
        select(AnswerFile, FileContent.size)
        .join(FileContent, col(FileContent.sha256) == AnswerFile.sha256)
        .where(col(AnswerFile.answer_id).in_(answer_ids))
        .order_by(col(AnswerFile.id))
    )
    found: dict[int, tuple[SentFile, ...]] = {}
    for file, size in session.exec(query):
        of_one = SentFile(identity(file), file.name, size, file.sha256)
        found[file.answer_id] = (*found.get(file.answer_id, ()), of_one)
    return found


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
    round_id: int | None = None,
    activity_id: int | None = None,
    organisation_id: int | None = None,
) -> Iterator[Attachment]:
    wanted = {
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
