"""What a step that lies ahead would be if it were to leave now: who gets it, and why not. Pure.

It is judged as on its day, by the same verdicts; besides, nobody is reminded of what they have
not been asked, and no answer is missing before its last day has passed.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from agenda.steps.kinds import STEPS, TO_ORGANISATIONS, StepKind
from agenda.steps.timetable import Step
from agenda.steps.verdicts.organisations import for_organisation
from agenda.steps.verdicts.terms import Asked, Because, Facts, Status, Timetables, Verdict
from agenda.steps.verdicts.tracking import steps_then, untracked
from agenda.workdays import midnight_after


def own_steps(timetables: Timetables, asked: Asked) -> tuple[Step, ...]:
    """The steps that count from the last day of one organisation."""
    if asked.extended_to is None:
        return tuple(timetables.present)
    return tuple(timetables.extended[asked.extended_to])


def has_been_asked(timetables: Timetables, facts: Facts, asked: Asked) -> bool:
    """Whether an organisation has had its invitation, if there is one to have."""
    then = steps_then(timetables)
    invitations = [s for s in own_steps(timetables, asked) if s.kind is StepKind.INVITATION]
    return all(s.key in asked.told or untracked(s, then, facts) is not None for s in invitations)


def sent_ahead(timetables: Timetables, facts: Facts, name: str, now: datetime) -> Iterator[Verdict]:
    """The verdict on a step for each organisation, were it to leave now.

    DUE: it would leave. A step that is to leave by itself already, or that speaks to the
    region's own people, is not there.

    Args:
        timetables: The steps.
        facts: What is known.
        name: The step's name, such as "reminder-10"; each has it by its own last day.
        now: The present instant.
    """
    for asked in facts.asked:
        steps = (step for step in own_steps(timetables, asked) if step.name == name)
        step = next((one for one in steps if one.audience in TO_ORGANISATIONS), None)
        if step is not None and _is_ahead(step, asked, now):
            yield _as_if_now(timetables, facts, asked, step, now)


def _is_ahead(step: Step, asked: Asked, now: datetime) -> bool:
    # An escalation whose day has come may wait yet for others to hear first.
    is_escalation = step.kind is StepKind.ESCALATION
    return step.at > now or step.key in asked.told or is_escalation


def _as_if_now(
    timetables: Timetables, facts: Facts, asked: Asked, step: Step, now: datetime
) -> Verdict:
    ordered = replace(asked, ahead={**asked.ahead, step.key: asked.ahead.get(step.key, now)})
    found = for_organisation(timetables, facts, ordered, now)
    verdict = next(one for one in found if one.step.key == step.key)
    if verdict.status is not Status.DUE:
        return verdict
    if not (STEPS[step.kind].is_before_the_last_day or now >= midnight_after(step.due_on)):
        return Verdict(step, asked.organisation, Status.WAITING, Because.NOT_OVERDUE)
    is_first = step.kind is StepKind.INVITATION or has_been_asked(timetables, facts, asked)
    if not is_first:
        return Verdict(step, asked.organisation, Status.WAITING, Because.NOT_ASKED_YET)
    return verdict
