"""`/samordna/…/svar/<aktivitet>/<organisation>/…`: an answer numbered, withdrawn, receipted."""

from collections.abc import Mapping

from fastapi import APIRouter, Response
from sqlmodel import Session

from agenda.forms.written import line_in
from agenda.replies.answers import LONGEST_REGISTRY_NO, number_answer
from agenda.rounds.finding import find_asked
from agenda.storage.store import reading
from agenda.words.errors import AgendaError
from notifications.acts.foreseeing import ForeseeableAct
from notifications.acts.planned.answers import receipting, withdrawing
from notifications.acts.trying import carry_through
from notifications.readings.answers import versions_of
from portal.desk.acts.two_step import AskedAct, follow, press
from portal.desk.answers.whose import ONE_ANSWER, Whose, whose_is
from portal.desk.visits import Filled, InRound, RoundVisit
from portal.door.posting import Posted

NUMBER = "diarienummer"
_IDS = range(1, 2**31)

router = APIRouter(prefix=ONE_ANSWER)


@router.api_route("/diarienummer", methods=["GET", "HEAD"])
def number_page(here: InRound, key: str, organisation: str, version: int = 0) -> Response:
    """The form for an answer's registry number."""
    return _number_form(here, whose_is(here, key, organisation), version, "")


@router.post("/diarienummer")
def give_number(
    here: InRound, key: str, organisation: str, posted: Filled, version: int = 0
) -> Response:
    """Give an answer its number in the region's own register."""
    whose = whose_is(here, key, organisation)
    written = line_in(posted.get(NUMBER))
    wanted = version if version in _IDS else None

    def act(session: Session) -> None:
        invitation = find_asked(session, whose.row, whose.organisation.key)
        number_answer(session, invitation, registry_no=written, version=wanted, by=here.by)

    try:
        carry_through(here.engine, act)
    except AgendaError as error:
        return _number_form(here, whose, version, written, faults={NUMBER: here.mended(error)})
    return whose.done(here, "numbered")


@router.api_route("/aterkalla", methods=["GET", "HEAD"])
def withdraw_page(here: InRound, key: str, organisation: str) -> Response:
    """The first press to withdraw an answer."""
    return _ask(here, whose_is(here, key, organisation), "withdraw")


@router.post("/aterkalla")
def withdraw(here: InRound, key: str, organisation: str, posted: Filled) -> Response:
    """Let an answer count no longer."""
    whose = whose_is(here, key, organisation)
    wanted = withdrawing(whose.row, whose.organisation.key, actor=here.by.actor)
    return _press(here, posted, whose, "withdraw", wanted)


@router.api_route("/kvitto", methods=["GET", "HEAD"])
def receipt_page(here: InRound, key: str, organisation: str) -> Response:
    """The first press to have a receipt mailed."""
    return _ask(here, whose_is(here, key, organisation), "receipt")


@router.post("/kvitto")
def receipt(here: InRound, key: str, organisation: str, posted: Filled) -> Response:
    """Have a receipt mailed for the answer that holds."""
    whose = whose_is(here, key, organisation)
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
        back=whose.read_at(here),
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
        back=whose.read_at(here),
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
        back=whose.read_at(here),
    )
