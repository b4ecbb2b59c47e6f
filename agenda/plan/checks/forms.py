"""What must hold within the forms of a plan file: keys, options, limits.

Like `agenda.plan.checks.rows` it reads the values as they are, faulty ones among them.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from agenda.forms.labels import key_of
from agenda.plan.checks.conditions import check_conditions
from agenda.plan.checks.sentences import SENTENCES
from agenda.plan.model_faults import meant
from agenda.plan.values import Values
from agenda.plan.wanted import KeyPath

Row = dict[str, Any]

POLICY_AREAS, YEARS = "policy_areas", "latest_years"
_OPTIONS = {
    "choice": ("options", "options_from"),
    "points": ("items", "items_from"),
    "table": ("rows", "rows_from"),
}
_HOLDERS = ("fields", "columns")
"""Where a field holds other fields."""
_LIMITS = (("minimum", "maximum"), ("earliest_on", "latest_on"))
_USUAL = {"group": {"minimum": 0, "maximum": 60}, "score": {"minimum": 1, "maximum": 10}}
"""The limits that hold where only one of two is written."""


def check_forms(values: Values) -> None:
    """Note every fault within a file's forms and the lists that they draw on."""
    _check_options_once((POLICY_AREAS,), values)
    for position, area in enumerate(_list(values.data, POLICY_AREAS)):
        if isinstance(area, str) and not key_of(area):
            sentence = SENTENCES("area_no_key")
            values.note((POLICY_AREAS, position), sentence, area)
    for name in _own_lists(values):
        if name == POLICY_AREAS:
            sentence = SENTENCES("areas_apart", name=POLICY_AREAS)
            values.note(("lists", name), sentence)
        _check_options_once(("lists", name), values)
    for position, activity in enumerate(_list(values.data, "activities")):
        for name in ("form", "ballot"):
            _check_fields(("activities", position, name), activity, name, values)


def _check_fields(path: KeyPath, owner: Any, name: str, values: Values) -> None:
    seen: dict[str, KeyPath] = {}
    meanings: dict[str, KeyPath] = {}
    options: dict[str, list[str]] = {}
    for inner, field in _rows(path, owner, name):
        key = field.get("key")
        if isinstance(key, str):
            if key in seen:
                first = values.line((*seen[key], "key"))
                sentence = SENTENCES("field_twice", line=first)
                values.note((*inner, "key"), sentence, key)
            seen.setdefault(key, inner)
            options[key] = _keys_to_choose(inner, field, values)
        _check_meaning(inner, field, meanings, values)
        _check_limits(inner, field, values)
        _check_options(inner, field, values)
        for holder in _HOLDERS:
            _check_fields((*inner, holder), field, holder, values)
    check_conditions(_rows(path, owner, name), options, values)


def _check_meaning(path: KeyPath, field: Row, seen: dict[str, KeyPath], values: Values) -> None:
    meaning = field.get("means")
    if not isinstance(meaning, str):
        return
    if meaning in seen:
        first = values.line((*seen[meaning], "means"))
        sentence = SENTENCES("means_same", line=first)
        values.note((*path, "means"), sentence, meaning)
    seen.setdefault(meaning, path)


def _keys_to_choose(path: KeyPath, field: Row, values: Values) -> list[str]:
    """The keys of a choice's options, wherever they come from."""
    source = field.get("options_from")
    of_list: KeyPath = (*path, "options")
    if source == POLICY_AREAS:
        of_list = (POLICY_AREAS,)
    elif isinstance(source, str) and source in _own_lists(values):
        of_list = ("lists", source)
    return [key for key in _option_keys(of_list, values.data) if key]


def _own_lists(values: Values) -> list[str]:
    """The names of the lists that a plan has besides the policy areas."""
    lists = values.data.get("lists") if isinstance(values.data, dict) else None
    return list(lists) if isinstance(lists, dict) else []


def _check_limits(path: KeyPath, field: Row, values: Values) -> None:
    given = _USUAL.get(str(field.get("type")), {}) | field
    for low, high in _LIMITS:
        least, most = given.get(low), given.get(high)
        for sort, more in ((int, "larger"), (date, "later")):
            if isinstance(least, sort) and isinstance(most, sort) and least > most:
                name = low if low in field else high
                terms = {"low": low, "least": least, "high": high, "most": most}
                values.note((*path, name), SENTENCES(more, **terms))


def _check_options(path: KeyPath, field: Row, values: Values) -> None:
    name, source = _OPTIONS.get(str(field.get("type")), ("", ""))
    if not name:
        return
    named, lists = field.get(source), [POLICY_AREAS, *_own_lists(values)]
    if isinstance(named, str) and named not in lists:
        values.note((*path, source), SENTENCES("unknown_list", meant=meant(named, lists)), named)
    ways = (name, source, *([YEARS] if name == "rows" else []))
    given = [one for one in ways if one in field]
    if len(given) > 1:
        first, other = given[0], given[-1]
        values.note((*path, other), SENTENCES("not_both", first=first, other=other))
    elif given in ([], [name]) and not field.get(name):
        values.note(path, SENTENCES("no_options", name=name, source=source))
    _check_options_once((*path, name), values)


def _check_options_once(path: KeyPath, values: Values) -> None:
    keys = list(_option_keys(path, values.data))
    for position, key in enumerate(keys):
        if key and key in keys[:position]:
            first = values.line((*path, keys.index(key)))
            sentence = SENTENCES("option_twice", key=key, line=first)
            values.note((*path, position), sentence)


def _option_keys(path: KeyPath, data: Any) -> Iterator[str | None]:
    for step in path[:-1]:
        data = data[step]
    for option in _list(data, str(path[-1])):
        text = option
        if isinstance(option, dict):
            if isinstance(option.get("key"), str):
                yield option["key"]
                continue
            text = option.get("label")
            text = text.get("sv") if isinstance(text, dict) else text
        yield key_of(text) if isinstance(text, str) else None


def _rows(path: KeyPath, owner: Any, name: str) -> Iterator[tuple[KeyPath, Row]]:
    for position, row in enumerate(_list(owner, name)):
        if isinstance(row, dict):
            yield (*path, position), row


def _list(row: Any, name: str) -> list[Any]:
    found = row.get(name) if isinstance(row, dict) else None
    return found if isinstance(found, list) else []
