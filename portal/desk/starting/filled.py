"""An activity's page as it is filled in: its fields of text, and what they mean to the plan."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from agenda.forms.written import date_in, day_of, line_in, text_in
from agenda.kinds import Closing
from agenda.plan.drafts.changes import PlanRefused
from agenda.plan.model import PlannedActivity
from agenda.plan.quarters import first_day, last_day, quarter_of
from portal.door.posting import Posted

Written = dict[str, tuple[str, ...]]
"""What is written or chosen in each field; a box that is not ticked has nothing."""

FIRST, LAST, QUARTER = "forsta", "sista", "kvartal"
MOST_DIGITS = 4


class Field(NamedTuple):
    """A field of the page: what of an activity it is, and how it is written and read."""

    name: str
    path: str
    """In the plan: "title", "steps.opens"."""
    shows: Callable[[Any], tuple[str, ...]]
    reads: Callable[[tuple[str, ...]], Any]


def _one(written: tuple[str, ...]) -> str:
    return line_in(written[-1]).strip() if written else ""


def _line(written: tuple[str, ...]) -> str | None:
    return _one(written) or None


def _text(written: tuple[str, ...]) -> str:
    return text_in(written[-1]).strip() if written else ""


def _number(written: tuple[str, ...]) -> int | None:
    return _count(_one(written)) if _one(written) else None


def _counts(written: tuple[str, ...]) -> list[int]:
    return [_count(one) for one in _one(written).replace(",", " ").replace(";", " ").split()]


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < MOST_DIGITS):
        raise ValueError(text)
    return int(text)


def _shown(value: Any) -> tuple[str, ...]:
    return () if value is None else (str(value),)


def _ticked(value: bool) -> tuple[str, ...]:
    return ("1",) if value else ()


def _hour(value: Any) -> tuple[str, ...]:
    return () if value is None else (f"{value:%H:%M}",)


def _listed(value: tuple[int, ...]) -> tuple[str, ...]:
    return (", ".join(map(str, value)),) if value else ()


def _each(value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value)


FIELDS = (
    Field("titel", "title", _shown, _one),
    Field("beskrivning", "description", _shown, _text),
    Field("fran", "from_time", _hour, _line),
    Field("till", "until_time", _hour, _line),
    Field("plats", "place", _shown, _line),
    Field("efter", "after", _each, _each),
    Field("fragar", "asks", _each, _each),
    Field("avslut", "closing", _shown, _one),
    Field("inbjuder", "steps.opens", _ticked, bool),
    Field("inbjudan", "steps.invitation_workdays_before", _shown, _number),
    Field("paminner", "steps.reminders_workdays_before", _listed, _counts),
    Field("stanger", "steps.closes", _ticked, bool),
    Field("saknas", "steps.overdue_workdays_after", _listed, _counts),
    Field("eskalerar", "steps.escalation_workdays_after", _shown, _number),
    Field("internt", "steps.internal_workdays_before", _listed, _counts),
    Field("tjatar", "steps.nags", _ticked, bool),
    Field("dagligen", "steps.nags_daily_workdays", _shown, _number),
)
RESPONSIBLE, RESPONSIBLE_ADDRESS = "ansvarig", "ansvarig_epost"
_BY_PATH = {field.path: field.name for field in FIELDS} | {
    "starts_on": FIRST,
    "due_on": LAST,
    "on": LAST,
    "quarter": QUARTER,
    "responsible": RESPONSIBLE,
    "responsible.name": RESPONSIBLE,
    "responsible.address": RESPONSIBLE_ADDRESS,
    "kind": "sort",
}


def written_of(activity: PlannedActivity) -> Written:
    """An activity as its page shows it."""
    found = {field.name: field.shows(_at(activity, field.path)) for field in FIELDS}
    if activity.responsible is not None:
        found[RESPONSIBLE] = (activity.responsible.name,)
        found[RESPONSIBLE_ADDRESS] = (activity.responsible.address,)
    if activity.is_quarter:
        quarter = quarter_of(activity.due_on)
        return found | {QUARTER: (f"{quarter // 4}-Q{quarter % 4 + 1}",)}
    return found | {FIRST: (str(activity.starts_on),), LAST: (str(activity.due_on),)}


def written_in(posted: Posted) -> Written:
    """The page as it was posted."""
    names = [*(field.name for field in FIELDS), RESPONSIBLE, RESPONSIBLE_ADDRESS, "sort"]
    return {
        name: tuple(text for found, text in posted.pairs if found == name and text)
        for name in (*names, FIRST, LAST, QUARTER)
    }


def given_of(
    written: Written, activity: PlannedActivity, say: Callable[..., str]
) -> dict[str, Any]:
    """What the page says of an activity, as its plan takes it.

    Raises:
        PlanRefused: a day, a quarter or a number cannot be read; by the names of the fields.
    """
    faults: dict[str, str] = {}
    found: dict[str, Any] = {"steps": activity.steps.model_dump()}
    for field in FIELDS:
        try:
            value = field.reads(written.get(field.name, ()))
        except ValueError:
            faults[field.name] = say("no_number_of_days")
            continue
        part, _, name = field.path.rpartition(".")
        (found[part] if part else found)[name] = value
    if found["steps"].get("nags_daily_workdays") is None:
        del found["steps"]["nags_daily_workdays"]
    faults |= _read_days(written, found, say)
    if faults:
        raise PlanRefused(faults)
    return found | {"responsible": _responsible(written, activity)}


def days_of(written: Written, say: Callable[..., str]) -> dict[str, Any]:
    """The days that a page says; raises as `given_of`."""
    found: dict[str, Any] = {}
    if faults := _read_days(written, found, say):
        raise PlanRefused(faults)
    return found


def named(faults: Mapping[str, str]) -> dict[str, str]:
    """What is wrong by the fields of the page, empty for what belongs to none of them."""
    return {
        _BY_PATH.get(name, name if name in _NAMES else ""): said for name, said in faults.items()
    }


_NAMES = frozenset(_BY_PATH.values())


def closings() -> tuple[str, ...]:
    """The ways an activity ends."""
    return tuple(one.value for one in Closing)


def _read_days(written: Written, found: dict[str, Any], say: Callable[..., str]) -> dict[str, str]:
    if quarter := _one(written.get(QUARTER, ())):
        try:
            number = quarter_of(quarter)
        except ValueError:
            return {QUARTER: say("no_quarter")}
        found |= {"starts_on": first_day(number), "due_on": last_day(number), "is_quarter": True}
        return {}
    first, last = (_day(written.get(name, ())) for name in (FIRST, LAST))
    wrong = [
        name
        for name, day in ((FIRST, first), (LAST, last))
        if day is None and (_one(written.get(name, ())) or name == FIRST)
    ]
    found |= {"starts_on": first, "due_on": last or first, "is_quarter": False}
    return {name: say("no_day", example="2027-10-02") for name in wrong}


def _day(written: tuple[str, ...]) -> date | None:
    return day_of(date_in(_one(written)))


def _responsible(written: Written, activity: PlannedActivity) -> dict[str, Any] | None:
    name, address = (_one(written.get(one, ())) for one in (RESPONSIBLE, RESPONSIBLE_ADDRESS))
    if not name and not address:
        return None
    known = activity.responsible.model_dump() if activity.responsible else {}
    return known | {"name": name, "address": address}


def _at(activity: PlannedActivity, path: str) -> Any:
    value: Any = activity
    for name in path.split("."):
        value = getattr(value, name)
    return value
