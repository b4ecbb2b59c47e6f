"""What came before a round was followed: by the dates that were in force then, not by today's.

A day moved closer afterwards puts steps before that instant that nobody has missed, and one
moved away puts an invitation after it that people already have.
"""

from collections.abc import Mapping
from datetime import date

from agenda.steps.kinds import StepKind
from agenda.steps.timetable import Step
from agenda.steps.verdicts.terms import Facts, Timetables


def tracked_on(facts: Facts, due_on: date) -> date:
    """The last day that was in force when the round began to be followed."""
    later = (from_on for from_on, _, moved_at in facts.moves if moved_at >= facts.tracked_from)
    return next(later, due_on)


def steps_then(timetables: Timetables) -> Mapping[str, Step]:
    """The steps by name, dated as they were when the round began to be followed."""
    return {step.name: step for step in timetables.tracked or timetables.present}


def untracked(step: Step, then: Mapping[str, Step], facts: Facts) -> Step | None:
    """The step as it lay before the round was followed; None when it did not."""
    was = then.get(step.name)
    if was is None or was.at >= facts.tracked_from:
        return None
    if step.kind is StepKind.INVITATION:
        # It is the same step whatever the last day is, and it has been given by other means.
        return was
    return step if step.at < facts.tracked_from else None
