"""A meeting's hours: which can be, and which instants they are. Pure.

Of an hour that the clocks go through twice, in October, the first is meant: summer time.
"""

from datetime import date, datetime, time
from typing import NamedTuple

from agenda.kinds import KINDS
from agenda.plan.model import PlannedActivity
from agenda.workdays import STOCKHOLM, swedish_instant


class Hours(NamedTuple):
    """When a meeting begins and ends, Swedish time, on a day that is settled."""

    day: date
    begins: time
    ends: time | None

    @property
    def starts_at(self) -> datetime:
        """The instant it begins, UTC."""
        return swedish_instant(self.day, self.begins)

    @property
    def ends_at(self) -> datetime | None:
        """The instant it ends, UTC, if it is said."""
        return swedish_instant(self.day, self.ends) if self.ends else None


def hours_of(activity: PlannedActivity) -> Hours | None:
    """A meeting's hours; None where it has none, or has some that cannot be.

    A plan file with such hours is refused, but a round may have been started before it was.
    """
    begins, ends = activity.from_time, activity.until_time
    if begins is None or activity.is_quarter or not _is_held_on_one_day(activity):
        return None
    if ends is not None and ends <= begins:
        return None
    return None if skipped_hour(activity, activity.due_on) else Hours(activity.due_on, begins, ends)


def skipped_hour(activity: PlannedActivity, day: date) -> time | None:
    """Which of a meeting's hours there would not be on a day, because the clocks skip it."""
    if not _is_held_on_one_day(activity):
        return None
    hours = (activity.from_time, activity.until_time)
    return next((hour for hour in hours if hour is not None and is_skipped(day, hour)), None)


def _is_held_on_one_day(activity: PlannedActivity) -> bool:
    is_one_day = activity.is_quarter or activity.starts_on == activity.due_on
    return is_one_day and KINDS[activity.kind].is_meeting


def is_skipped(day: date, at: time) -> bool:
    """Whether the clocks, going forward to summer time, pass over a time of a day."""
    there_and_back = swedish_instant(day, at).astimezone(STOCKHOLM)
    return there_and_back.replace(tzinfo=None) != datetime.combine(day, at)


def is_twice(day: date, at: time) -> bool:
    """Whether the clocks, going back in October, show a time of a day twice."""
    if is_skipped(day, at):
        return False
    first, second = (datetime.combine(day, at, STOCKHOLM).replace(fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset()
