"""A filled-in form in words: for the preview, the receipt, the mail and the document."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from agenda.forms.conditions import asked
from agenda.forms.fields import (
    Amount,
    Choice,
    Field,
    File,
    Form,
    Group,
    Number,
    Option,
    Points,
    Score,
    Values,
    is_blank,
)
from agenda.forms.written import grouped, shown_number

_WORDS = {
    "sv": {"of": "{score} av {most}", "abstains": "Avstår", "points": "{n} poäng", "sek": "kr"},
    "en": {"of": "{score} of {most}", "abstains": "Abstains", "points": "{n} points", "sek": "SEK"},
}


class ReplyRow(NamedTuple):
    """One thing that was filled in; a heading when it has neither text nor files."""

    label: str
    text: str
    """Exactly as written, line feeds and all: escape it, never interpret it."""
    level: int
    """0 for the form's fields, 1 for a group's rows and items, 2 for what is in a row."""
    files: tuple[int, ...]
    """Ids of uploads."""


def rows(form: Form, values: Values, *, language: str, is_whole: bool = False) -> list[ReplyRow]:
    """What is filled in, in the form's order; what is empty or not asked is left out.

    `is_whole` is for what is shown to be copied: all that was written, asked or not.
    """
    if is_whole:
        form = _without_conditions(form)
    return [
        row
        for field in asked(form, values)
        if not is_blank(values.get(field.key))
        for row in _rows(field, values[field.key], language, 0)
    ]


def _without_conditions(form: Form) -> Form:
    found = []
    for field in form:
        changes: dict[str, Any] = {"asked_if": None}
        if isinstance(field, Group):
            changes["fields"] = _without_conditions(field.fields)
        found.append(field.model_copy(update=changes))
    return tuple(found)


def _rows(field: Field, value: Any, language: str, level: int) -> Iterator[ReplyRow]:
    label = field.label.shown_in(language)
    if isinstance(field, Group):
        yield from _group_rows(field, value, language)
    elif isinstance(field, Points):
        yield from _points_rows(field, value, language)
    elif isinstance(field, File):
        yield ReplyRow(label, "", level, tuple(value))
    else:
        yield ReplyRow(label, _text(field, value, language), level, ())


def _group_rows(field: Group, value: list[Values], language: str) -> Iterator[ReplyRow]:
    filled = [row for row in value if not all(is_blank(one) for one in row.values())]
    if filled:
        yield ReplyRow(field.label.shown_in(language), "", 0, ())
    for number, row in enumerate(filled, start=1):
        yield ReplyRow(f"{field.item_label.shown_in(language)} {number}", "", 1, ())
        for inner in asked(field.fields, row):
            if not is_blank(row.get(inner.key)):
                yield from _rows(inner, row[inner.key], language, 2)


def _points_rows(field: Points, value: Values, language: str) -> Iterator[ReplyRow]:
    words = _WORDS[language]
    is_abstaining = bool(value.get("is_abstaining"))
    text = words["abstains"] if is_abstaining else ""
    yield ReplyRow(field.label.shown_in(language), text, 0, ())
    for item in field.items:
        points = value.get("points", {}).get(item.key)
        if not is_blank(points):
            text = words["points"].format(n=points) if isinstance(points, int) else points
            yield ReplyRow(item.label.shown_in(language), text, 1, ())


def _text(field: Field, value: Any, language: str) -> str:
    if isinstance(field, Choice):
        return _chosen(field.options, value, language)
    if isinstance(value, str):
        return value
    if isinstance(field, Score):
        return _WORDS[language]["of"].format(score=value, most=field.maximum)
    if isinstance(field, Amount):
        return f"{grouped(value)}\u00a0{_WORDS[language]['sek']}"
    unit = field.unit if isinstance(field, Number) else None
    number = shown_number(value, language=language)
    return f"{number}\u00a0{unit.shown_in(language)}" if unit else number


def _chosen(options: tuple[Option, ...], value: Any, language: str) -> str:
    """The labels of what is chosen; a key that the form no longer knows stands as it is."""
    labels = {option.key: option.label.shown_in(language) for option in options}
    keys = value if isinstance(value, list) else [value]
    return "\n".join(labels.get(key, str(key)) for key in keys)
