"""Files attached to a draft, and the copies that went with an answer."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from agenda.attachments import (
    LARGEST_KEPT,
    LARGEST_OF_ALL,
    CheckedFile,
    RefusedFile,
    check_room,
)
from agenda.models import Answer, AnswerFile, FormName, Invitation, Link, Upload, identity
from agenda.replies.answers import GivenFile
from agenda.replies.states import refuse_unless_writable
from agenda.words.errors import BadInput

# Made once: making a statement takes as long as running it.
_UPLOADS = (
    select(Upload)
    .where(Upload.invitation_id == bindparam("invitation"), col(Upload.removed_at).is_(None))
    .options(defer(Upload.content))  # type: ignore[arg-type]  # a column on the class
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
) -> Upload:
    """Keep a file that somebody attaches; it goes with the answer when that is sent in.

    Raises:
        RefusedFile: there are too many, or there is no room.
    """
    invitation = session.get_one(Invitation, link.invitation_id, with_for_update=True)
    refuse_unless_writable(session, invitation, FormName.REPLY, now)
    check_room(file, [(upload.name, upload.size) for upload in uploads_of(session, invitation)])
    if not has_room(session, invitation, file.size):
        raise RefusedFile("full", name=file.name)
    upload = Upload(
        invitation_id=identity(invitation),
        field=field,
        name=file.name,
        media_type=file.media_type,
        sha256=file.sha256,
        size=file.size,
        content=content,
        uploaded_at=now,
        uploaded_by_id=link.id,
    )
    session.add(upload)
    session.flush()
    return upload


def has_room(session: Session, invitation: Invitation, octets: int) -> bool:
    """Whether so much more fits, of a reply's files and of all: nothing of them is deleted."""
    own = _kept(session, invitation) + octets <= LARGEST_KEPT
    return own and _kept(session) + octets <= LARGEST_OF_ALL


def _kept(session: Session, invitation: Invitation | None = None) -> int:
    """The octets kept of drafts' files and answers' files; read from the rows' heads alone."""
    drafted = select(func.coalesce(func.sum(Upload.size), 0))
    sent = select(func.coalesce(func.sum(func.length(AnswerFile.content)), 0)).join(Answer)
    if invitation is not None:
        drafted = drafted.where(Upload.invitation_id == invitation.id)
        sent = sent.where(Answer.invitation_id == invitation.id)
    return int(session.exec(drafted).one()) + int(session.exec(sent).one())


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


def uploads_of(session: Session, invitation: Invitation) -> Sequence[Upload]:
    """The files of a draft, without their content until it is asked for."""
    return session.exec(_UPLOADS, params={"invitation": invitation.id}).all()


def marks_of(session: Session, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Each upload's name and SHA-256, by its id: what tells it among the files of an answer."""
    found = session.exec(
        select(Upload.id, Upload.name, Upload.sha256).where(col(Upload.id).in_(ids))
    )
    return {number: (name, sha256) for number, name, sha256 in found if number is not None}


def size_of(session: Session, invitation: Invitation, ids: Iterable[int]) -> int:
    """How many octets an answer with these files takes along."""
    wanted = set(ids)
    return sum(one.size for one in uploads_of(session, invitation) if identity(one) in wanted)


def attached(session: Session, invitation: Invitation, ids: Iterable[int]) -> list[GivenFile]:
    """The files of a draft that an answer takes with it; never another organisation's."""
    wanted = set(ids)
    return [
        GivenFile(upload.name, upload.content)
        for upload in uploads_of(session, invitation)
        if identity(upload) in wanted
    ]
