"""What is worth a word of a plan that a round is about to be started with, whoever starts it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from agenda.plan.model import Plan
from agenda.rounds.facts import Situation
from agenda.rounds.sentences import SENTENCES
from agenda.steps.kinds import StepKind
from agenda.words.errors import BadInput, Remedy
from agenda.workdays import swedish_date


def refuse_bygone(plan: Plan, *, now: datetime) -> None:
    """A plan whose every date has passed is nearly always meant for another year.

    Raises:
        BadInput: so it is.
    """
    last = max(activity.due_on for activity in plan.activities)
    if last < swedish_date(now):
        raise BadInput(SENTENCES("plan_bygone", last=last), remedy=Remedy.MOVE_THE_PLAN)


def never_sent(found: Iterable[Situation], *, now: datetime) -> Counter[str]:
    """How many steps of each activity, by key, fall before the round is followed."""
    return Counter(
        situation.activity.key
        for situation in found
        for step in situation.timetables(now).present
        if step.at < situation.facts.tracked_from and step.kind is not StepKind.NAG
    )
