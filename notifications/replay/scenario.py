"""A scenario for a replay: what simulated organisations and staff do, and when, from a CSV.

Columns: at, organisation, activity, what and, for what needs a date, until.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from agenda.plan.model import Plan
from agenda.words.errors import BadInput
from agenda.workdays import STOCKHOLM, swedish_instant

COLUMNS = ("at", "organisation", "activity", "what", "until")
NOON = time(12)


class Deed(StrEnum):
    """What somebody does in a scenario."""

    SUBMISSION = "submission"
    NOTHING_TO_REPORT = "nothing_to_report"
    DECLINED = "declined"
    EXTENSION = "extension"
    DONE = "done"
    MOVE = "move"


BY_AN_ORGANISATION = (Deed.SUBMISSION, Deed.NOTHING_TO_REPORT, Deed.DECLINED, Deed.EXTENSION)
WITH_A_DATE = (Deed.EXTENSION, Deed.MOVE)
_YEARS = range(2000, 2100)
"""The years that a plan's dates can lie in."""


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """One line of a scenario."""

    line: int
    at: datetime
    organisation: str
    """Its key; empty for what the region's own staff does."""
    activity: str
    what: Deed
    until: date | None = None

    def later(self, shift: timedelta) -> "ScenarioLine":
        """The same act in a plan moved by whole days."""
        local = self.at.astimezone(STOCKHOLM)
        at = swedish_instant(local.date() + shift, local.time())
        return replace(self, at=at, until=self.until + shift if self.until else None)


def read_scenario(path: Path, plan: Plan) -> tuple[ScenarioLine, ...]:
    """A scenario file, earliest act first.

    Raises:
        BadInput: with one line for every fault in the file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} går inte att läsa som text i UTF-8: {error}") from None
    rows = csv.DictReader(io.StringIO(text, newline=""))
    acts: list[ScenarioLine] = []
    faults: list[str] = []
    try:
        missing = [name for name in COLUMNS[:4] if name not in (rows.fieldnames or ())]
        if missing:
            raise BadInput(f"{path}:1: kolumnerna {', '.join(missing)} saknas i första raden.")
        for row in rows:
            line = rows.line_num
            found = list(_faults(row, plan))
            faults += [f"{path}:{line}: {fault}" for fault in found]
            if not found:
                acts.append(_act(row, line))
    except csv.Error:
        faults.append(f"{path}:{rows.line_num + 1}: raden går inte att dela i kolumner.")
    if faults:
        raise BadInput("\n".join(faults))
    return tuple(sorted(acts, key=lambda act: (act.at, act.line)))


def _faults(row: dict[str, str], plan: Plan) -> Iterator[str]:
    keys = [activity.key for activity in plan.activities]
    if _field(row, "activity") not in keys:
        yield f"aktiviteten {_field(row, 'activity')!r} finns inte. Det finns: {', '.join(keys)}."
    if _instant(_field(row, "at")) is None:
        yield f"{_field(row, 'at')!r} är ingen tid. Skriv till exempel 2020-09-18T10:30."
    if _field(row, "what") not in list(Deed):
        yield f"{_field(row, 'what')!r} finns inte. Det finns: {', '.join(Deed)}."
        return
    what = Deed(_field(row, "what"))
    organisations = [organisation.key for organisation in plan.organisations]
    if what in BY_AN_ORGANISATION and _field(row, "organisation") not in organisations:
        yield f"organisationen {_field(row, 'organisation')!r} finns inte i planen."
    if what in WITH_A_DATE and _date(_field(row, "until")) is None:
        yield f"{what} behöver ett datum i kolumnen until, till exempel 2020-10-09."


def _act(row: dict[str, str], line: int) -> ScenarioLine:
    at = _instant(_field(row, "at"))
    if at is None:
        raise ValueError(f"line {line} was not checked")
    return ScenarioLine(
        line=line,
        at=at,
        organisation=_field(row, "organisation"),
        activity=_field(row, "activity"),
        what=Deed(_field(row, "what")),
        until=_date(_field(row, "until")),
    )


def _field(row: dict[str, str], name: str) -> str:
    return (row.get(name) or "").strip()


def _instant(text: str) -> datetime | None:
    """An ISO 8601 date or time; Swedish time unless it says otherwise, noon for a date."""
    if (day := _date(text)) is not None:
        return swedish_instant(day, NOON)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if at.year not in _YEARS:
        return None
    return at if at.tzinfo else swedish_instant(at.date(), at.time())


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None
