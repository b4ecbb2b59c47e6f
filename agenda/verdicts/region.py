"""The verdicts on what is said to the region's own people."""

from collections.abc import Iterator
from datetime import datetime

from agenda.timetable import Audience, Step, StepKind
from agenda.verdicts.newest import newest
from agenda.verdicts.terms import Because, Facts, Status, Timetables, Verdict


def for_the_region(timetables: Timetables, facts: Facts, now: datetime) -> Iterator[Verdict]:
    """The steps that speak to the coordinator and the person responsible."""
    candidates: list[Step] = []
    held: list[Step] = []
    for step in timetables.present:
        if step.audience is Audience.RESPONSIBLE:
            verdict = _internal(step, facts, now)
            if verdict is None:
                candidates.append(step)
            else:
                if verdict.status is Status.HELD:
                    held.append(step)
                yield verdict
        elif step.audience is Audience.COORDINATOR:
            yield _internal(step, facts, now) or Verdict(step, None, Status.DUE)
    yield from newest(candidates, None, now, held=held)


def _internal(step: Step, facts: Facts, now: datetime) -> Verdict | None:
    told = facts.told if step.audience is Audience.RESPONSIBLE else facts.reported
    if (at := told.get(step.key)) is not None:
        return Verdict(step, None, Status.DONE, at=at)
    if facts.round_closed_at is not None:
        return Verdict(step, None, Status.CLOSED, Because.ROUND_CLOSED, facts.round_closed_at)
    if facts.cancelled_at is not None:
        return Verdict(step, None, Status.CLOSED, Because.CANCELLED, facts.cancelled_at)
    if facts.done_at is not None:
        return Verdict(step, None, Status.CLOSED, Because.MARKED_DONE, facts.done_at)
    if step.at < facts.tracked_from:
        return Verdict(step, None, Status.UNTRACKED, at=facts.tracked_from)
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
