"""What must hold of the conditions between a plan file's fields: `asked_if` names a real choice.

Reads the values as they are, faulty ones among them.
"""

from collections.abc import Iterable
from typing import Any

from agenda.plan.checks.sentences import SENTENCES
from agenda.plan.model_faults import meant
from agenda.plan.values import Values
from agenda.plan.wanted import KeyPath

Row = dict[str, Any]
Options = dict[str, list[str]]
"""The keys of the options of each choice, by the field's key."""


def check_conditions(
    fields: Iterable[tuple[KeyPath, Row]], options: Options, values: Values
) -> None:
    """Note every fault in the conditions of fields that stand beside each other."""
    rows = list(fields)
    beside = {row["key"]: row for _, row in rows if isinstance(row.get("key"), str)}
    for path, row in rows:
        condition = row.get("asked_if")
        if isinstance(condition, dict) and isinstance(condition.get("field"), str):
            _check(((*path, "asked_if"), row), condition, beside, options, values)


def _check(
    field: tuple[KeyPath, Row],
    condition: Row,
    beside: dict[str, Row],
    options: Options,
    values: Values,
) -> None:
    (path, row), other = field, condition["field"]
    where = (*path, "field")
    if other == row.get("key"):
        values.note(where, SENTENCES("on_itself"), other)
    elif other not in beside:
        sentence = SENTENCES("no_field_beside", meant=meant(other, list(beside)))
        values.note(where, sentence, other)
    elif beside[other].get("type") != "choice":
        sentence = SENTENCES("nothing_to_choose")
        values.note(where, sentence, other)
    elif circle := _circle(str(row.get("key")), beside):
        values.note(where, SENTENCES("ring", circle=circle), other)
    else:
        _check_options(path, condition, options.get(other, []), values)


def _check_options(path: KeyPath, condition: Row, possible: list[str], values: Values) -> None:
    chosen = condition.get("options")
    for position, key in enumerate(chosen if isinstance(chosen, list) else []):
        if isinstance(key, str) and possible and key not in possible:
            where = (*path, "options", position)
            values.note(where, SENTENCES("unknown_option", meant=meant(key, possible)), key)


def _circle(key: str, beside: dict[str, Row]) -> str:
    """The way from a field back to itself, in words; empty when there is none."""
    way = [key]
    while (found := _next(way[-1], beside)) is not None:
        if found == key:
            return " → ".join([*way, key])
        if found in way:
            return ""  # a circle further on, which is noted where it is
        way.append(found)
    return ""


def _next(key: str, beside: dict[str, Row]) -> str | None:
    condition = beside.get(key, {}).get("asked_if")
    found = condition.get("field") if isinstance(condition, dict) else None
    return found if isinstance(found, str) else None
