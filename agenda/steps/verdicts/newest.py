"""Of several ripe steps for one recipient, the one that is sent."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from agenda.steps.kinds import STEPS, StepKind
from agenda.steps.timetable import Step
from agenda.steps.verdicts.terms import Because, Status, Verdict
from agenda.workdays import midnight_after


def newest(
    candidates: Sequence[Step], who: str | None, now: datetime, *, held: Sequence[Step] = ()
) -> Iterator[Verdict]:
    """Of several ripe steps only one is sent: two mails on one morning say less than one.

    An invitation that was missed goes before the reminders that came after it, because it
    is what they remind of; once the last day has passed nothing from before it is sent. A
    step that is held overtakes the older ones too: holding it must not let them out.
    """
    if not candidates:
        return
    has_passed = now >= midnight_after(candidates[-1].due_on)
    alive = [
        step for step in candidates if not (has_passed and STEPS[step.kind].is_before_the_last_day)
    ]
    holding = max((step.at for step in held if step.at <= now), default=None)
    chosen = _chosen(alive, holding)
    overtaken_by = chosen.at if chosen else holding
    for step in candidates:
        if step is chosen:
            yield Verdict(step, who, Status.DUE)
        elif overtaken_by is not None:
            yield Verdict(step, who, Status.SUPERSEDED, Because.NEWER_STEP, overtaken_by)
        else:
            yield Verdict(step, who, Status.SUPERSEDED, Because.PASSED, on=step.due_on)


def _chosen(alive: Sequence[Step], holding: datetime | None) -> Step | None:
    if not alive:
        return None
    if alive[0].kind is StepKind.INVITATION:
        return alive[0]
    return alive[-1] if holding is None or alive[-1].at > holding else None
