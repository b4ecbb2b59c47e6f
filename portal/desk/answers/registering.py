"""`/samordna/…/svar/<aktivitet>/<organisation>/registrera`: an answer that came by letter."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from fastapi import APIRouter, Response
from sqlmodel import Session
from starlette.datastructures import UploadFile

from agenda.attachments import ACCEPT, CheckedFile, RefusedFile, check_room, checked_file
from agenda.forms.written import date_in, day_of, line_in, text_in
from agenda.links.keyring import derived_token
from agenda.models import Answer, AnswerKind, FormName
from agenda.replies.answers import (
    LONGEST_REGISTRY_NO,
    GivenFile,
    NewAnswer,
    newest_version,
)
from agenda.rounds.activities import began_on
from agenda.rounds.finding import find_asked
from agenda.storage.contents import keep
from agenda.storage.store import reading
from agenda.words.errors import AgendaError
from agenda.workdays import swedish_date, swedish_instant
from notifications.acts.answers import record_answer
from notifications.acts.trying import carry_through
from portal.desk.acts.two_step import follow
from portal.desk.answers.whose import ONE_ANSWER, Whose, whose_is
from portal.desk.visits import Filled, InRound, RoundVisit
from portal.door.posting import Posted

NOON = time(12)
KIND, TEXT, FILES, DAY, NUMBER = "slag", "text", "filer", "inkom", "diarienummer"
IS_SO, FOLLOWS = "dagen-stammer", "_efter"

router = APIRouter(prefix=ONE_ANSWER)


@router.api_route("/registrera", methods=["GET", "HEAD"])
def register_page(here: InRound, key: str, organisation: str) -> Response:
    """The form for an answer that came by letter, mail or telephone."""
    whose = whose_is(here, key, organisation)
    return _register_form(here, whose, {KIND: "submission", DAY: str(swedish_date(here.now))})


@router.post("/registrera")
def register(here: InRound, key: str, organisation: str, posted: Filled) -> Response:
    """Register it, with its files and the day it came in."""
    whose = whose_is(here, key, organisation)
    written = {
        KIND: posted.get(KIND),
        TEXT: text_in(posted.get(TEXT)).strip(),
        DAY: date_in(posted.get(DAY)),
        NUMBER: " ".join(line_in(posted.get(NUMBER)).split()),
        IS_SO: posted.get(IS_SO),
    }
    files, faults = _files(here, posted)
    faults |= _faults(here, whose, written)
    if faults:
        return _register_form(here, whose, written, faults=faults)
    new_files = [(file.name, octets) for file, octets in files]
    follows = int(seen) if (seen := posted.get(FOLLOWS)).isascii() and seen.isdecimal() else -1

    def act(session: Session) -> Answer:
        invitation = find_asked(session, whose.row, whose.organisation.key)
        new = NewAnswer(
            kind=AnswerKind(written[KIND]),
            received_at=_received_at(here, day_of(written[DAY])),
            text=written[TEXT],
            files=[GivenFile(name, keep(session, octets)) for name, octets in new_files],
            registry_no=written[NUMBER] or None,
            submission_key=_submission_key(here, whose, written, new_files, follows),
            follows=follows,
        )
        return record_answer(session, here.office, invitation, new, by=here.by)

    try:
        carry_through(here.engine, act)
    except AgendaError as error:
        return _register_form(here, whose, written, faults={TEXT: here.mended(error)})
    follow(here, whose.row, f"svar från {whose.organisation.name}")
    return whose.done(here, "registered")


def _submission_key(
    here: RoundVisit,
    whose: Whose,
    written: Mapping[str, str],
    files: Iterable[tuple[str, bytes]],
    follows: int,
) -> str:
    """The same form pressed twice is one answer; another one, however alike, follows another."""
    shown = [(name, hashlib.sha256(octets).hexdigest()) for name, octets in files]
    what = repr((whose.invitation.id, follows, sorted(written.items()), shown))
    return derived_token(here.office.keyring.key, f"registered:{what}")


def _files(
    here: RoundVisit, posted: Posted
) -> tuple[list[tuple[CheckedFile, bytes]], dict[str, str]]:
    """The files that came, each judged by what is in it; and what is wrong with them."""
    found = list[tuple[CheckedFile, bytes]]()
    for name, upload in posted.files:
        if name == FILES:
            octets = _octets(upload)
            try:
                file = checked_file(upload.filename or "", octets)
                check_room(file, [(other.name, len(its)) for other, its in found])
            except RefusedFile as error:
                return [], {FILES: here.mended(error)}
            found.append((file, octets))
    return found, {}


def _octets(upload: UploadFile) -> bytes:
    upload.file.seek(0)
    return upload.file.read()


def _faults(here: RoundVisit, whose: Whose, written: Mapping[str, str]) -> dict[str, str]:
    found = {}
    if written[KIND] not in set(AnswerKind):
        found[KIND] = here.say("no_kind")
    if (day := day_of(written[DAY])) is None:
        found[DAY] = here.say("no_day", example=swedish_date(here.now))
    elif day < (first_on := began_on(whose.row, here.round)) and not written[IS_SO]:
        found[IS_SO] = here.say("before_round", day=day, began_on=first_on)
    if len(written[NUMBER]) > LONGEST_REGISTRY_NO:
        found[NUMBER] = here.say("long_number", most=LONGEST_REGISTRY_NO)
    return found


def _received_at(here: RoundVisit, day: date | None) -> datetime:
    if day is None or day == swedish_date(here.now):
        return here.now
    return swedish_instant(day, NOON)


def _register_form(
    here: RoundVisit,
    whose: Whose,
    written: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
) -> Response:
    return here.show(
        "register_answer.html",
        page="answers",
        status_code=422 if faults else 200,
        whose=whose,
        written=written,
        faults=faults or {},
        kinds=[kind.value for kind in AnswerKind],
        accept=ACCEPT,
        back=whose.read_at(here),
        names=_NAMES,
        follows=_follows(here, whose),
    )


_NAMES = {
    "kind": KIND,
    "text": TEXT,
    "files": FILES,
    "day": DAY,
    "is_so": IS_SO,
    "number": NUMBER,
    "follows": FOLLOWS,
}


def _follows(here: RoundVisit, whose: Whose) -> int:
    with reading(here.engine) as session:
        return newest_version(session, whose.invitation, FormName.REPLY)
