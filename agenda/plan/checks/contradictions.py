"""Keys of an activity that another key, or a day off, would make void: each is a fault.

A key that is written and silently does nothing is worse than one that is refused: its author
relies on it. What a kind brings may be cut short; what a file says must be kept.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError

from agenda.kinds import Closing, Ladder
from agenda.plan.checks.sentences import SENTENCES
from agenda.plan.entries import WAYS_TO_DATE, ActivityEntry
from agenda.plan.model import PlannedActivity, SendingHours
from agenda.plan.sentences import SENTENCES as OF_THE_PLAN
from agenda.plan.values import Values
from agenda.plan.wanted import KeyPath
from agenda.plan.words import day_in_words
from agenda.steps.timetable import DAILY_ROUND, invited_on
from agenda.workdays import Workdays

TO_ORGANISATIONS = (
    "opens",
    "invitation_workdays_before",
    "reminders_workdays_before",
    "overdue_workdays_after",
    "escalation_workdays_after",
)
"""The steps that speak to those who are asked."""


class _Row(NamedTuple):
    """An activity as it will be, and which of its keys the file itself says."""

    activity: PlannedActivity
    said: frozenset[str]
    workdays: Workdays

    @property
    def ladder(self) -> Ladder:
        return self.activity.steps


_Fault = tuple[KeyPath, str]


def check_contradictions(values: Values) -> None:
    """Note every key that would be ignored, in each activity that is sound in itself."""
    data = values.data if isinstance(values.data, dict) else {}
    _check_sending(data.get("sending"), values)
    rows = data.get("activities")
    workdays = Workdays(_closed_days(data))
    for position, row in enumerate(rows if isinstance(rows, list) else ()):
        path: KeyPath = ("activities", position)
        if (activity := _sound(row, path, values)) is not None:
            steps = row.get("steps")
            said = frozenset([*row, *(steps if isinstance(steps, dict) else ())])
            for inner, sentence in _faults(_Row(activity, said, workdays)):
                values.note((*path, *inner), sentence)


def _check_sending(sending: Any, values: Values) -> None:
    if not isinstance(sending, dict):
        return
    usual = {name: field.default for name, field in SendingHours.model_fields.items()}
    at, first, last = (({**usual, **sending})[name] for name in ("at", "from_time", "until_time"))
    if None in (first, last):
        return
    if first >= last:
        # Of a part that is sound otherwise the model says it.
        if any(path[:1] == ("sending",) for path in values.refused):
            values.note(("sending",), OF_THE_PLAN("no_hours"))
    elif at is not None and not first <= at <= last:
        values.note(
            ("sending", next(n for n in ("at", "from_time", "until_time") if n in sending)),
            SENTENCES("steps_outside", at=at, first=first, last=last),
        )
    elif last <= DAILY_ROUND:
        values.note(("sending", "until_time"), SENTENCES("ends_too_early", at=DAILY_ROUND))


def _closed_days(data: dict[str, Any]) -> list[date]:
    days = data.get("closed_days")
    return [day for day in days if isinstance(day, date)] if isinstance(days, list) else []


def _sound(row: Any, path: KeyPath, values: Values) -> PlannedActivity | None:
    """The activity of a row, where the row itself has no fault."""
    if not isinstance(row, dict) or any(inner[:2] == path for inner in values.refused):
        return None
    try:
        entry = ActivityEntry.model_validate(row)
    except ValidationError:
        return None
    if {name for way in WAYS_TO_DATE for name in way if name in row} not in WAYS_TO_DATE:
        return None
    activity = entry.as_activity()
    return activity if activity.starts_on <= activity.due_on else None


def _faults(row: _Row) -> Iterator[_Fault]:
    for rule in _RULES:
        yield from rule(row)


def _nobody_is_asked(row: _Row) -> Iterator[_Fault]:
    if row.activity.asks:
        return
    for name in (*TO_ORGANISATIONS, "closes"):
        if name in row.said and getattr(row.ladder, name) not in (None, False, ()):
            yield ("steps", name), SENTENCES("step_to_nobody")
    for name in ("form", "ballot"):
        if name in row.said and getattr(row.activity, name):
            yield (name,), SENTENCES("form_for_nobody")


def _closes_and_nags(row: _Row) -> Iterator[_Fault]:
    if row.activity.closing is Closing.MARKED_DONE or not row.ladder.nags:
        return
    if "nags" in row.said:
        yield ("steps", "nags"), SENTENCES("nags_in_vain")
    else:
        yield ("closing",), SENTENCES("closes_but_nags")


def _daily_without_nags(row: _Row) -> Iterator[_Fault]:
    if "nags_daily_workdays" in row.said and not row.ladder.nags:
        yield ("steps", "nags_daily_workdays"), SENTENCES("daily_in_vain")


def _two_invitations(row: _Row) -> Iterator[_Fault]:
    count = row.ladder.invitation_workdays_before
    if "opens" in row.said and row.ladder.opens and count is not None:
        yield ("steps", "opens"), SENTENCES("two_invitations", count=count)


def _invited_too_late(row: _Row) -> Iterator[_Fault]:
    day, due_on = invited_on(row.activity, row.workdays), row.activity.due_on
    if row.activity.asks and day is not None and day > due_on:
        days = {"day": day_in_words(day), "due_on": day_in_words(due_on)}
        key = "on" if "on" in row.said else "starts_on"
        yield (key,), SENTENCES("invited_too_late", **days)


def _reminded_in_vain(row: _Row) -> Iterator[_Fault]:
    name = "reminders_workdays_before"
    day = invited_on(row.activity, row.workdays)
    if name not in row.said or day is None or not row.activity.asks:
        return
    for position, count in enumerate(row.ladder.reminders_workdays_before):
        if row.workdays.before(row.activity.due_on, count) <= day:
            sentence = SENTENCES("reminded_in_vain", count=count, day=day_in_words(day))
            yield ("steps", name, position), sentence


def _two_on_one_day(row: _Row) -> Iterator[_Fault]:
    for name in ("reminders_workdays_before", "internal_workdays_before"):
        counts = getattr(row.ladder, name)
        if name in row.said and {0, 1} <= set(counts):
            due_on = row.activity.due_on
            if row.workdays.before(due_on, 0) == row.workdays.before(due_on, 1):
                yield ("steps", name, counts.index(1)), SENTENCES("same_day")


def _escalated_too_early(row: _Row) -> Iterator[_Fault]:
    days, overdue = row.ladder.escalation_workdays_after, row.ladder.overdue_workdays_after
    if days is None or not overdue or days > min(overdue) or not row.activity.asks:
        return
    name = "escalation_workdays_after"
    yield (
        ("steps", name if name in row.said else "overdue_workdays_after"),
        SENTENCES("escalated_too_early", days=days, overdue=min(overdue)),
    )


_RULES: tuple[Callable[[_Row], Iterator[_Fault]], ...] = (
    _nobody_is_asked,
    _closes_and_nags,
    _daily_without_nags,
    _two_invitations,
    _invited_too_late,
    _reminded_in_vain,
    _two_on_one_day,
    _escalated_too_early,
)
