"""`/samordna/…/harnast`: what leaves in the coming days, word for word, and what is held back."""

from collections import Counter
from itertools import groupby

from fastapi import APIRouter, Response
from sqlmodel import Session

from agenda.forms.written import line_in
from agenda.models import Activity, Organisation, identity
from agenda.rounds.finding import find_activity, find_organisation
from agenda.storage.store import reading
from agenda.words.errors import NotFound
from agenda.workdays import Workdays, swedish_date
from notifications.acts.planned.steps import holding, releasing
from notifications.readings.held import held_steps
from notifications.readings.register_lines import step_in_words
from notifications.readings.upcoming import ahead
from portal.desk.acts.two_step import AskedAct, follow, press, wants_changes
from portal.desk.cookies import HOME
from portal.desk.paging import page_of
from portal.desk.visits import Filled, InRound, NotYours, RoundVisit
from portal.door.posting import Posted

WORKDAYS = (1, 5, 10, 20)
"""How many workdays ahead can be chosen."""
USUAL = 5
LETTERS_SHOWN = 25
"""How many letters a page has: each is written as it will leave."""
LONGEST_REASON = 500
ACTIVITY, STEP, WHOM, REASON = "aktivitet", "steg", "vem", "skal"
DONE = ("hold", "release")

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/harnast")


@router.api_route("", methods=["GET", "HEAD"])
def upcoming(here: InRound, dagar: str = "", sida: str = "", gjort: str = "") -> Response:
    """Everything that leaves in some workdays, each letter as it will be sent."""
    days = int(dagar) if dagar in map(str, WORKDAYS) else USUAL
    workdays = Workdays(here.round.head.closed_days)
    until = workdays.after(swedish_date(here.now), days)
    round_id = identity(here.round)
    with reading(here.engine) as session:
        coming = ahead(session, here.office, round_id=round_id, until=until, now=here.now)
        counts = Counter(one.ahead.heading for one in coming)
        found = page_of(coming, sida, shown=LETTERS_SHOWN)
        entries = [one.in_words() for one in found.items]
        held = held_steps(session, round_id)
    return here.show(
        "upcoming.html",
        page="upcoming",
        until=until,
        days=days,
        choices=WORKDAYS,
        found=found,
        together=[
            (counts[heading], list(same))
            for heading, same in groupby(entries, key=lambda one: one.heading)
        ],
        held=held,
        step_in_words=step_in_words,
        done=gjort if gjort in DONE else "",
    )


@router.api_route("/hall", methods=["GET", "HEAD"])
def hold_page(here: InRound) -> Response:
    """The form that holds back a step."""
    return _form(here, dict(here.request.query_params), name="hold")


@router.post("/hall")
def hold(here: InRound, posted: Filled) -> Response:
    """Hold a step back, for everybody or for one organisation."""
    return _act(here, posted, "hold")


@router.api_route("/slapp", methods=["GET", "HEAD"])
def release_page(here: InRound) -> Response:
    """The form that releases a step."""
    return _form(here, dict(here.request.query_params), name="release")


@router.post("/slapp")
def release(here: InRound, posted: Filled) -> Response:
    """Let a step leave that was held back."""
    return _act(here, posted, "release")


def _act(here: RoundVisit, posted: Posted, name: str) -> Response:
    filled = {one: line_in(posted.get(one)) for one in (ACTIVITY, STEP, WHOM, REASON)}
    filled[REASON] = filled[REASON].strip()[:LONGEST_REASON]
    if wants_changes(posted):
        return _form(here, filled, name=name)
    with reading(here.engine) as session:
        row, whose = _about(here, session, filled)
    whom, actor = whose.id if whose else None, here.by.actor
    if name == "hold":
        reason = filled[REASON]
        act = holding(row, filled[STEP], actor=actor, organisation_id=whom, reason=reason)
    else:
        act = releasing(row, filled[STEP], actor=actor, organisation_id=whom)
    asked = AskedAct(
        name=name,
        wanted=act,
        subject=row.title,
        page="upcoming",
        back=f"{here.home}/harnast",
        hidden=[(one, text) for one, text in filled.items() if text],
        terms={
            "step": step_in_words(filled[STEP]),
            "name": whose.name if whose else here.say("everybody"),
        },
    )
    return press(
        here,
        posted,
        asked,
        refuse=lambda why: _form(here, filled, name=name, refused=why),
        done=lambda: follow(here, row, "steg släppt" if name == "release" else "steg hålls inne"),
    )


def _about(
    here: RoundVisit, session: Session, filled: dict[str, str]
) -> tuple[Activity, Organisation | None]:
    whom = filled.get(WHOM, "")
    try:
        row = find_activity(session, here.round, filled.get(ACTIVITY, ""))
        return row, find_organisation(session, here.round, whom) if whom else None
    except NotFound:
        raise NotYours(here) from None


def _form(here: RoundVisit, filled: dict[str, str], *, name: str, refused: str = "") -> Response:
    with reading(here.engine) as session:
        row, whose = _about(here, session, filled)
    return here.show(
        "hold.html",
        page="upcoming",
        status_code=422 if refused else 200,
        name=name,
        row=row,
        whose=whose,
        step=filled.get(STEP, ""),
        step_in_words=step_in_words,
        reason=filled.get(REASON, ""),
        refused=refused,
        longest=LONGEST_REASON,
        names={"activity": ACTIVITY, "step": STEP, "whom": WHOM, "reason": REASON},
    )
