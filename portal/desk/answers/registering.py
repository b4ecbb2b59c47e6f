"""`/samordna/…/svar/<aktivitet>/<organisation>/…`: an answer that came by letter, its number."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import UploadFile

from agenda.attachments import ACCEPT, CheckedFile, RefusedFile, check_room, checked_file
from agenda.forms.written import date_in, day_of, line_in, text_in
from agenda.links.keyring import derived_token
from agenda.models import Activity, Answer, AnswerKind, FormName, Invitation, Organisation
from agenda.replies.answers import (
    LONGEST_REGISTRY_NO,
    GivenFile,
    NewAnswer,
    newest_version,
    number_answer,
)
from agenda.rounds.activities import began_on
from agenda.rounds.finding import find_asked, find_invitation
from agenda.storage.contents import keep
from agenda.storage.store import reading
from agenda.words.errors import AgendaError, NotFound
from agenda.workdays import swedish_date, swedish_instant
from notifications.acts.answers import record_answer
from notifications.acts.foreseeing import ForeseeableAct
from notifications.acts.planned.answers import receipting, withdrawing
from notifications.acts.trying import carry_through
from notifications.readings.answers import versions_of
from portal.desk.acts.two_step import AskedAct, follow, press
from portal.desk.cookies import HOME
from portal.desk.visits import Filled, InRound, NotYours, RoundVisit
from portal.door.posting import Posted

NOON = time(12)
KIND, TEXT, FILES, DAY, NUMBER = "slag", "text", "filer", "inkom", "diarienummer"
IS_SO, FOLLOWS = "dagen-stammer", "_efter"
_IDS = range(1, 2**31)

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/svar/{{key}}/{{organisation}}")


class Whose(NamedTuple):
    """Whose answer it is, to what."""

    invitation: Invitation
    row: Activity
    organisation: Organisation


@router.api_route("/registrera", methods=["GET", "HEAD"])
def register_page(here: InRound, key: str, organisation: str) -> Response:
    """The form for an answer that came by letter, mail or telephone."""
    whose = _whose(here, key, organisation)
    return _register_form(here, whose, {KIND: "submission", DAY: str(swedish_date(here.now))})


@router.post("/registrera")
def register(here: InRound, key: str, organisation: str, posted: Filled) -> Response:
    """Register it, with its files and the day it came in."""
    whose = _whose(here, key, organisation)
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
    return _back(here, whose, "registered")


@router.api_route("/diarienummer", methods=["GET", "HEAD"])
def number_page(here: InRound, key: str, organisation: str, version: int = 0) -> Response:
    """The form for an answer's registry number."""
    return _number_form(here, _whose(here, key, organisation), version, "")


@router.post("/diarienummer")
def give_number(
    here: InRound, key: str, organisation: str, posted: Filled, version: int = 0
) -> Response:
    """Give an answer its number in the region's own register."""
    whose = _whose(here, key, organisation)
    written = line_in(posted.get(NUMBER))
    wanted = version if version in _IDS else None

    def act(session: Session) -> None:
        invitation = find_asked(session, whose.row, whose.organisation.key)
        number_answer(session, invitation, registry_no=written, version=wanted, by=here.by)

    try:
        carry_through(here.engine, act)
    except AgendaError as error:
        return _number_form(here, whose, version, written, faults={NUMBER: here.mended(error)})
    return _back(here, whose, "numbered")


@router.api_route("/aterkalla", methods=["GET", "HEAD"])
def withdraw_page(here: InRound, key: str, organisation: str) -> Response:
    """The first press to withdraw an answer."""
    return _ask(here, _whose(here, key, organisation), "withdraw")


@router.post("/aterkalla")
def withdraw(here: InRound, key: str, organisation: str, posted: Filled) -> Response:
    """Let an answer count no longer."""
    whose = _whose(here, key, organisation)
    wanted = withdrawing(whose.row, whose.organisation.key, actor=here.by.actor)
    return _press(here, posted, whose, "withdraw", wanted)


@router.api_route("/kvitto", methods=["GET", "HEAD"])
def receipt_page(here: InRound, key: str, organisation: str) -> Response:
    """The first press to have a receipt mailed."""
    return _ask(here, _whose(here, key, organisation), "receipt")


@router.post("/kvitto")
def receipt(here: InRound, key: str, organisation: str, posted: Filled) -> Response:
    """Have a receipt mailed for the answer that holds."""
    whose = _whose(here, key, organisation)
    with reading(here.engine) as session:
        answer_id = _newest(session, whose)
    if answer_id is None:
        return _ask(here, whose, "receipt", refused=here.say("no_answer_yet"))
    wanted = receipting(here.office, whose.row, answer_id)
    return _press(here, posted, whose, "receipt", wanted)


def _press(
    here: RoundVisit, posted: Posted, whose: Whose, name: str, wanted: ForeseeableAct
) -> Response:
    asked = AskedAct(
        name=name,
        wanted=wanted,
        subject=f"{whose.organisation.name}: {whose.row.title}",
        page="answers",
        back=_address(here, whose),
    )
    return press(
        here,
        posted,
        asked,
        refuse=lambda why: _ask(here, whose, name, refused=why),
        done=lambda: follow(here, whose.row, f"svar från {whose.organisation.name}"),
    )


def _newest(session: Session, whose: Whose) -> int | None:
    holding = [one for one in versions_of(session, whose.invitation) if one.withdrawn_at is None]
    return holding[0].id if holding else None


def _whose(here: RoundVisit, key: str, organisation: str) -> Whose:
    with reading(here.engine) as session:
        try:
            return Whose(
                *find_invitation(
                    session, here.round, organisation=organisation, activity=key, locks=False
                )
            )
        except NotFound:
            raise NotYours(here) from None


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
        back=_address(here, whose),
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


def _number_form(
    here: RoundVisit,
    whose: Whose,
    version: int,
    written: str,
    *,
    faults: Mapping[str, str] | None = None,
) -> Response:
    return here.show(
        "number.html",
        page="answers",
        status_code=422 if faults else 200,
        whose=whose,
        version=version,
        written=written,
        faults=faults or {},
        longest=LONGEST_REGISTRY_NO,
        back=_address(here, whose),
        names={"number": NUMBER},
    )


def _ask(here: RoundVisit, whose: Whose, name: str, *, refused: str = "") -> Response:
    return here.show(
        "ask.html",
        page="answers",
        status_code=409 if refused else 200,
        name=name,
        subject=f"{whose.organisation.name}: {whose.row.title}",
        refused=refused,
        back=_address(here, whose),
    )


def _address(here: RoundVisit, whose: Whose) -> str:
    return f"{here.home}/svar/{whose.row.key}/{whose.organisation.key}"


def _back(here: RoundVisit, whose: Whose, done: str) -> Response:
    return RedirectResponse(f"{_address(here, whose)}?gjort={done}", status_code=303)
