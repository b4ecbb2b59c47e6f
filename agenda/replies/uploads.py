"""Files attached to a draft, and those that went with an answer."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, or_, select

from agenda.attachments import (
    LARGEST_KEPT,
    LARGEST_OF_ALL,
    CheckedFile,
    RefusedFile,
    check_room,
)
from agenda.models import (
    Answer,
    AnswerFile,
    FileContent,
    FormName,
    Invitation,
    Link,
    Upload,
    identity,
)
from agenda.replies.answers import GivenFile
from agenda.replies.sentences import SENTENCES
from agenda.replies.states import refuse_unless_writable
from agenda.storage.contents import keep
from agenda.words.errors import BadInput


class DraftFile(NamedTuple):
    """A file of a draft, without what is in it."""

    id: int
    field: str
    name: str
    size: int
    sha256: str


# Made once: making a statement takes as long as running it.
_UPLOADS = (
    select_columns(
        *(col(Upload.id), col(Upload.field), col(Upload.name)),
        *(col(FileContent.size), col(Upload.sha256)),
    )
    .join(FileContent)
    .where(col(Upload.invitation_id) == bindparam("invitation"), col(Upload.removed_at).is_(None))
    .order_by(col(Upload.id))
)


def add_upload(
    session: Session,
    link: Link,
    *,
    field: str,
    file: CheckedFile,
    content: bytes,
    now: datetime,
) -> DraftFile:
    """Keep a file that somebody attaches; it goes with the answer when that is sent in.

    Raises:
        RefusedFile: there are too many, or there is no room.
    """
    invitation = session.get_one(Invitation, link.invitation_id, with_for_update=True)
    refuse_unless_writable(session, invitation, FormName.REPLY, now)
    check_room(file, [(upload.name, upload.size) for upload in uploads_of(session, invitation)])
    if not _has_room(session, invitation, file):
        raise RefusedFile("full", name=file.name)
    upload = Upload(
        invitation_id=identity(invitation),
        field=field,
        name=file.name,
        media_type=file.media_type,
        sha256=keep(session, content),
        uploaded_at=now,
        uploaded_by_id=link.id,
    )
    session.add(upload)
    session.flush()
    return DraftFile(identity(upload), field, file.name, file.size, file.sha256)


def _has_room(session: Session, invitation: Invitation, file: CheckedFile) -> bool:
    """Whether a file fits beside all that is kept of a reply, and of all; none counts twice."""
    drafted = select(Upload.sha256).where(Upload.invitation_id == invitation.id)
    sent = select(AnswerFile.sha256).join(Answer).where(Answer.invitation_id == invitation.id)
    content = col(FileContent.sha256)
    others = select(func.coalesce(func.sum(FileContent.size), 0)).where(content != file.sha256)
    own = others.where(or_(content.in_(drafted), content.in_(sent)))
    return (
        session.exec(own).one() + file.size <= LARGEST_KEPT
        and session.exec(others).one() + file.size <= LARGEST_OF_ALL
    )


def remove_upload(session: Session, link: Link, *, upload_id: int, now: datetime) -> None:
    """Take a file off the draft; an answer that was sent in with it still has it."""
    upload = session.get(Upload, upload_id)
    if upload is None or upload.invitation_id != link.invitation_id:
        raise BadInput(SENTENCES("file_gone"))
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


def uploads_of(session: Session, invitation: Invitation) -> tuple[DraftFile, ...]:
    """The files of a draft."""
    rows = session.execute(_UPLOADS, params={"invitation": invitation.id})
    return tuple(DraftFile(*row) for row in rows)


def marks_of(session: Session, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Each upload's name and SHA-256, by its id: what tells it among the files of an answer."""
    found = session.exec(
        select(Upload.id, Upload.name, Upload.sha256).where(col(Upload.id).in_(ids))
    )
    return {number: (name, sha256) for number, name, sha256 in found if number is not None}


def attached(session: Session, invitation: Invitation, ids: Iterable[int]) -> list[GivenFile]:
    """The files of a draft that an answer takes with it; never another organisation's."""
    wanted = set(ids)
    return [
        GivenFile(upload.name, upload.sha256)
        for upload in uploads_of(session, invitation)
        if upload.id in wanted
    ]
