"""How those who are asked are simulated to answer when nobody has written a scenario."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from enum import StrEnum

from agenda.plan.model import Plan, PlannedActivity
from agenda.workdays import swedish_instant
from notifications.replay.scenario import Deed, ScenarioLine

ANSWERED_AT = time(10)
DONE_AT = time(15)
DAYS_LATE = timedelta(days=4)
"""How long after its last day an answer comes that comes late."""
_IN_TIME, _LATE, _NEVER = range(3)


class Answering(StrEnum):
    """How the organisations answer."""

    IN_TIME = "in_time"
    """All of them, spread over the time they have."""
    SOME_LATE = "some_late"
    """By turns in time, late, and not at all."""
    NOBODY = "nobody"


def simulated(plan: Plan, how: Answering) -> tuple[ScenarioLine, ...]:
    """A scenario for a plan, earliest act first; the same for the same plan.

    Whoever has no contacts hears of nothing, and so does not answer. What the region does
    itself is done on its last day, however the organisations answer.
    """
    acts = [*_answers(plan, how), *_done(plan)]
    acts.sort(key=lambda act: (act.at, act.line))
    return tuple(acts)


def _answers(plan: Plan, how: Answering) -> Iterator[ScenarioLine]:
    if how is Answering.NOBODY:
        return
    for activity in plan.activities:
        reached = [one for one in plan.asked(activity) if one.contacts]
        for number, organisation in enumerate(reached):
            turn = _IN_TIME if how is Answering.IN_TIME else number % 3
            if turn == _NEVER:
                continue
            share = (number + 1) / (len(reached) + 1)
            on = activity.due_on + DAYS_LATE if turn == _LATE else _day_within(activity, share)
            yield ScenarioLine(
                line=number,
                at=swedish_instant(on, ANSWERED_AT),
                organisation=organisation.key,
                activity=activity.key,
                what=Deed.SUBMISSION,
            )


def _day_within(activity: PlannedActivity, share: float) -> date:
    days = (activity.due_on - activity.starts_on).days
    return activity.starts_on + timedelta(days=round(days * share))


def _done(plan: Plan) -> Iterator[ScenarioLine]:
    for number, activity in enumerate(plan.activities):
        if not activity.is_asking:
            yield ScenarioLine(
                line=number,
                at=swedish_instant(activity.due_on, DONE_AT),
                organisation="",
                activity=activity.key,
                what=Deed.DONE,
            )
