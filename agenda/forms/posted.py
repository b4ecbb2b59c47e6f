"""A form's values and the name-and-text pairs that a web page posts: one from the other.

Names: "titel" for a field, "fragor-0-titel" for one in the first row of a group,
"poang-bredband" for the points of an item, and "fragor" once per row with the row's number,
so that an empty row is a row too. The doors' own names hold a colon or begin with "_".
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agenda.forms.faults import faults_in
from agenda.forms.fields import (
    Amount,
    Choice,
    Date,
    Field,
    File,
    Form,
    Group,
    Number,
    Points,
    Score,
    ShortText,
    Values,
    is_blank,
    shown_rows,
)
from agenda.forms.shown import ReplyRow, rows
from agenda.forms.written import amount_in, date_in, line_in, number_in, text_in

__all__ = [
    "ReplyRow",
    "faults_in",
    "fitted",
    "is_empty",
    "most_posted",
    "posted_of",
    "rows",
    "settled",
    "values_of",
]

ABSTAINS = "avstar"
"""What is posted under a points field's own name by those who abstain."""
_NUMBER = re.compile(r"[0-9]{1,9}")
Found = Mapping[str, Sequence[str]]
"""What was posted, by name."""


def values_of(form: Form, posted: Sequence[tuple[str, str]]) -> Values:
    """What somebody filled in. Unknown names are left out, and so is what is empty.

    Never raises, whatever is posted.
    """
    found: dict[str, list[str]] = {}
    for name, text in posted:
        found.setdefault(name, []).append(text)
    return _values(form, found)


def posted_of(form: Form, values: Values) -> list[tuple[str, str]]:
    """What a page that shows the values posts when nothing is changed."""
    return [pair for field in form for pair in _pairs(field, field.key, values.get(field.key))]


def most_posted(form: Form, values: Values) -> int:
    """How many names and texts a page that shows the values posts at most."""
    return sum(_most_posted(field, values) for field in form)


def is_empty(form: Form, values: Values) -> bool:
    """Whether nothing at all is filled in."""
    return not settled(form, values)


def settled(form: Form, values: Values) -> Values:
    """The values as they are sent in: without empty rows and texts of mere blanks."""
    found: Values = {}
    for field in form:
        value: Any = values.get(field.key)
        if isinstance(field, Group):
            filled = (settled(field.fields, row) for row in values.get(field.key, []))
            value = [row for row in filled if row]
        if not is_blank(value):
            found[field.key] = value
    return found


def fitted(form: Form, values: Values) -> Values:
    """Stored values without what does not suit the form, which may have changed since."""
    found: Values = {}
    for field in form:
        value: Any = values.get(field.key)
        if not _suits(field, value):
            continue
        if isinstance(field, Group):
            value = [fitted(field.fields, row) for row in value]
        found[field.key] = value
    return found


def _values(form: Form, found: Found, prefix: str = "") -> Values:
    values = {field.key: _value(field, found, prefix + field.key) for field in form}
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _value(field: Field, found: Found, name: str) -> Any:
    written = found.get(name, ())
    if isinstance(field, Group):
        return [_values(field.fields, found, f"{name}-{row}-") for row in _row_numbers(name, found)]
    if isinstance(field, Points):
        return _points(field, found, name)
    if isinstance(field, File):
        return list(dict.fromkeys(int(text) for text in written if _NUMBER.fullmatch(text)))
    if isinstance(field, Choice):
        chosen = [option.key for option in field.options if option.key in written]
        return chosen if field.is_multiple else "".join(chosen[-1:])
    return _read(field)(written[-1]) if written and written[-1] else None


def _read(field: Field) -> Callable[[str], Any]:
    if isinstance(field, Score):
        scale = {str(score): score for score in range(field.minimum, field.maximum + 1)}
        return scale.get
    if isinstance(field, Number):
        return lambda written: number_in(written, decimals=field.decimals)
    if isinstance(field, Amount):
        return amount_in
    if isinstance(field, Date):
        return date_in
    return line_in if isinstance(field, ShortText) else text_in


def _points(field: Points, found: Found, name: str) -> Values:
    given = {
        item.key: number_in(found[f"{name}-{item.key}"][-1], decimals=0)
        for item in field.items
        if any(found.get(f"{name}-{item.key}", ("",))[-1:])
    }
    kept = {key: points for key, points in given.items() if points != ""}
    value: Values = {"points": kept} if kept else {}
    if field.may_abstain and ABSTAINS in found.get(name, ()):
        value["is_abstaining"] = True
    return value


def _row_numbers(name: str, found: Found) -> list[int]:
    numbers = {int(text) for text in found.get(name, ()) if _NUMBER.fullmatch(text)}
    return sorted(numbers)


def _pairs(field: Field, name: str, value: Any) -> list[tuple[str, str]]:
    if value is None:
        return []
    if isinstance(field, Group):
        found = []
        for number, row in enumerate(value):
            found.append((name, str(number)))
            for inner in field.fields:
                found += _pairs(inner, f"{name}-{number}-{inner.key}", row.get(inner.key))
        return found
    if isinstance(field, Points):
        given = value.get("points", {}).items()
        found = [(f"{name}-{key}", str(points)) for key, points in given]
        return found + ([(name, ABSTAINS)] if value.get("is_abstaining") else [])
    if isinstance(value, list):
        return [(name, str(one)) for one in value]
    if isinstance(value, float):
        return [(name, f"{value:.6f}".rstrip("0"))]
    return [(name, str(value))]


def _most_posted(field: Field, values: Values) -> int:
    if isinstance(field, Group):
        return sum(1 + most_posted(field.fields, row) for row in shown_rows(field, values))
    if isinstance(field, Points):
        return len(field.items) + 1
    if isinstance(field, File):
        return len(values.get(field.key, ())) + 1
    return len(field.options) if isinstance(field, Choice) and field.is_multiple else 1


def _suits(field: Field, value: Any) -> bool:
    if isinstance(field, Group):
        return _is_list(value, dict)
    if isinstance(field, Points):
        return isinstance(value, dict) and isinstance(value.get("points", {}), dict)
    if isinstance(field, File):
        return _is_list(value, int)
    if isinstance(field, Choice) and field.is_multiple:
        return _is_list(value, str)
    if isinstance(field, Number | Amount | Score):
        return isinstance(value, int | float | str)
    return isinstance(value, str)


def _is_list(value: Any, of: type) -> bool:
    return isinstance(value, list) and all(isinstance(one, of) for one in value)
