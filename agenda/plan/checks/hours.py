"""The hours of a plan file's rows: each that cannot be is a fault.

One entry that ends before it begins makes some calendar programs drop the whole calendar.
"""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from agenda.kinds import KINDS
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
        meetings = " och ".join(f"”{name}”" for name in sorted(KINDS) if KINDS[name].is_meeting)
        yield from (
            (key, f"bara sorterna {meetings} har klockslag; ta bort raden") for key in hours
        )
        return
    begins, ends = hours.get("from_time"), hours.get("until_time")
    if begins is None:
        yield "until_time", "här står när det slutar men inte när det börjar; lägg till ”from_time”"
    elif ends is not None and ends <= begins:
        yield "until_time", f"slutet ska vara efter början, {begins:%H:%M}; ändra en av dem"
    yield from _on_its_day(row, hours)


def _on_its_day(row: dict[str, Any], hours: dict[str, time]) -> Iterator[tuple[str, str]]:
    first, last = (row.get(key, row.get("on")) for key in ("starts_on", "due_on"))
    if not isinstance(first, date) or not isinstance(last, date):
        return
    for key, at in hours.items():
        if first != last:
            yield key, "klockslag gäller en enda dag (”on”), inte flera; ta bort raden"
        elif is_skipped(last, at):
            yield (
                key,
                f"klockslaget finns inte {day_in_words(last)}: då ställs klockan fram från 02:00 "
                "till 03:00; välj ett annat",
            )
