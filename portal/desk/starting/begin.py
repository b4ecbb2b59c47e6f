"""`/samordna/ny-omgang`: a draft begun from the product's plan, an earlier round, or a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.forms.written import date_in, day_of, line_in
from agenda.models import DraftOrigin, Round
from agenda.plan.drafts.changes import first_day_ahead, with_head
from agenda.plan.model import Plan
from agenda.plan.reading import bundled_plan, read_plan
from agenda.plan.redating import redate
from agenda.rounds.as_plan import plan_of_round
from agenda.rounds.plan_drafts import begin_draft, open_drafts
from agenda.storage.store import reading, transaction
from agenda.words.errors import AgendaError
from agenda.words.faults import FaultyFile
from agenda.words.sentence import said
from agenda.workdays import swedish_date
from portal.desk.starting.visits import START, Starter, StartVisit
from portal.desk.visits import Filled
from portal.door.posting import Posted

WAY, ROUND, FIRST_DAY, FILE = "vag", "omgang", "forsta", "fil"
_A_YEAR = timedelta(weeks=52)
_LEAST_AHEAD = timedelta(days=30)

router = APIRouter(prefix=START)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A plan to begin with, and where it is from."""

    plan: Plan
    origin: DraftOrigin
    from_round: Round | None = None


class _Refused(Exception):
    """What was chosen cannot be begun with; what is wrong, by the names of the fields."""

    def __init__(self, name: str, *sentences: str) -> None:
        super().__init__(*sentences)
        self.name, self.sentences = name, sentences


@router.api_route("", methods=["GET", "HEAD"])
def begin_page(here: Starter) -> Response:
    """The drafts there are, and the three ways to begin another."""
    return _page(here, {WAY: here.request.query_params.get(WAY, "")})


@router.post("")
def begin(here: Starter, posted: Filled) -> Response:
    """Begin a draft."""
    written = {name: line_in(posted.get(name)).strip() for name in (WAY, ROUND, FIRST_DAY)}
    try:
        begun = _begun(here, posted, written)
    except _Refused as refused:
        return _page(here, written, name=refused.name, told=refused.sentences)
    with transaction(here.engine) as session:
        draft = begin_draft(
            session,
            begun.plan,
            origin=begun.origin,
            whose=here.person,
            by=here.by,
            from_round=begun.from_round,
        )
        address = f"{START}/{draft.id}?gjort=begun"
    return RedirectResponse(address, status_code=303)


def _begun(here: StartVisit, posted: Posted, written: Mapping[str, str]) -> _Begun:
    first_day = _first_day(here, written[FIRST_DAY])
    if written[WAY] == DraftOrigin.FILE:
        plan = _uploaded(here, posted)
        return _Begun(_moved(here, plan, first_day) if first_day else plan, DraftOrigin.FILE)
    today = swedish_date(here.now)
    if written[WAY] == DraftOrigin.ROUND:
        with reading(here.engine) as session:
            earlier, plan = _earlier(here, session, written[ROUND])
        plan = _moved(here, plan, first_day or _a_year_later(plan, today=today))
        return _Begun(plan, DraftOrigin.ROUND, earlier)
    if written[WAY] == DraftOrigin.BUNDLED:
        plan = read_plan(bundled_plan())
        plan = _moved(here, plan, first_day or first_day_ahead(plan, today=today))
        # Of the plan that comes with the product nobody is a person: who begins is.
        mine = {"name": here.person.name, "address": here.person.address}
        return _Begun(with_head(plan, coordinator=mine), DraftOrigin.BUNDLED)
    raise _Refused(WAY, here.say("no_way"))


def _a_year_later(plan: Plan, *, today: date) -> date:
    day = min(one.starts_on for one in plan.activities) + _A_YEAR
    return day if day - today >= _LEAST_AHEAD else first_day_ahead(plan, today=today)


def _first_day(here: StartVisit, written: str) -> date | None:
    if not written:
        return None
    day = day_of(date_in(written))
    if day is None:
        raise _Refused(FIRST_DAY, here.say("no_day", example=swedish_date(here.now).isoformat()))
    return day


def _moved(here: StartVisit, plan: Plan, first_day: date) -> Plan:
    try:
        return redate(plan, first_day=first_day).plan
    except AgendaError as error:
        raise _Refused(FIRST_DAY, here.mended(error)) from None


def _uploaded(here: StartVisit, posted: Posted) -> Plan:
    for name, upload in posted.files:
        if name == FILE:
            upload.file.seek(0)
            try:
                return read_plan(upload.file.read(), file=upload.filename or "")
            except FaultyFile as error:
                told = (
                    here.say("fault_in_row", row=one.line, said=said(one.sentence, here.language))
                    for one in error.faults
                )
                raise _Refused(FILE, *told) from None
    raise _Refused(FILE, here.say("no_plan_file"))


def _earlier(here: StartVisit, session: Session, written: str) -> tuple[Round, Plan]:
    for one in here.rounds:
        if str(one.round.id) == written:
            round_ = session.get_one(Round, one.round.id)
            return round_, plan_of_round(session, round_)
    raise _Refused(ROUND, here.say("no_round_chosen"))


def _page(
    here: StartVisit, written: Mapping[str, str], *, name: str = "", told: tuple[str, ...] = ()
) -> Response:
    with reading(here.engine) as session:
        drafts = open_drafts(session)
    proposed = first_day_ahead(read_plan(bundled_plan()), today=swedish_date(here.now))
    return here.show(
        "begin.html",
        status_code=422 if told else 200,
        drafts=drafts,
        written=written,
        faults={name: told[0]} if told else {},
        more=told[1:],
        proposed=proposed,
        ways=[one.value for one in DraftOrigin if one is not DraftOrigin.ROUND or here.rounds],
        names={"way": WAY, "round": ROUND, "first_day": FIRST_DAY, "file": FILE},
    )
