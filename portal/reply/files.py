"""Files through the door, always as downloads: what they say they are does not matter then."""

from fastapi import APIRouter, Response
from sqlmodel import Session

from agenda.models import ActivityFile, AnswerFile, Upload
from agenda.replies import find_answer_file, find_upload
from agenda.storage.contents import octets_of
from agenda.storage.store import reading
from portal.door.downloads import download
from portal.door.refusals import Missing
from portal.reply.visits import Here

_IDS = range(1, 2**31)
"""What a database can be asked for."""

router = APIRouter()


@router.api_route("/fil/{number}", methods=["GET", "HEAD"])
def draft_file(here: Here, number: int) -> Response:
    """A file of the draft."""
    with reading(here.engine) as session:
        found = find_upload(session, here.link, number) if number in _IDS else None
        if found is None or found.removed_at is not None:
            raise Missing(here.language)
        return _download(session, found)


@router.api_route("/svarsfil/{number}", methods=["GET", "HEAD"])
def answer_file(here: Here, number: int) -> Response:
    """A file of an answer that was sent in."""
    with reading(here.engine) as session:
        found = find_answer_file(session, here.link, number) if number in _IDS else None
        if found is None:
            raise Missing(here.language)
        return _download(session, found)


@router.api_route("/underlag/{number}", methods=["GET", "HEAD"])
def document(here: Here, number: int) -> Response:
    """A file that goes with the activity."""
    with reading(here.engine) as session:
        activity_id = here.reply(session).row.id
        found = session.get(ActivityFile, number) if number in _IDS else None
        if found is None or found.activity_id != activity_id or found.removed_at is not None:
            raise Missing(here.language)
        return _download(session, found)


def _download(session: Session, file: Upload | AnswerFile | ActivityFile) -> Response:
    return download(file.name, file.media_type, octets_of(session, file.sha256))
