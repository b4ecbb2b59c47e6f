"""Moving a plan to another year: weekdays and order stay, deadlines leave the holidays.

Every date of a plan is moved by one and the same number of whole weeks. A last day that
thereby lands on a Swedish holiday moves on to the next workday. The dates of a plan are
moved as one row, so that what was the same day stays the same day and what came before
still comes before: a date that another one has caught up with moves on as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from agenda.plan.meeting_hours import skipped_hour
from agenda.plan.model import Plan, PlannedActivity
from agenda.plan.quarters import first_day, last_day, quarter_of
from agenda.plan.sentences import SENTENCES
from agenda.plan.words import day_in_words
from agenda.words.errors import BadInput
from agenda.workdays import Workdays

_DAYS_OF_A_YEAR = 365.2425
# A plan's dates lie in 2000 to 2099; the rim is left free for dates that move a little further.
_EARLIEST_YEAR, _LATEST_YEAR = 2001, 2098


@dataclass(frozen=True, slots=True)
class Redated:
    """A plan in its new year, and what could not simply be moved."""

    plan: Plan
    remarks: tuple[str, ...]
    """One sentence for each date that did not keep its weekday."""


def redate(plan: Plan, *, first_day: date, name: str | None = None) -> Redated:
    """The plan with its first activity in the (ISO) week of a day.

    Args:
        plan: The plan as its file dates it.
        first_day: A day in the week in which the first activity is to begin. The activity
            keeps its weekday, so it may begin some days before or after this one.
        name: The round's name; the year in which it begins if not given.

    Raises:
        BadInput: a date would fall outside the years 2001 to 2098.
    """
    earliest = min(activity.starts_on for activity in plan.activities)
    return _moved(plan, _monday(first_day) - _monday(earliest), name=name, fixed={})


def redate_so_that(plan: Plan, *, activity: str, due_on: date, name: str | None = None) -> Redated:
    """The plan with exactly this last day for one activity, the others around it.

    The others move by the number of whole weeks that comes nearest and keep their weekdays,
    save those that the given day has caught up with: they give way by workdays.

    Args:
        plan: The plan as its file dates it.
        activity: The key of the activity; not one that only names a quarter.
        due_on: Its last day, taken as it is even on a day off.
        name: The round's name; the year in which it begins if not given.

    Raises:
        BadInput: a date would fall outside the years 2001 to 2098.
        KeyError: the plan has no such activity with dates.
    """
    dated = {entry.key: entry.due_on for entry in plan.activities if not entry.is_quarter}
    was = dated[activity]
    weeks = round((due_on - was).days / 7)
    return _moved(plan, timedelta(weeks=weeks), name=name, fixed={was: due_on})


def _moved(plan: Plan, by: timedelta, *, name: str | None, fixed: dict[date, date]) -> Redated:
    _refuse_other_centuries(plan, by)
    closed_days = tuple(day + by for day in plan.closed_days)
    moves = _Moves(plan, by, Workdays(closed_days), fixed)
    activities = tuple(_activity_moved(activity, moves) for activity in plan.activities)
    _refuse_skipped_hours(activities)
    remarks = [*_remarks(plan.activities, moves)]
    if closed_days:
        remarks.append(SENTENCES("closed_days_moved"))
    begins_on = min(activity.starts_on for activity in activities)
    changed = plan.model_copy(
        update={
            "name": name or str(begins_on.year),
            "activities": activities,
            "closed_days": closed_days,
        }
    )
    return Redated(Plan.model_validate(changed.model_dump()), tuple(remarks))


def _refuse_skipped_hours(activities: Iterable[PlannedActivity]) -> None:
    for activity in activities:
        if not activity.is_quarter and (hour := skipped_hour(activity, activity.due_on)):
            day = day_in_words(activity.due_on)
            raise BadInput(SENTENCES("skipped_hour", title=activity.title, day=day, hour=hour))


def _refuse_other_centuries(plan: Plan, by: timedelta) -> None:
    ends = [day for entry in plan.activities for day in (entry.starts_on, entry.due_on)]
    years = [(day.year + by.days / _DAYS_OF_A_YEAR) for day in (*ends, *plan.closed_days)]
    if min(years) < _EARLIEST_YEAR or max(years) > _LATEST_YEAR:
        terms = {"earliest": _EARLIEST_YEAR, "latest": _LATEST_YEAR}
        raise BadInput(SENTENCES("other_century", **terms))


class _Moves:
    """Where each date of a plan goes; a mapping that keeps the order of the dates."""

    def __init__(
        self, plan: Plan, by: timedelta, workdays: Workdays, fixed: dict[date, date]
    ) -> None:
        self.by = by
        self.fixed = fixed
        self.workdays = workdays
        dated = [activity for activity in plan.activities if not activity.is_quarter]
        self._last_days = {activity.due_on for activity in dated}
        days = sorted({activity.starts_on for activity in dated} | self._last_days)
        self.to = self._in_order(days) | fixed
        for pin in fixed:
            self._make_way(days, pin)

    def quarter(self, activity: PlannedActivity) -> tuple[date, date]:
        """The quarter nearest to as much later, but not before what it came after."""
        moved = quarter_of(activity.due_on) + round(self.by.days / _DAYS_OF_A_YEAR * 4)
        earlier = (new for day, new in self.to.items() if day <= activity.due_on)
        moved = max(moved, quarter_of(max(earlier, default=first_day(moved))))
        return first_day(moved), last_day(moved)

    def holiday(self, day: date) -> str | None:
        """The holiday that a last day is moved to; a plan that is not moved keeps its own."""
        new = day + self.by
        is_moved = bool(self.by) and day in self._last_days
        return self.workdays.why_not(new) if is_moved and _is_holiday(new, self.workdays) else None

    def _in_order(self, days: Iterable[date]) -> dict[date, date]:
        found: dict[date, date] = {}
        latest = date.min
        for day in days:
            new = day + self.by
            if self.holiday(day):
                new = self.workdays.on_or_after(new)
            if new <= latest:
                new = self.workdays.after(latest, 1)
            found[day] = latest = new
        return found

    def _make_way(self, days: list[date], pin: date) -> None:
        """Let the dates on both sides of a fixed one give way to it."""
        at = days.index(pin)
        for day, next_day in zip(reversed(days[:at]), reversed(days[1 : at + 1]), strict=True):
            if self.to[day] >= self.to[next_day]:
                self.to[day] = self.workdays.before(self.to[next_day], 1)
        for earlier, day in zip(days[at:], days[at + 1 :], strict=False):
            if self.to[day] <= self.to[earlier]:
                self.to[day] = self.workdays.after(self.to[earlier], 1)


def _activity_moved(activity: PlannedActivity, moves: _Moves) -> PlannedActivity:
    if activity.is_quarter:
        starts_on, due_on = moves.quarter(activity)
    else:
        starts_on, due_on = moves.to[activity.starts_on], moves.to[activity.due_on]
    return activity.model_copy(update={"starts_on": starts_on, "due_on": due_on})


def _remarks(activities: Iterable[PlannedActivity], moves: _Moves) -> Iterable[str]:
    for activity in activities:
        ends = {"first_day_moved": activity.starts_on, "last_day_moved": activity.due_on}
        if activity.starts_on == activity.due_on:
            ends = {"day_moved": activity.due_on}
        for which, day in ends.items():
            is_as_asked = activity.is_quarter or day in moves.fixed
            if is_as_asked or moves.to[day] == day + moves.by:
                continue
            why = moves.holiday(day) or SENTENCES("keeps_order")
            was, to = day_in_words(day + moves.by), day_in_words(moves.to[day])
            yield SENTENCES(which, title=activity.title, was=was, to=to, why=why)


def _is_holiday(day: date, workdays: Workdays) -> bool:
    """Whether more than a plain Saturday or Sunday keeps offices closed."""
    return workdays.why_not(day) not in (None, "lördag", "söndag")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
