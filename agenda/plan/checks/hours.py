"""The hours of a plan file's rows: each that cannot be is a fault.

One entry that ends before it begins makes some calendar programs drop the whole calendar.
"""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from agenda.kinds import KINDS
from agenda.plan.checks.sentences import SENTENCES, chained
from agenda.plan.meeting_hours import is_skipped
from agenda.plan.values import Values
from agenda.plan.wanted import KeyPath
from agenda.plan.words import day_in_words

_KEYS = ("from_time", "until_time")


def check_hours(path: KeyPath, row: dict[str, Any], values: Values) -> None:
    """Note every fault of a row's hours."""
    hours = {key: row[key] for key in _KEYS if isinstance(row.get(key), time)}
    if not hours:
        return
    if values.is_refused((*path, "from_time")):
        return  # What was meant is not known.
    for key, sentence in _faults(row, hours):
        values.note((*path, key), sentence, f"{hours[key]:%H:%M}")


def _faults(row: dict[str, Any], hours: dict[str, time]) -> Iterator[tuple[str, str]]:
    kind = row.get("kind")
    if kind in KINDS and not KINDS[kind].is_meeting:
        names = (name for name in sorted(KINDS) if KINDS[name].is_meeting)
        meetings = chained("and_also", names)
        yield from ((key, SENTENCES("only_meetings", meetings=meetings)) for key in hours)
        return
    begins, ends = hours.get("from_time"), hours.get("until_time")
    if begins is None:
        yield "until_time", SENTENCES("no_beginning")
    elif ends is not None and ends <= begins:
        yield "until_time", SENTENCES("ends_before", begins=begins)
    yield from _on_its_day(row, hours)


def _on_its_day(row: dict[str, Any], hours: dict[str, time]) -> Iterator[tuple[str, str]]:
    first, last = (row.get(key, row.get("on")) for key in ("starts_on", "due_on"))
    if not isinstance(first, date) or not isinstance(last, date):
        return
    for key, at in hours.items():
        if first != last:
            yield key, SENTENCES("one_day_only")
        elif is_skipped(last, at):
            yield key, SENTENCES("skipped", day=day_in_words(last))
