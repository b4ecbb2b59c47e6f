"""`/samordna/…/svar`: what came in, read as it was written; versions compared, files saved."""

import tempfile
from collections.abc import Iterator
from itertools import groupby
from typing import IO
from zipfile import ZIP_STORED, ZipFile

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from sqlmodel import Session
from starlette.background import BackgroundTask

from agenda.forms.field import ReplyRow
from agenda.models import Activity, FormName, identity
from agenda.replies.sent import SentAnswer, attachments, sent_answer, sent_answers
from agenda.rounds.finding import find_activity
from agenda.storage.contents import octets_of
from agenda.storage.store import reading
from agenda.words.errors import NotFound
from agenda.words.names import distinct
from notifications.readings.answers import asked_answers, file_of, versions_of
from portal.desk.answers.comparing import compared
from portal.desk.answers.whose import whose_in
from portal.desk.cookies import HOME
from portal.desk.paging import page_of
from portal.desk.visits import InRound, NotYours, RoundVisit
from portal.door.downloads import as_file, download
from portal.forms.parts import Attached

_IDS = range(1, 2**31)
"""What a database can be asked for."""
DONE = ("registered", "numbered", "withdraw", "receipt")
ANSWERS_SHOWN = 25
"""How many whole answers a page has."""
_IN_MEMORY = 8 * 1024 * 1024
_PIECE = 256 * 1024

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/svar")


@router.api_route("", methods=["GET", "HEAD"])
def answers(here: InRound) -> Response:
    """Who has answered what, activity by activity."""
    with reading(here.engine) as session:
        found = asked_answers(session, identity(here.round))
    together = [
        (activity, list(rows)) for activity, rows in groupby(found, key=lambda one: one.activity)
    ]
    return here.show("answers.html", page="answers", together=together)


@router.api_route("/{key}", methods=["GET", "HEAD"])
def all_answers(here: InRound, key: str, sida: str = "") -> Response:
    """Every answer of an activity that holds, whole, one after the other."""
    with reading(here.engine) as session:
        row = _activity(here, session, key)
        found = [
            one for one in asked_answers(session, identity(here.round)) if one.activity.id == row.id
        ]
        answered = [(one.organisation, one.answer) for one in found if one.answer]
        chosen = page_of(answered, sida, shown=ANSWERS_SHOWN)
        whole = sent_answers(session, row, chosen.items, language=here.language)
    return here.show(
        "all_answers.html",
        page="answers",
        row=row,
        found=chosen,
        whole=[(sent, _files(here, sent)) for sent in whole],
        silent=[one.organisation.name for one in found if not one.answer],
    )


@router.api_route("/{key}/bilagor.zip", methods=["GET", "HEAD"])
def archive(here: InRound, key: str) -> Response:
    """Every file of an activity's answers, by names that say whose each is."""
    with reading(here.engine) as session:
        row = _activity(here, session, key)
        file = _packed(session, here, row)
    name = f"{here.round.name}_{key}_bilagor.zip"
    return StreamingResponse(
        _pieces(file),
        media_type="application/zip",
        headers=as_file(name),
        # Also where nothing of it is read: who asks for the head alone, or hangs up.
        background=BackgroundTask(file.close),
    )


@router.api_route("/{key}/{organisation}", methods=["GET", "HEAD"])
def answer(
    here: InRound,
    key: str,
    organisation: str,
    version: int = 0,
    rostsedel: str = "",
    gjort: str = "",
) -> Response:
    """One organisation's answer; the version that holds, or the one that is asked for."""
    form = FormName.BALLOT if rostsedel else FormName.REPLY
    with reading(here.engine) as session:
        invitation, row, whose = whose_in(session, here, key, organisation)
        versions = versions_of(session, invitation)
        wanted = version if version in _IDS else None
        try:
            sent = _sent(here, session, key, organisation, version=wanted, form=form)
        except NotFound:
            if wanted or rostsedel:
                raise NotYours(here) from None
            sent = None
    return here.show(
        "answer.html",
        page="answers",
        row=row,
        whose=whose,
        due_on=invitation.due_on(row.due_on),
        sent=sent,
        files=_files(here, sent) if sent else {},
        versions=versions,
        said=here.say(f"done_{gjort}") if gjort in DONE else "",
        address=_address(here, row.key, whose.key),
    )


@router.api_route("/{key}/{organisation}/jamfor", methods=["GET", "HEAD"])
def comparison(here: InRound, key: str, organisation: str, fran: int, till: int) -> Response:
    """What changed from one version to another."""
    with reading(here.engine) as session:
        _, row, whose = whose_in(session, here, key, organisation)
        try:
            before, after = (
                _sent(here, session, key, organisation, version=one if one in _IDS else -1)
                for one in (fran, till)
            )
        except NotFound:
            raise NotYours(here) from None
    return here.show(
        "comparison.html",
        page="answers",
        row=row,
        whose=whose,
        before=before,
        after=after,
        rows=compared(_whole(here, before), _whole(here, after)),
        address=_address(here, row.key, whose.key),
    )


@router.api_route("/{key}/{organisation}/fil/{number:int}", methods=["GET", "HEAD"])
def answer_file(here: InRound, key: str, organisation: str, number: int) -> Response:
    """A file that went with an answer."""
    with reading(here.engine) as session:
        invitation, _, _ = whose_in(session, here, key, organisation)
        found = file_of(session, invitation, number) if number in _IDS else None
        if found is None:
            raise NotYours(here)
        return download(found.name, found.media_type, octets_of(session, found.sha256))


def _whole(here: RoundVisit, sent: SentAnswer) -> list[ReplyRow]:
    """Everything that an answer says, what came by letter too."""
    text = sent.answer.text
    return [*([ReplyRow(here.say("answer"), text, 0, ())] if text else []), *sent.rows]


def _sent(
    here: RoundVisit,
    session: Session,
    key: str,
    organisation: str,
    *,
    version: int | None = None,
    form: FormName = FormName.REPLY,
) -> SentAnswer:
    invitation, _, _ = whose_in(session, here, key, organisation)
    language = here.language
    return sent_answer(session, invitation, version=version, form=form, language=language)


def _files(here: RoundVisit, sent: SentAnswer) -> dict[int, Attached]:
    """The files that an answer's rows name, with where each is fetched."""
    at = _address(here, sent.activity.key, sent.organisation.key)
    return {
        number: Attached(number, file.name, file.size, f"{at}/fil/{file.id}")
        for number, file in sent.in_rows.items()
    }


def _address(here: RoundVisit, key: str, organisation: str) -> str:
    return f"{here.home}/svar/{key}/{organisation}"


def _activity(here: RoundVisit, session: Session, key: str) -> Activity:
    try:
        return find_activity(session, here.round, key)
    except NotFound:
        raise NotYours(here) from None


def _packed(session: Session, here: RoundVisit, row: Activity) -> IO[bytes]:
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # sent later
    try:
        with ZipFile(file, "w", ZIP_STORED) as packed:
            found = list(attachments(session, here.round, activity_id=row.id))
            names = distinct(one.honest_name for one in found)
            for one, name in zip(found, names, strict=True):
                packed.writestr(name, octets_of(session, one.file.sha256))
    except BaseException:
        file.close()
        raise
    return file


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece
