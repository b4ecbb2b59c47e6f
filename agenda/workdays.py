"""Swedish working days: Monday to Friday, not a public holiday, not one of the three eves.

Midsommarafton, julafton and nyårsafton count as holidays when a statutory time limit
ends on them (lag 1930:173 om beräkning av lagstadgad tid, 2 §).
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from holidays.constants import DE_FACTO, PUBLIC

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ONE_DAY = timedelta(days=1)


@cache
def _holidays() -> holidays.HolidayBase:
    # The eves are only in DE_FACTO. The language is named because the library otherwise
    # takes it from the environment, and the names end up in messages.
    found: holidays.HolidayBase = _sweden().Sweden(categories=(PUBLIC, DE_FACTO), language="sv")
    return found


def _sweden() -> Any:
    # By its file, because importing it by name loads the calendars of all 250 countries
    # first: a seventh of the time that a command like `agenda status` takes.
    file = Path(holidays.__file__).parent / "countries" / "sweden.py"
    spec = spec_from_file_location("agenda_holidays_sweden", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"no Swedish holidays at {file}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Workdays:
    """A calendar of working days, with the days that one plan closes besides the law's."""

    def __init__(self, closed: Iterable[date] = ()) -> None:
        self._closed = frozenset(closed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Workdays) and self._closed == other._closed

    def __hash__(self) -> int:
        return hash(self._closed)

    def is_workday(self, day: date) -> bool:
        """Whether offices are open on this day."""
        return day.weekday() < 5 and day not in self._closed and day not in _holidays()

    def why_not(self, day: date) -> str | None:
        """What makes this a day off, in Swedish ("lördag", "Juldagen"), or None on a workday."""
        if name := _holidays().get(day):
            return str(name)
        if day in self._closed:
            return "stängd dag enligt planen"
        return {5: "lördag", 6: "söndag"}.get(day.weekday())

    def before(self, day: date, count: int) -> date:
        """The workday `count` workdays before a day, which itself is not counted.

        Zero means the day itself or, on a day off, the last workday before it.
        """
        if count == 0:
            return self.on_or_before(day)
        for _ in range(count):
            day = self.on_or_before(day - ONE_DAY)
        return day

    def after(self, day: date, count: int) -> date:
        """The workday `count` workdays after a day, which itself is not counted."""
        for _ in range(count):
            day = self.on_or_after(day + ONE_DAY)
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself or, on a day off, the last workday before it."""
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself or, on a day off, the first workday after it."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def between(self, first: date, last: date) -> int:
        """How many workdays there are after `first` up to and including `last`."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(self.is_workday(day) for day in days)


def swedish_date(at: datetime) -> date:
    """The calendar date in Sweden at an instant: 23:30 UTC in July is already tomorrow."""
    return at.astimezone(STOCKHOLM).date()


def swedish_instant(day: date, at: time) -> datetime:
    """A date and a Swedish wall-clock time as an instant in UTC.

    The date is settled before the time is put on it: counting hours instead would
    turn 08:00 into 09:00 when the clocks change between the two.
    """
    return datetime.combine(day, at, STOCKHOLM).astimezone(UTC)


def midnight_after(day: date) -> datetime:
    """The instant a last day ends: it is inclusive, to midnight in Sweden."""
    return swedish_instant(day + ONE_DAY, time())
