"""Each step once, with the reason that decided it: the one that held when its instant came.

What has happened since, an answer after the reminder or a round that is closed, says nothing
of why a step was not sent. Pure: everything is asked of what is known.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from agenda.kinds import KINDS
from agenda.plan.model import PlannedActivity
from agenda.rounds.facts import Situation
from agenda.steps.timetable import Step, timetable
from agenda.steps.verdicts import Because, Status, Verdict
from agenda.steps.verdicts.as_of import Past, facts_as_of
from agenda.workdays import swedish_date

_SETTLED_SINCE = (Status.DONE, Status.BOUNCED)
"""What became of a step after its instant, and is the whole answer: sent, or sent and refused."""
_NOT_DECIDED = (Status.DUE, Status.WAITING, Status.DONE)
"""What a verdict at the step's own instant says when nothing stood against it."""


def decisive_verdicts(
    known: Situation, organisation: str, *, past: Past, now: datetime
) -> list[Verdict]:
    """The verdict on every step that one organisation ever had, by the step's instant.

    Args:
        known: An activity, and of those asked that organisation alone.
        organisation: Its key.
        past: What was known of them before.
        now: The present instant.
    """
    found: dict[str, Verdict] = {}
    for verdict in _of(known.verdicts(now), organisation):
        if verdict.step.key not in found or verdict.status is Status.DONE:
            found[verdict.step.key] = verdict
    for at in _instants(known, past, now):
        then = situation_as_of(known, at, past)
        for verdict in _of(then.verdicts(at), organisation):
            if verdict.step.at == at:
                key = verdict.step.key
                found[key] = _decisive(known, verdict, found.get(key))
    return sorted(found.values(), key=lambda verdict: (verdict.step.at, verdict.step.key))


def due_on_at(known: Situation, instant: datetime) -> date:
    """The activity's last day, or a meeting's day, that was in force at an instant."""
    moved = (from_on for from_on, _, moved_at in known.facts.moves if moved_at > instant)
    return next(moved, known.activity.due_on)


def situation_as_of(known: Situation, instant: datetime, past: Past) -> Situation:
    """What was known of an activity at an instant, by the days that were in force then."""
    due_on = due_on_at(known, instant)
    facts = facts_as_of(known.facts, instant, past)
    asked = [
        replace(one, extended_to=one.extended_to if (one.extended_to or due_on) > due_on else None)
        for one in facts.asked
    ]
    return replace(known, activity=_due(known.activity, due_on), facts=replace(facts, asked=asked))


def _due(activity: PlannedActivity, due_on: date) -> PlannedActivity:
    """An activity with another last day, as moving it would make it."""
    length = activity.due_on - activity.starts_on
    if KINDS[activity.kind].is_meeting or not length:
        starts_on = due_on - length
    else:
        starts_on = min(activity.starts_on, due_on)
    return activity.model_copy(update={"starts_on": starts_on, "due_on": due_on})


def _decisive(known: Situation, then: Verdict, since: Verdict | None) -> Verdict:
    """Of the verdict at a step's instant and the one that holds now, what decided it."""
    if since is None:
        return _never_sent(known, then)
    if since.status in _SETTLED_SINCE and since.at is not None:
        # An invitation's key stays when its day is moved: it is told where it lay when it left.
        return since._replace(step=then.step) if then.step.at <= since.at else since
    return since if then.status in _NOT_DECIDED else then


def _never_sent(known: Situation, then: Verdict) -> Verdict:
    """A step of days that no longer hold, which nothing stood against when its instant came."""
    asked = next(a for a in known.facts.asked if a.organisation == then.organisation)
    told = asked.told.get(then.step.key) or asked.escalated.get(then.step.key)
    if told is not None:
        return Verdict(then.step, then.organisation, Status.DONE, at=told)
    if then.status not in _NOT_DECIDED:
        return then
    for _, to_on, moved_at in known.facts.moves:
        if moved_at >= then.step.at:
            because = Because.MOVED
            return Verdict(
                then.step, then.organisation, Status.SUPERSEDED, because, moved_at, to_on
            )
    return Verdict(then.step, then.organisation, Status.EXTENDED, on=asked.extended_to)


def _instants(known: Situation, past: Past, now: datetime) -> list[datetime]:
    """Every instant so far at which a step of the organisation lay, under any last day."""
    former = (from_on for from_on, _, _ in known.facts.moves)
    days = {known.activity.due_on, *former, *(granted.to for granted in past.extensions)}
    steps = (step for day in days for step in _steps(known, day, now))
    return sorted({step.at for step in steps if step.at <= now})


def _steps(known: Situation, due_on: date, now: datetime) -> Iterator[Step]:
    at = known.head.sending.at
    until = swedish_date(now) + timedelta(days=1)
    # An extension moves no invitation, and a moved day does.
    for activity in (known.activity, _due(known.activity, due_on)):
        yield from timetable(activity, known.workdays, at=at, due_on=due_on, until=until)


def _of(verdicts: list[Verdict], organisation: str) -> Iterator[Verdict]:
    return (verdict for verdict in verdicts if verdict.organisation == organisation)
