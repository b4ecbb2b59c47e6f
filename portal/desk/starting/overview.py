"""`/samordna/ny-omgang/…`: the draft's plan, moved as one, saved as a file, started, discarded."""

from datetime import date
from functools import partial

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from agenda.forms.written import date_in, day_of
from agenda.kinds import KINDS
from agenda.plan.drafts.as_file import plan_file
from agenda.plan.drafts.examining import Finding
from agenda.plan.model import Plan, PlannedActivity
from agenda.plan.redating import redate
from agenda.rounds.plan_drafts import discard_draft
from agenda.rounds.starting import refuse_bygone
from agenda.storage.store import transaction
from agenda.words.errors import AgendaError
from agenda.workdays import Workdays, swedish_date
from notifications.acts.starting import StartingRound
from portal.desk.acts.two_step import AskedAct, follow_all, press, wants_changes
from portal.desk.starting.visits import (
    START,
    VERSION,
    DraftVisit,
    Faults,
    InDraft,
    save,
    version_in,
)
from portal.desk.visits import Filled
from portal.door.downloads import download

FIRST_DAY = "forsta"

router = APIRouter(prefix=f"{START}/{{draft:int}}")


@router.api_route("", methods=["GET", "HEAD"])
def overview(here: InDraft) -> Response:
    """The plan as a table, with what is wrong or odd beside what it concerns."""
    return _overview(here)


@router.post("")
def move_all(here: InDraft, posted: Filled) -> Response:
    """Move the whole plan, so that it begins in another week."""
    written = date_in(posted.get(FIRST_DAY))
    day = day_of(written)
    if day is None:
        example = min(one.starts_on for one in here.plan.activities).isoformat()
        return _overview(here, written, {FIRST_DAY: here.say("no_day", example=example)}, 422)
    return save(
        here,
        posted,
        lambda plan: redate(plan, first_day=day, name=plan.name).plan,
        back=here.home,
        refuse=lambda faults, status: _overview(here, written, faults, status),
        done="moved",
    )


@router.api_route("/planfil", methods=["GET", "HEAD"])
def save_as_file(here: InDraft) -> Response:
    """The plan as its file."""
    octets = plan_file(here.plan).encode()
    return download(f"plan-{here.plan.name}.yaml", "application/yaml", octets)


@router.api_route("/kasta", methods=["GET", "HEAD"])
def discard_page(here: InDraft) -> Response:
    """Whether the draft is really to be thrown away."""
    return here.show("discard.html", refused="")


@router.post("/kasta")
def discard(here: InDraft, posted: Filled) -> Response:
    """Throw the draft away."""
    try:
        with transaction(here.engine) as session:
            discard_draft(session, here.draft.id or 0, version=version_in(posted), by=here.by)
    except AgendaError as error:
        return here.show("discard.html", status_code=409, refused=here.mended(error))
    return RedirectResponse(START, status_code=303)


@router.api_route("/starta", methods=["GET", "HEAD"])
def start_page(here: InDraft) -> Response:
    """What is about to be started."""
    return _start(here)


@router.post("/starta")
def start(here: InDraft, posted: Filled) -> Response:
    """Start the round, once what follows has been seen; whoever does it coordinates it."""
    here.refuse_unless_fresh()
    if wants_changes(posted):
        return RedirectResponse(here.home, status_code=303)
    starting = StartingRound(
        draft_id=here.draft.id or 0,
        version=version_in(posted),
        whose=here.person,
        by=here.by,
        leaves=here.settings.has_mail_server,
    )
    asked = AskedAct(
        name="start_round",
        wanted=starting.act(),
        subject=f"{here.plan.name}: {here.plan.title}",
        page="starting",
        # From here whoever comes goes on to the round.
        back=here.home,
        hidden=[(VERSION, posted.get(VERSION))],
        terms={"name": here.plan.name},
    )
    return press(
        here,
        posted,
        asked,
        refuse=partial(_start, here),
        done=lambda: follow_all(here, f"omgång {here.plan.name} startad"),
    )


def proposed_day(plan: Plan, activity: PlannedActivity) -> date | None:
    """The next working day after a last day that is a day off; None for one that is not."""
    workdays = Workdays(plan.closed_days)
    if activity.is_quarter or workdays.why_not(activity.due_on) is None:
        return None
    return workdays.on_or_after(activity.due_on)


def of_activity(here: DraftVisit, findings: list[Finding], key: str) -> list[Finding]:
    """What is wrong or odd in one activity."""
    keys = [one.key for one in here.plan.activities]
    return [one for one in findings if one.activity is not None and keys[one.activity] == key]


def _start(here: DraftVisit, refused: str = "") -> Response:
    findings = list(here.findings)
    return here.show(
        "start.html",
        status_code=409 if refused else 200,
        refused=refused,
        faults=[here.found(one) for one in findings if one.is_fault],
        odd=[here.found(one) for one in findings if not one.is_fault],
    )


def _overview(
    here: DraftVisit,
    written: str = "",
    faults: Faults | None = None,
    status: int = 200,
) -> Response:
    findings = list(here.findings)
    try:
        refuse_bygone(here.plan, now=here.now)
        bygone = ""
    except AgendaError as error:
        bygone = here.mended(error)
    return here.show(
        "overview.html",
        status_code=status,
        written=written,
        faults=faults or {},
        is_faulty=any(one.is_fault for one in findings),
        kinds={name: kind.label[here.language] for name, kind in KINDS.items()},
        bygone=bygone,
        of=lambda key: of_activity(here, findings, key),
        others=[one for one in findings if one.activity is None],
        proposed=lambda one: proposed_day(here.plan, one),
        reached=sum(bool(one.contacts) for one in here.plan.organisations),
        on_day=swedish_date(here.now),
        names={"first_day": FIRST_DAY},
    )
