"""`/samordna/…/plan`: the plan along time, and each activity with what can be done about it."""

from fastapi import APIRouter, Response

from agenda.models import identity
from agenda.rounds.activities import is_meeting
from agenda.rounds.facts import Situation, situation
from agenda.rounds.finding import find_activity
from agenda.rounds.overview import overview
from agenda.rounds.round import occasions
from agenda.rounds.waiting import wishes_for_time
from agenda.steps.kinds import TO_ORGANISATIONS
from agenda.steps.labels import step_label
from agenda.steps.stages import is_possible
from agenda.steps.timetable import Step
from agenda.steps.verdicts import Status
from agenda.storage.store import reading
from agenda.words.errors import NotFound
from agenda.workdays import swedish_date
from flows.rest.addresses import activity_key, artifact_url
from portal.desk.acts.rows import ACTS, DeskAct
from portal.desk.cookies import HOME
from portal.desk.plan.timeline import timeline
from portal.desk.standing.matrix import SIGNS
from portal.desk.visits import InRound, NotYours, RoundVisit
from portal.door.moments import month_in_words

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/plan")
CLOSED = "close_round"
DONE = frozenset(act.name for act in ACTS.values())


@router.api_route("", methods=["GET", "HEAD"])
def plan(here: InRound, gjort: str = "") -> Response:
    """The plan: drawn, and as the table of the same rows."""
    with reading(here.engine) as session:
        found = overview(session, round_id=identity(here.round), now=here.now)
    drawn = timeline(found.activities, swedish_date(here.now))
    return here.show(
        "plan.html",
        page="plan",
        done=gjort if gjort == CLOSED else "",
        found=found,
        drawn=drawn,
        on_day=swedish_date(here.now),
        month_name=lambda month: month_in_words(month, here.language),
    )


@router.api_route("/{key}", methods=["GET", "HEAD"])
def activity(here: InRound, key: str, gjort: str = "") -> Response:
    """One activity."""
    with reading(here.engine) as session:
        try:
            row = find_activity(session, here.round, key)
        except NotFound:
            raise NotYours(here) from None
        known = situation(session, identity(row))
        found = overview(session, round_id=identity(here.round), now=here.now)
        wishes = wishes_for_time(session, identity(here.round), activity_id=row.id)
        ahead = list(occasions(known, now=here.now))
    return here.show(
        "activity.html",
        page="plan",
        known=known,
        line=next(one for one in found.activities if one.key == key),
        rows=[one for one in found.organisations if key in one.cells],
        begun={one.organisation for one in found.begun if one.activity == key},
        signs={standing.value: sign for standing, sign in SIGNS.items()},
        ahead=ahead,
        wishes=wishes,
        letters=_letters_ahead(here, known),
        step_label=lambda step: step_label(step, here.language),
        acts=[
            what for what, act in ACTS.items() if act.name != "deny" and _is_possible(act, known)
        ],
        names={what: act.name for what, act in ACTS.items()},
        done=gjort if gjort in DONE else "",
        runs_url=_in_prefect(here, key),
    )


def _letters_ahead(here: RoundVisit, known: Situation) -> list[Step]:
    """The steps ahead that somebody who is asked is still to get, by the common last day."""
    if not (here.may_act and known.facts.asked and known.facts.stage.takes_answers):
        return []
    found = known.verdicts(here.now)
    open_ = {one.step.name for one in found if one.status in (Status.WAITING, Status.HELD)}
    steps = (step for step in known.timetables(here.now).present if step.at > here.now)
    return [one for one in steps if one.audience in TO_ORGANISATIONS and one.name in open_]


def _in_prefect(here: RoundVisit, key: str) -> str:
    """Where the activity is in the dashboard; empty where whoever reads this is not let in."""
    if not here.sees_runs:
        return ""
    return artifact_url(here.settings.prefect_url, activity_key(identity(here.round), key))


def _is_possible(act: DeskAct, known: Situation) -> bool:
    if act.name in ("grant", "lock", "remind") and not known.facts.asked:
        return False
    return is_possible(act.act, known.facts.stage, is_meeting=is_meeting(known.row))
