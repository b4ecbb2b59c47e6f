"""The verdicts on what is said to the organisations that an activity asks."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from agenda.steps.kinds import Audience, StepKind
from agenda.steps.timetable import Step
from agenda.steps.verdicts.ended import End, end_of_asking
from agenda.steps.verdicts.newest import newest
from agenda.steps.verdicts.terms import Asked, Because, Facts, Status, Timetables, Verdict
from agenda.steps.verdicts.tracking import steps_then, untracked
from agenda.workdays import swedish_date


def for_organisation(
    timetables: Timetables, facts: Facts, asked: Asked, now: datetime
) -> Iterator[Verdict]:
    """The verdict on every step for one organisation, by its own last day if it has one."""
    steps = timetables.present
    if asked.extended_to is not None:
        own = timetables.extended[asked.extended_to]
        yield from _set_aside(steps, own, asked)
        steps = own
    yield from _former(timetables, facts, asked)
    end, then = end_of_asking(facts, asked), steps_then(timetables)
    candidates: list[Step] = []
    held: list[Step] = []
    for step in steps:
        if step.audience is Audience.ORGANISATION:
            verdict = _settled(step, facts, asked, now, end=end, then=then, told=asked.told)
            verdict = verdict or _told_since(step, asked)
            if verdict is None:
                candidates.append(step)
            else:
                if verdict.status is Status.HELD:
                    held.append(step)
                yield verdict
        elif step.audience is Audience.ESCALATION:
            settled = _settled(step, facts, asked, now, end=end, then=then, told=asked.escalated)
            yield settled or _escalation(step, steps, facts, asked, now)
    yield from newest(candidates, asked.organisation, now, held=held)


def _settled(
    step: Step,
    facts: Facts,
    asked: Asked,
    now: datetime,
    *,
    end: End | None,
    then: Mapping[str, Step],
    told: Mapping[str, datetime],
) -> Verdict | None:
    """The verdict that needs no look at the other steps, or None when the step is ripe."""
    who = asked.organisation
    if (at := asked.refused.get(step.key)) is not None:
        return Verdict(step, who, Status.BOUNCED, at=at)
    if (at := told.get(step.key)) is not None:
        return _done(step, asked, at)
    if end is not None:
        return Verdict(step, who, *end)
    if (was := untracked(step, then, facts)) is not None:
        return Verdict(was, who, Status.UNTRACKED, at=facts.tracked_from)
    if asked.unreachable is not None and step.audience is Audience.ORGANISATION:
        return Verdict(step, who, asked.unreachable)
    if (since := asked.held.get(step.name) or facts.held.get(step.name)) is not None:
        return Verdict(step, who, Status.HELD, at=since)
    if step.at > now and step.key not in asked.ahead:
        return Verdict(step, who, Status.WAITING)
    return None


def _done(step: Step, asked: Asked, at: datetime) -> Verdict:
    is_ahead = step.key in asked.ahead and at < step.at
    because = Because.AHEAD if is_ahead else Because.ITSELF
    return Verdict(step, asked.organisation, Status.DONE, because, at)


def _told_since(step: Step, asked: Asked) -> Verdict | None:
    """What an invitation says is in no later message, so none takes the place of a missed one.

    An extension granted on the day it was missed does not, for one.
    """
    last = max(asked.told.values(), default=None)
    if last is None or last < step.at or step.kind is StepKind.INVITATION:
        return None
    return Verdict(step, asked.organisation, Status.SUPERSEDED, Because.TOLD_SINCE, last)


def _escalation(
    step: Step, steps: Sequence[Step], facts: Facts, asked: Asked, now: datetime
) -> Verdict:
    """A manager hears of a missing answer only after the organisation and the coordinator have.

    Each a day before: so that one can still answer, and the other still ring or hold it.
    """
    who, today = asked.organisation, swedish_date(now)
    overdue = [other for other in steps if other.kind is StepKind.OVERDUE and other.at <= step.at]
    told = [at for other in overdue if (at := asked.told.get(other.key)) is not None]
    is_reachable = asked.unreachable is None
    if overdue and is_reachable and not any(swedish_date(at) < today for at in told):
        return Verdict(step, who, Status.WAITING, Because.FIRST_THE_ORGANISATION, on=step.due_on)
    if step.key in asked.ahead:
        # A person has it leave now, and so has heard.
        return Verdict(step, who, Status.DUE)
    foretold_at = facts.reported.get(step.key)
    if foretold_at is None or swedish_date(foretold_at) >= today:
        return Verdict(step, who, Status.WAITING, Because.FIRST_THE_COORDINATOR, on=step.due_on)
    return Verdict(step, who, Status.DUE)


def _set_aside(steps: Sequence[Step], own: Sequence[Step], asked: Asked) -> Iterator[Verdict]:
    """The common steps of an organisation that has a last day of its own."""
    kept = {step.key for step in own}
    for step in steps:
        if step.key in kept or step.audience not in (Audience.ORGANISATION, Audience.ESCALATION):
            continue
        told = asked.told if step.audience is Audience.ORGANISATION else asked.escalated
        if (at := told.get(step.key)) is not None:
            yield _done(step, asked, at)
        else:
            yield Verdict(step, asked.organisation, Status.EXTENDED, on=asked.extended_to)


def _former(timetables: Timetables, facts: Facts, asked: Asked) -> Iterator[Verdict]:
    """The steps of last days that were moved: sent ones stay sent, the others never leave."""
    for from_on, to_on, moved_at in facts.moves:
        for step in timetables.former.get(from_on, ()):
            if step.kind is StepKind.INVITATION or step.due_on == asked.extended_to:
                continue
            told = {Audience.ORGANISATION: asked.told, Audience.ESCALATION: asked.escalated}.get(
                step.audience
            )
            if told is None:
                continue
            if (at := told.get(step.key)) is not None:
                yield _done(step, asked, at)
            elif step.at > moved_at:
                yield Verdict(
                    step, asked.organisation, Status.SUPERSEDED, Because.MOVED, moved_at, to_on
                )
