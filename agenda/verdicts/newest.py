"""Of several ripe steps for one recipient, the one that is sent."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from agenda.timetable import Step, StepKind
from agenda.verdicts.terms import Because, Status, Verdict
from agenda.workdays import midnight_after


def newest(candidates: Sequence[Step], who: str | None, now: datetime) -> Iterator[Verdict]:
    """Of several ripe steps only one is sent: two mails on one morning say less than one.

    An invitation that was missed goes before the reminders that came after it, because it
    is what they remind of; once the last day has passed nothing from before it is sent.
    """
    if not candidates:
        return
    has_passed = now >= midnight_after(candidates[-1].due_on)
    before = (StepKind.INVITATION, StepKind.REMINDER, StepKind.LAST_REMINDER)
    alive = [step for step in candidates if not (has_passed and step.kind in before)]
    first = alive[0] if alive and alive[0].kind is StepKind.INVITATION else None
    chosen = first or (alive[-1] if alive else None)
    for step in candidates:
        if step is chosen:
            yield Verdict(step, who, Status.DUE)
        elif chosen is not None:
            yield Verdict(step, who, Status.SUPERSEDED, Because.NEWER_STEP, chosen.at)
        else:
            yield Verdict(step, who, Status.SUPERSEDED, Because.PASSED, on=step.due_on)
