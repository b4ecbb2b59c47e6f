"""The plan drawn along time: bars of activities, today's line, the months. Numbers alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agenda.rounds.overview import ActivityLine

WIDTH = 1000
ROW = 30
TOP = 30
LEAST = 6
"""The shortest bar that can be seen, in the same units as the width."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One activity."""

    line: ActivityLine
    x: float
    y: int
    width: float
    state: str
    """"done", "cancelled", "past", "now" or "ahead"."""
    is_text_left: bool
    """Its name stands before the bar, because there is no room behind it."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing."""

    bars: tuple[Bar, ...]
    months: tuple[tuple[float, date], ...]
    """Where each month that is named begins."""
    today: float | None
    """Where today's line is; None where today lies outside."""
    height: int
    width: int = WIDTH


def timeline(lines: Sequence[ActivityLine], today: date) -> Timeline | None:
    """The drawing of a plan's activities; None where there are none.

    Args:
        lines: The activities, in the plan's order.
        today: The Swedish date.
    """
    if not lines:
        return None
    first = min(line.starts_on for line in lines).replace(day=1)
    last = max(line.due_on for line in lines) + timedelta(days=14)
    days = (last - first).days

    def at(day: date) -> float:
        return round((day - first).days / days * WIDTH, 1)

    ordered = sorted(lines, key=lambda line: (line.starts_on, line.due_on))
    return Timeline(
        bars=tuple(
            Bar(
                line=line,
                x=at(line.starts_on),
                y=TOP + number * ROW,
                width=max(
                    LEAST, round(at(line.due_on + timedelta(days=1)) - at(line.starts_on), 1)
                ),
                state=_state(line, today),
                is_text_left=at(line.due_on) > WIDTH / 2,
            )
            for number, line in enumerate(ordered)
        ),
        months=tuple((at(month), month) for month in _months(first, last)),
        today=at(today) if first <= today <= last else None,
        height=TOP + len(lines) * ROW + 10,
    )


def _state(line: ActivityLine, today: date) -> str:
    if line.stage == "cancelled":
        return "cancelled"
    if line.done_at is not None or (line.asked and line.is_past and line.answered == line.asked):
        return "done"
    if line.is_past:
        return "past"
    return "now" if line.starts_on <= today else "ahead"


def _months(first: date, last: date) -> Iterator[date]:
    """The first day of each month, or of each quarter where there would be too many."""
    each = 3 if (last - first).days > 550 else 1
    month = first
    while month <= last:
        if (month.month - 1) % each == 0:
            yield month
        month = (month + timedelta(days=31)).replace(day=1)
