"""Which steps are due now, for whom, and why the others are not. Pure.

Everything the product does reads this list: the live run sends what is DUE, the preview
moves `now` forward, the explanation prints the reasons, the replay moves `now` through
the whole plan. A step is not matched to a day: what is due and not yet recorded is due,
so a run may come early, late, twice or not at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from agenda.timetable import Audience, Step, StepKind
from agenda.workdays import midnight_after, swedish_date


class Status(StrEnum):
    """What is to be done about a step for a recipient."""

    DUE = "due"
    DONE = "done"
    WAITING = "waiting"
    ANSWERED = "answered"
    NOTHING_TO_REPORT = "nothing_to_report"
    DECLINED = "declined"
    EXTENDED = "extended"
    SUPERSEDED = "superseded"
    HELD = "held"
    UNTRACKED = "untracked"
    NO_ADDRESS = "no_address"
    BOUNCED = "bounced"
    CLOSED = "closed"


class Because(StrEnum):
    """What lies behind a status that has more than one cause; chooses the sentence."""

    ITSELF = ""
    NEWER_STEP = "newer_step"
    TOLD_SINCE = "told_since"
    PASSED = "passed"
    MOVED = "moved"
    ALL_ANSWERED = "all_answered"
    MARKED_DONE = "marked_done"
    ROUND_CLOSED = "round_closed"
    FIRST_THE_ORGANISATION = "first_the_organisation"


class Verdict(NamedTuple):
    """What holds for one step and one recipient at an instant."""

    step: Step
    organisation: str | None
    """The organisation's key; None when the step speaks to the region's own people."""
    status: Status
    because: Because = Because.ITSELF
    at: datetime | None = None
    """When what decided it happened: the answer, the message, the move."""
    on: date | None = None
    """The date it points at: the extension's last day, the new last day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of one organisation that an activity asks."""

    organisation: str
    answer: Status | None = None
    """ANSWERED, NOTHING_TO_REPORT or DECLINED; None while nothing has come in."""
    answered_at: datetime | None = None
    extended_to: date | None = None
    unreachable: Status | None = None
    """NO_ADDRESS or BOUNCED when no message can be sent."""
    told: Mapping[str, datetime] = field(default_factory=dict)
    """When each message to it was queued, by step key."""
    escalated: Mapping[str, datetime] = field(default_factory=dict)
    """When its missing answer was taken further, by step key."""
    refused: Mapping[str, datetime] = field(default_factory=dict)
    """When every message of a step was refused for good, by step key."""
    held: Mapping[str, datetime] = field(default_factory=dict)
    """Since when steps are held for it, by step name."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one activity at an instant."""

    tracked_from: datetime
    """Steps before this instant are never sent."""
    asked: Sequence[Asked] = ()
    told: Mapping[str, datetime] = field(default_factory=dict)
    """When each message to the person responsible was queued, by step key."""
    reported: Mapping[str, datetime] = field(default_factory=dict)
    """When each message to the coordinator was queued, by step key."""
    held: Mapping[str, datetime] = field(default_factory=dict)
    done_at: datetime | None = None
    round_closed_at: datetime | None = None
    moves: Sequence[tuple[date, date, datetime]] = ()
    """Earlier last days: from, to, when moved."""

    @property
    def outstanding(self) -> int:
        """How many of those asked have not answered."""
        return sum(asked.answer is None for asked in self.asked)


class Timetables(NamedTuple):
    """The steps a verdict is given on."""

    present: Sequence[Step]
    extended: Mapping[date, Sequence[Step]] = {}
    """The steps of each extension's own last day."""
    former: Mapping[date, Sequence[Step]] = {}
    """The steps of last days that no longer hold."""


def verdicts(timetables: Timetables, facts: Facts, now: datetime) -> list[Verdict]:
    """The verdict on every step for every recipient, at an instant."""
    found = [
        verdict
        for asked in facts.asked
        for verdict in _for_organisation(timetables, facts, asked, now)
    ]
    found.extend(_for_the_region(timetables, facts, now))
    return found


def due(found: Iterable[Verdict]) -> list[Verdict]:
    """What is to be sent now, in the order it came due."""
    return sorted(
        (verdict for verdict in found if verdict.status is Status.DUE),
        key=lambda verdict: (verdict.step.at, verdict.step.key, verdict.organisation or ""),
    )


