"""`/samordna/ny-omgang/…/aktivitet`: an activity added, changed, moved, removed."""

from fastapi import APIRouter, Response

from agenda.kinds import KINDS
from agenda.plan.drafts.changes import (
    PlanRefused,
    with_activity,
    with_new_activity,
    without_activity,
)
from agenda.plan.form_defaults import form_of
from agenda.plan.model import Plan, PlannedActivity
from agenda.words.sentence import said
from portal.desk.starting.filled import (
    FIRST,
    LAST,
    Written,
    closings,
    days_of,
    given_of,
    named,
    written_in,
    written_of,
)
from portal.desk.starting.overview import of_activity, proposed_day
from portal.desk.starting.visits import START, DraftVisit, Faults, InDraft, save
from portal.desk.visits import Filled, NotYours

KIND = "sort"
ASKED_SHOWN = 60
"""So many organisations are there to be chosen one by one; of more, whole kinds are."""

router = APIRouter(prefix=f"{START}/{{draft:int}}/aktivitet")


@router.api_route("", methods=["GET", "HEAD"])
def new_page(here: InDraft) -> Response:
    """The form for one activity more."""
    return _new(here, {})


@router.post("")
def add(here: InDraft, posted: Filled) -> Response:
    """Add an activity; what its kind brings can be changed on its own page."""
    written = written_in(posted)
    kind = (written[KIND] or ("",))[-1]
    if kind not in KINDS:
        return _new(here, written, {KIND: here.say("no_kind_chosen")}, 422)
    try:
        days = days_of(written, here.say)
        title = (written["titel"] or ("",))[-1]
        _, key = with_new_activity(here.plan, kind=kind, title=title, **days)
    except PlanRefused as refused:
        told = {name: said(one, here.language) for name, one in refused.faults.items()}
        return _new(here, written, named(told), 422)
    return save(
        here,
        posted,
        lambda plan: with_new_activity(plan, kind=kind, title=title, **days)[0],
        back=f"{here.home}/aktivitet/{key}",
        refuse=lambda faults, status: _new(here, written, named(faults), status),
        done="added",
    )


@router.api_route("/{key}", methods=["GET", "HEAD"])
def activity_page(here: InDraft, key: str) -> Response:
    """One activity, to be changed; with another last day in it if the address says one."""
    activity = found_in(here, key)
    written = written_of(activity)
    for name in (FIRST, LAST):
        if proposed := here.request.query_params.get(name):
            written[name] = (proposed,)
    return _activity(here, activity, written)


@router.post("/{key}")
def change(here: InDraft, key: str, posted: Filled) -> Response:
    """Change an activity."""
    activity, written = found_in(here, key), written_in(posted)
    return save(
        here,
        posted,
        lambda plan: with_activity(plan, key, **given_of(written, activity, here.say)),
        back=f"{here.home}/aktivitet/{key}",
        refuse=lambda faults, status: _activity(here, activity, written, named(faults), status),
    )


@router.api_route("/{key}/bort", methods=["GET", "HEAD"])
def remove_page(here: InDraft, key: str) -> Response:
    """Whether an activity is really to be taken away."""
    return _remove(here, found_in(here, key))


@router.post("/{key}/bort")
def remove(here: InDraft, key: str, posted: Filled) -> Response:
    """Take an activity away."""
    activity = found_in(here, key)
    return save(
        here,
        posted,
        lambda plan: without_activity(plan, key),
        back=here.home,
        refuse=lambda faults, status: _remove(here, activity, faults, status),
        done="removed",
    )


def found_in(here: DraftVisit, key: str) -> PlannedActivity:
    """An activity of the draft.

    Raises:
        NotYours: it has none of that key.
    """
    try:
        return here.plan.activity(key)
    except KeyError:
        raise NotYours(here) from None


def asked_choices(plan: Plan, activity: PlannedActivity) -> tuple[list[str], list[tuple[str, str]]]:
    """The kinds of organisation, and the organisations, that an activity can ask."""
    kinds = {one.kind for one in plan.organisations} | set(KINDS[activity.kind].asks)
    single = [(one.key, one.name) for one in plan.organisations]
    shown = [one for one in single if len(single) <= ASKED_SHOWN or one[0] in activity.asks]
    known = kinds | {key for key, _ in shown}
    return sorted(kinds | {one for one in activity.asks if one not in known}), shown


def _activity(
    here: DraftVisit,
    activity: PlannedActivity,
    written: Written,
    faults: Faults | None = None,
    status: int = 200,
) -> Response:
    kinds, single = asked_choices(here.plan, activity)
    kind = KINDS[activity.kind]
    return here.show(
        "activity.html",
        status_code=status,
        activity=activity,
        written=written,
        faults=faults or {},
        findings=of_activity(here, list(here.findings), activity.key),
        proposed=proposed_day(here.plan, activity),
        kind=kind.label[here.language],
        is_meeting=kind.is_meeting,
        closings=closings(),
        others=[one for one in here.plan.activities if one.key != activity.key],
        asked_kinds=kinds,
        asked_single=single,
        fields=len(form_of(activity, here.plan)),
    )


def _new(
    here: DraftVisit, written: Written, faults: Faults | None = None, status: int = 200
) -> Response:
    return here.show(
        "new_activity.html",
        status_code=status,
        written=written,
        faults=faults or {},
        kinds={name: kind.label[here.language] for name, kind in sorted(KINDS.items())},
    )


def _remove(
    here: DraftVisit, activity: PlannedActivity, faults: Faults | None = None, status: int = 200
) -> Response:
    return here.show(
        "remove_activity.html",
        status_code=status,
        activity=activity,
        faults=list((faults or {}).values()),
        builds=[one.title for one in here.plan.activities if activity.key in one.after],
    )
