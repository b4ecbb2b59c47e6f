"""The dated steps of an activity: when who is to be told what, if it still holds then.

Pure: no clock, no database. A step's key names the last day that it counts from, so a
moved last day gives new steps, and the old ones can no longer leave.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import count as count_from

from agenda.plan.model import PlannedActivity
from agenda.steps.kinds import STEPS, Audience, StepKind
from agenda.workdays import Workdays, midnight_after, swedish_instant

DAILY_ROUND = time(7, 45)
"""When every activity is looked at each day, Swedish time; as in prefect.yaml."""


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step. Its name and key are part of the outbox: never rename one in use."""

    activity: str
    kind: StepKind
    name: str
    key: str
    workdays: int
    """Workdays from the last day: negative before it, positive after it."""
    at: datetime
    """The instant it is due, in UTC."""
    due_on: date
    """The last day it counts from."""

    @property
    def audience(self) -> Audience:
        """Who it speaks to."""
        return STEPS[self.kind].audience


def is_invitation(step_key: str) -> bool:
    """Whether a step's key is an invitation's, which names no last day."""
    return step_key.endswith(f":{StepKind.INVITATION}")


def timetable(
    activity: PlannedActivity,
    workdays: Workdays,
    *,
    at: time,
    due_on: date | None = None,
    until: date | None = None,
) -> tuple[Step, ...]:
    """Every dated step of an activity, earliest first.

    Args:
        at: The time of day of the steps, Swedish time.
        due_on: Another last day than the activity's, for one organisation's extension.
        until: How far the nagging of an overdue activity is followed; at least one nag is
            always there.
    """
    due_on = due_on or activity.due_on
    # The day one looks from changes nothing for what does not nag yet, and the same steps are
    # asked for over and over.
    follows = until is not None and activity.steps.nags and until > due_on
    return _timetable(activity, workdays, at, due_on, until if follows else None)


@lru_cache(maxsize=10_000)
def _timetable(
    activity: PlannedActivity, workdays: Workdays, at: time, due_on: date, until: date | None
) -> tuple[Step, ...]:
    steps = [
        Step(
            activity=activity.key,
            kind=kind,
            name=name,
            # An invitation is sent once, whatever happens to the last day afterwards.
            key=f"{activity.key}:{name}"
            + ("" if kind is StepKind.INVITATION else f":{due_on.isoformat()}"),
            workdays=count,
            at=midnight_after(day) if kind is StepKind.CLOSED else swedish_instant(day, at),
            due_on=due_on,
        )
        for kind, name, count, day in _days(activity, workdays, due_on, until)
    ]
    return tuple(sorted(steps, key=lambda step: (step.at, step.workdays, step.name)))


def _days(
    activity: PlannedActivity, workdays: Workdays, due_on: date, until: date | None
) -> Iterator[tuple[StepKind, str, int, date]]:
    ladder = activity.steps
    invited = invited_on(activity, workdays)
    if invited is not None:
        count = workdays.between(invited, due_on)
        yield StepKind.INVITATION, "invitation", -count, invited
    last = min(ladder.reminders_workdays_before, default=0)
    for count, day in _before(ladder.reminders_workdays_before, workdays, due_on):
        if invited is not None and day <= invited:
            continue  # A ladder longer than the activity: nobody is reminded of what is to come.
        kind = StepKind.LAST_REMINDER if count == last else StepKind.REMINDER
        yield kind, f"reminder-{count}", -count, day
    for count, day in _before(ladder.internal_workdays_before, workdays, due_on):
        yield StepKind.INTERNAL_REMINDER, f"internal-{count}", -count, day
    if ladder.closes:
        yield StepKind.CLOSED, "closed", 0, due_on
    for count in ladder.overdue_workdays_after:
        yield StepKind.OVERDUE, f"overdue-{count}", count, workdays.after(due_on, count)
    if (days := ladder.escalation_workdays_after) is not None:
        count = _after_the_organisation(days, ladder.overdue_workdays_after)
        yield StepKind.ESCALATION, f"escalation-{days}", count, workdays.after(due_on, count)
    if ladder.nags:
        daily = ladder.nags_daily_workdays
        for count, day in _nags(workdays, due_on, until, daily=daily):
            yield StepKind.NAG, f"nag-{count}", count, day


def invited_on(activity: PlannedActivity, workdays: Workdays) -> date | None:
    """The day the invitation leaves, if the ladder has one; an extension does not change it."""
    if (days := activity.steps.invitation_workdays_before) is not None:
        return workdays.before(activity.due_on, days)
    return workdays.on_or_after(activity.starts_on) if activity.steps.opens else None


def _before(counts: Iterable[int], workdays: Workdays, due_on: date) -> Iterator[tuple[int, date]]:
    """Each count's day; of two that a day off brings to one day, only the nearer."""
    nearest = {workdays.before(due_on, count): count for count in sorted(counts, reverse=True)}
    return ((count, day) for day, count in nearest.items())


def _after_the_organisation(days: int, overdue: Iterable[int]) -> int:
    """A manager hears at least a workday after the organisation itself has.

    A plan that says otherwise is refused; a round that was started with one keeps this rule.
    """
    return max(days, min(overdue, default=0) + 1)


def _nags(
    workdays: Workdays, due_on: date, until: date | None, *, daily: int
) -> Iterator[tuple[int, date]]:
    """The days of the nags, each with its number of workdays from the last day.

    After the daily ones they come on the first workday of each week: whoever has several
    things overdue is reminded of them on one and the same day.
    """
    day, has_any = due_on, False
    for count in count_from(1):
        before, day = day, workdays.after(day, 1)
        if has_any and (until is None or day > until):
            return
        if count <= daily or day.isocalendar()[:2] != before.isocalendar()[:2]:
            has_any = True
            yield count, day
