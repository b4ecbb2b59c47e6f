"""`/samordna/ny-omgang/…/ova`: the whole round on a throw-away database, with a clock to pull."""

from datetime import date, datetime, timedelta
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from agenda.forms.written import date_in, day_of
from agenda.installation.settings import Settings
from agenda.links.keyring import Keyring
from agenda.workdays import swedish_instant
from notifications.office import Office
from notifications.replay.answering import Answering, simulated
from notifications.replay.rehearsal import EVENING, Rehearsal, rehearse
from portal.desk.paging import page_of
from portal.desk.standing.matrix import matrix
from portal.desk.starting.rehearsing import (
    RehearsalRun,
    Rehearsed,
    TooManyRehearsals,
    rehearsals,
)
from portal.desk.starting.visits import START, DraftVisit, InDraft
from portal.desk.visits import Filled
from portal.door.moments import brief

ANSWERING, DAY, AFTER, STILL = "svar", "dag", "fran", "stilla"
RELOADED_EVERY_SECONDS = 2
LETTERS_SHOWN = 25
_A_WEEK = timedelta(days=7)

router = APIRouter(prefix=f"{START}/{{draft:int}}/ova")


@router.api_route("", methods=["GET", "HEAD"])
def rehearsal_page(here: InDraft) -> Response:
    """The rehearsal on the day that the address names; how far it has come; or how to begin it."""
    how = _answering(here.request.query_params.get(ANSWERING, ""))
    run = rehearsals(here.request).find(_what(here, how))
    if run is None or run.has_failed:
        return _beginning(here, how, run)
    if run.found is None:
        return _on_its_way(here, how, run)
    return _day_of_it(here, how, run.found)


@router.post("")
def begin_rehearsal(here: InDraft, posted: Filled) -> Response:
    """Have the draft rehearsed as it stands, behind the page."""
    how = _answering(posted.get(ANSWERING))
    if any(one.is_fault for one in here.findings):
        return _beginning(here, how, status=409)
    make = partial(
        rehearse, here.plan, simulated(here.plan, how), office=_rehearsing_office(here.settings)
    )
    try:
        rehearsals(here.request).begin(_what(here, how), lambda progress: make(progress=progress))
    except TooManyRehearsals:
        return _beginning(here, how, refused=here.say("rehearsals_many"), status=503)
    return RedirectResponse(_address(here, how), status_code=303)


def _beginning(
    here: DraftVisit,
    how: Answering,
    run: RehearsalRun | None = None,
    *,
    refused: str = "",
    status: int = 200,
) -> Response:
    if run is not None:
        refused = here.say("rehearsal_failed")
    return _show(
        here,
        how,
        "rehearsal.html",
        status_code=status,
        refused=refused,
        faults=[here.found(one) for one in here.findings if one.is_fault],
    )


def _on_its_way(here: DraftVisit, how: Answering, run: RehearsalRun) -> Response:
    is_still = bool(here.request.query_params.get(STILL))
    # A header and no element: what reads the page aloud can be told to leave it alone.
    reloads = {} if is_still else {"Refresh": str(RELOADED_EVERY_SECONDS)}
    return _show(
        here,
        how,
        "rehearsal_waits.html",
        headers=reloads,
        run=run,
        percent=int(run.share * 100),
        is_still=is_still,
        still=_address(here, how, **{STILL: "1"}),
    )


def _day_of_it(here: DraftVisit, how: Answering, found: Rehearsal) -> Response:
    chosen = here.request.query_params
    day = found.day_shown(_day_in(chosen.get(DAY, "")))
    after = _day_in(chosen.get(AFTER, ""))
    sent = found.sent(until=day)
    listed = found.sent(until=day, after=after)
    standing = found.standing(day)
    evening = swedish_instant(day, EVENING)
    return _show(
        here,
        how,
        "rehearsal_day.html",
        shown_day=day,
        after=after,
        total=len(sent),
        letters=page_of(listed, chosen.get("sida", ""), shown=LETTERS_SHOWN),
        matrix=matrix(standing, order=chosen.get("ordning", ""), only=""),
        then=lambda on: _brief(here, on, evening),
        ways=_ways(here, how, found, day),
        is_over=day == found.days[-1],
        left_open=[here.plan.activity(key).title for key in found.left_open],
    )


def _ways(
    here: DraftVisit, how: Answering, found: Rehearsal, day: date
) -> list[tuple[str, str, date]]:
    """Where the clock can be pulled: what that is called, the address, the day."""
    following, last = found.next_day(day), found.days[-1]
    ways = {"to_next_event": following, "a_week_on": min(day + _A_WEEK, last), "to_the_end": last}
    ahead = [(name, to) for name, to in ways.items() if to is not None and to > day]
    return [
        (name, _address(here, how, **{DAY: to.isoformat(), AFTER: day.isoformat()}), to)
        for name, to in ahead
    ]


def _show(
    here: DraftVisit, how: Answering, template: str, *, status_code: int = 200, **values: object
) -> Response:
    return here.show(
        template,
        status_code=status_code,
        how=how.value,
        answerings=[one.value for one in Answering],
        beginning=_address(here, how),
        names={"answering": ANSWERING, "day": DAY, "after": AFTER},
        **values,
    )


def _brief(here: DraftVisit, on: date | datetime, evening: datetime) -> str:
    return brief(on, here.language, now=evening)


def _what(here: DraftVisit, how: Answering) -> Rehearsed:
    return Rehearsed(here.draft.id or 0, here.draft.version, how)


def _address(here: DraftVisit, how: Answering, **chosen: str) -> str:
    return f"{here.home}/ova?{urlencode({ANSWERING: how.value, **chosen})}"


def _answering(written: str) -> Answering:
    return Answering(written) if written in set(Answering) else Answering.IN_TIME


def _day_in(written: str) -> date | None:
    return day_of(date_in(written))


def _rehearsing_office(settings: Settings) -> Office:
    """The office as its letters say it; its keyring is of a key that opens nothing anywhere."""
    return Office(
        settings.sender,
        settings.mail_from_name,
        Keyring(b"rehearsal", settings.portal_url),
        answer_notices=settings.answer_notices,
    )
