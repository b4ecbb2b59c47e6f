"""The verdicts on what is said to the region's own people."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from agenda.steps.kinds import Audience, StepKind
from agenda.steps.timetable import Step
from agenda.steps.verdicts.ended import end_of_all
from agenda.steps.verdicts.newest import newest
from agenda.steps.verdicts.terms import Because, Facts, Status, Timetables, Verdict
from agenda.steps.verdicts.tracking import steps_then, untracked


def for_the_region(timetables: Timetables, facts: Facts, now: datetime) -> Iterator[Verdict]:
    """The steps that speak to the coordinator and the person responsible."""
    candidates: list[Step] = []
    held: list[Step] = []
    then = steps_then(timetables)
    for step in timetables.present:
        if step.audience is Audience.RESPONSIBLE:
            verdict = _internal(step, facts, then, now)
            if verdict is None:
                candidates.append(step)
            else:
                if verdict.status is Status.HELD:
                    held.append(step)
                yield verdict
        elif step.audience is Audience.COORDINATOR:
            yield _internal(step, facts, then, now) or Verdict(step, None, Status.DUE)
    yield from newest(candidates, None, now, held=held)


def _internal(step: Step, facts: Facts, then: Mapping[str, Step], now: datetime) -> Verdict | None:
    told = facts.told if step.audience is Audience.RESPONSIBLE else facts.reported
    if (at := told.get(step.key)) is not None:
        return Verdict(step, None, Status.DONE, at=at)
    if (end := end_of_all(facts)) is not None:
        return Verdict(step, None, *end)
    if (was := untracked(step, then, facts)) is not None:
        return Verdict(was, None, Status.UNTRACKED, at=facts.tracked_from)
    if step.kind is StepKind.CLOSED and facts.asked and not facts.outstanding:
        return Verdict(step, None, Status.ANSWERED, Because.ALL_ANSWERED)
    if (since := facts.held.get(step.name)) is not None:
        return Verdict(step, None, Status.HELD, at=since)
    if step.at > now:
        return Verdict(step, None, Status.WAITING)
    last = max(facts.told.values(), default=None)
    if step.audience is Audience.RESPONSIBLE and last is not None and last >= step.at:
        return Verdict(step, None, Status.SUPERSEDED, Because.TOLD_SINCE, last)
    return None
