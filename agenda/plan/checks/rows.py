"""What must hold between the rows of a plan file: keys, order, dates, who is asked.

Reads the values as they are, faulty rows among them, so that a fault in one row does not
hide a fault in another.
"""

from collections.abc import Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any

from agenda.kinds import KINDS
from agenda.plan.checks.forms import check_forms
from agenda.plan.checks.hours import check_hours
from agenda.plan.checks.sentences import SENTENCES, chained
from agenda.plan.entries import WAYS_TO_DATE
from agenda.plan.model import ORGANISATION_KINDS
from agenda.plan.model_faults import meant
from agenda.plan.values import Values
from agenda.plan.wanted import KeyPath


def check_rows(values: Values) -> None:
    """Note every fault between the rows of a file."""
    activities = list(_rows(values.data, "activities"))
    organisations = list(_rows(values.data, "organisations"))
    for rows in (activities, organisations):
        _check_keys_once(rows, values)
    for path, row in activities:
        _check_dates(path, row, values)
        check_hours(path, row, values)
    _check_after(activities, values)
    _check_asks(activities, organisations, values)
    check_forms(values)
    for path, row in organisations:
        _check_contacts_once(path, row, values)


def _rows(data: Any, name: str) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    for position, row in enumerate(_list(data, name)):
        if isinstance(row, dict):
            yield (name, position), row


def _list(row: Any, name: str) -> list[Any]:
    found = row.get(name) if isinstance(row, dict) else None
    return found if isinstance(found, list) else []


def _texts(row: dict[str, Any], name: str) -> list[tuple[int, str]]:
    return [(n, text) for n, text in enumerate(_list(row, name)) if isinstance(text, str)]


def _check_keys_once(rows: list[tuple[KeyPath, dict[str, Any]]], values: Values) -> None:
    seen: dict[str, KeyPath] = {}
    for path, row in rows:
        key = row.get("key")
        if not isinstance(key, str):
            continue
        if key in seen:
            first = values.line((*seen[key], "key"))
            sentence = SENTENCES("key_used", line=first)
            values.note((*path, "key"), sentence, key)
        seen.setdefault(key, path)


def _check_contacts_once(path: KeyPath, row: dict[str, Any], values: Values) -> None:
    seen: dict[tuple[object, object], int] = {}
    for number, contact in enumerate(_list(row, "contacts")):
        if not isinstance(contact, dict) or not isinstance(contact.get("address"), str):
            continue
        which = (contact["address"].strip().lower(), contact.get("role", "primary"))
        inner = (*path, "contacts", number, "address")
        if which in seen:
            sentence = SENTENCES("contact_twice", line=seen[which])
            values.note(inner, sentence, contact["address"])
        seen.setdefault(which, values.line(inner))


def _check_dates(path: KeyPath, row: dict[str, Any], values: Values) -> None:
    given = {name for way in WAYS_TO_DATE for name in way if name in row}
    if given not in WAYS_TO_DATE:
        said = chained("and_also", sorted(given)) if given else SENTENCES("neither")
        values.note(path, SENTENCES("ways_to_date", given=said))
    first, last = row.get("starts_on"), row.get("due_on")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        sentence = SENTENCES("ends_first", first=first)
        values.note((*path, "due_on"), sentence, last)


def _check_after(activities: list[tuple[KeyPath, dict[str, Any]]], values: Values) -> None:
    paths = {row["key"]: path for path, row in activities if isinstance(row.get("key"), str)}
    graph: dict[str, set[str]] = {key: set() for key in paths}
    for path, row in activities:
        for number, key in _texts(row, "after"):
            if key in paths:
                graph.setdefault(str(row.get("key")), set()).add(key)
            else:
                sentence = SENTENCES("no_such_activity", meant=meant(key, list(paths)))
                values.note((*path, "after", number), sentence, key)
    while (cycle := _cycle(graph)) is not None:
        chain = chained("builds_on", cycle)
        first = min(cycle, key=lambda key: values.line(paths[key]))
        values.note((*paths[first], "after"), SENTENCES("circle", chain=chain))
        graph = {key: after - set(cycle) for key, after in graph.items() if key not in cycle}


def _cycle(graph: dict[str, set[str]]) -> list[str] | None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # graphlib names it from what is built on to what builds on it.
        return [str(key) for key in reversed(error.args[1])]
    return None


def _check_asks(
    activities: list[tuple[KeyPath, dict[str, Any]]],
    organisations: list[tuple[KeyPath, dict[str, Any]]],
    values: Values,
) -> None:
    named = {
        row[name]
        for _, row in organisations
        for name in ("key", "kind")
        if isinstance(row.get(name), str)
    }
    asked_by_default = {kind for known_kind in KINDS.values() for kind in known_kind.asks}
    possible = sorted(named | set(ORGANISATION_KINDS) | asked_by_default)
    for path, row in activities:
        for number, key in _texts(row, "asks"):
            if key not in possible:
                sentence = SENTENCES("nobody_such", meant=meant(key, possible))
                values.note((*path, "asks", number), sentence, key)