def _for_organisation(
    timetables: Timetables, facts: Facts, asked: Asked, now: datetime
) -> Iterator[Verdict]:
    steps = timetables.present
    if asked.extended_to is not None:
        own = timetables.extended[asked.extended_to]
        yield from _set_aside(steps, own, asked)
        steps = own
    yield from _former(timetables, facts, asked)
    end = _ended(facts, asked)
    last_told = max(asked.told.values(), default=None)
    candidates: list[Step] = []
    for step in steps:
        if step.audience is Audience.ORGANISATION:
            verdict = _settled(step, facts, asked, now, end=end, told=asked.told)
            is_told_since = last_told is not None and last_told >= step.at
            # What an invitation says is in no later message: an extension granted on the day
            # it was missed does not take its place.
            if verdict is None and is_told_since and step.kind is not StepKind.INVITATION:
                verdict = Verdict(
                    step, asked.organisation, Status.SUPERSEDED, Because.TOLD_SINCE, last_told
                )
            if verdict is None:
                candidates.append(step)
            else:
                yield verdict
        elif step.audience is Audience.ESCALATION:
            settled = _settled(step, facts, asked, now, end=end, told=asked.escalated)
            yield settled or _escalation(step, steps, asked, now)
    yield from _newest(candidates, asked.organisation, now)


def _settled(
    step: Step,
    facts: Facts,
    asked: Asked,
    now: datetime,
    *,
    end: tuple[Status, Because, datetime] | None,
    told: Mapping[str, datetime],
) -> Verdict | None:
    """The verdict that needs no look at the other steps, or None when the step is ripe."""
    who = asked.organisation
    if (at := asked.refused.get(step.key)) is not None:
        return Verdict(step, who, Status.BOUNCED, at=at)
    if (at := told.get(step.key)) is not None:
        return Verdict(step, who, Status.DONE, at=at)
    if end is not None:
        return Verdict(step, who, *end)
    if step.at < facts.tracked_from:
        return Verdict(step, who, Status.UNTRACKED, at=facts.tracked_from)
    if asked.unreachable is not None and step.audience is Audience.ORGANISATION:
        return Verdict(step, who, asked.unreachable)
    if (since := asked.held.get(step.name) or facts.held.get(step.name)) is not None:
        return Verdict(step, who, Status.HELD, at=since)
    if step.at > now:
        return Verdict(step, who, Status.WAITING)
    return None


def _ended(facts: Facts, asked: Asked) -> tuple[Status, Because, datetime] | None:
    """What ends every unsent step of an organisation at once, if anything does."""
    if facts.round_closed_at is not None:
        return Status.CLOSED, Because.ROUND_CLOSED, facts.round_closed_at
    if facts.done_at is not None:
        return Status.CLOSED, Because.MARKED_DONE, facts.done_at
    if asked.answer is not None and asked.answered_at is not None:
        return asked.answer, Because.ITSELF, asked.answered_at
    return None


def _newest(candidates: Sequence[Step], who: str | None, now: datetime) -> Iterator[Verdict]:
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


def _escalation(step: Step, steps: Sequence[Step], asked: Asked, now: datetime) -> Verdict:
    """A manager hears of a missing answer only after the organisation itself has, a day before."""
    overdue = [other for other in steps if other.kind is StepKind.OVERDUE and other.at <= step.at]
    told = [at for other in overdue if (at := asked.told.get(other.key)) is not None]
    is_reachable = asked.unreachable is None
    if overdue and is_reachable and not any(swedish_date(at) < swedish_date(now) for at in told):
        return Verdict(
            step, asked.organisation, Status.WAITING, Because.FIRST_THE_ORGANISATION, on=step.due_on
        )
    return Verdict(step, asked.organisation, Status.DUE)


def _set_aside(steps: Sequence[Step], own: Sequence[Step], asked: Asked) -> Iterator[Verdict]:
    """The common steps of an organisation that has a last day of its own."""
    kept = {step.key for step in own}
    for step in steps:
        if step.key in kept or step.audience not in (Audience.ORGANISATION, Audience.ESCALATION):
            continue
        told = asked.told if step.audience is Audience.ORGANISATION else asked.escalated
        if (at := told.get(step.key)) is not None:
            yield Verdict(step, asked.organisation, Status.DONE, at=at)
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
                yield Verdict(step, asked.organisation, Status.DONE, at=at)
            elif step.at > moved_at:
                yield Verdict(
                    step, asked.organisation, Status.SUPERSEDED, Because.MOVED, moved_at, to_on
                )


def _for_the_region(timetables: Timetables, facts: Facts, now: datetime) -> Iterator[Verdict]:
    """The steps that speak to the coordinator and the person responsible."""
    candidates: list[Step] = []
    for step in timetables.present:
        if step.audience is Audience.RESPONSIBLE:
            verdict = _internal(step, facts, now)
            if verdict is None:
                candidates.append(step)
            else:
                yield verdict
        elif step.audience is Audience.COORDINATOR:
            yield _internal(step, facts, now) or Verdict(step, None, Status.DUE)
    yield from _newest(candidates, None, now)


def _internal(step: Step, facts: Facts, now: datetime) -> Verdict | None:
    told = facts.told if step.audience is Audience.RESPONSIBLE else facts.reported
    if (at := told.get(step.key)) is not None:
        return Verdict(step, None, Status.DONE, at=at)
    if facts.round_closed_at is not None:
        return Verdict(step, None, Status.CLOSED, Because.ROUND_CLOSED, facts.round_closed_at)
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
