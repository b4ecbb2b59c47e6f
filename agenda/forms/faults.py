"""What is still wrong with a filled-in form: the rules for every field and its limits."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from agenda.forms.conditions import asked, condition_in_words
from agenda.forms.fields import (
    Amount,
    Choice,
    Date,
    Field,
    File,
    Form,
    Group,
    LongText,
    Number,
    Points,
    Score,
    ShortText,
    Values,
    is_blank,
)
from agenda.forms.sentences import sentence
from agenda.forms.written import day_of, grouped, shown_number
from agenda.words.addresses import channel_schema, checked_address


class _Found(NamedTuple):
    """A fault: where, which sentence, and what stands in it."""

    name: str
    kind: str
    terms: dict[str, Any]


def faults_in(form: Form, values: Values, *, language: str) -> dict[str, str]:
    """What hinders a form from being sent: a sentence by the name of the field as posted.

    Rows of a group that are wholly empty are no fault: they are left out when it is sent.
    """
    return {
        fault.name: sentence(fault.kind, fault.terms, language=language)
        for fault in _faults_of_all(form, values, "", language)
    }


def length_fault(text: str, *, most: int, language: str) -> str:
    """What is wrong with a text of more than `most` characters; empty when it is not."""
    if len(text) <= most:
        return ""
    return sentence("too_long", _lengths(text, most), language=language)


def points_given(value: Any) -> int:
    """How many points are spread so far."""
    given = (value or {}).get("points", {}).values()
    return sum(points for points in given if isinstance(points, int))


def _faults_of_all(form: Form, values: Values, prefix: str, language: str) -> Iterator[_Found]:
    """The faults of the fields that are asked; what is written in others is left as it is."""
    for field in asked(form, values):
        for fault in _faults(field, prefix + field.key, values.get(field.key), language):
            is_missing = fault.name == prefix + field.key and fault.kind.startswith("missing")
            if is_missing and (terms := condition_in_words(field, form, language)):
                yield _Found(fault.name, "missing_then", fault.terms | terms)
            else:
                yield fault


def _faults(field: Field, name: str, value: Any, language: str) -> Iterator[_Found]:
    label = field.label.shown_in(language)
    if isinstance(field, Group):
        yield from _group_faults(field, name, value or [], language)
    elif is_blank(value):
        if field.is_required:
            yield _Found(name, _missing(field), {"label": label})
    elif isinstance(field, Points):
        yield from _points_faults(field, name, value, label)
    elif isinstance(field, ShortText | LongText):
        yield from _text_faults(field, name, value)
    elif isinstance(field, Number | Amount):
        yield from _number_faults(field, name, value, language)
    elif isinstance(field, Date):
        yield from _date_faults(field, name, value)
    elif isinstance(field, File) and len(value) > 1 and not field.is_multiple:
        yield _Found(name, "one_file", {})


def _missing(field: Field) -> str:
    if isinstance(field, Choice | Score):
        return "missing_choice"
    if isinstance(field, File):
        return "missing_file"
    if isinstance(field, Points):
        return "missing_points_or_abstain" if field.may_abstain else "missing_points"
    return "missing"


def _text_faults(field: ShortText | LongText, name: str, value: str) -> Iterator[_Found]:
    if len(value) > field.max_length:
        yield _Found(name, "too_long", _lengths(value, field.max_length))
    elif isinstance(field, ShortText) and field.holds == "email" and not _is_email(value):
        yield _Found(name, "email", {})


def _lengths(text: str, most: int) -> dict[str, str]:
    lengths = {"length": len(text), "most": most, "over": len(text) - most}
    return {key: grouped(characters) for key, characters in lengths.items()}


def _is_email(text: str) -> bool:
    try:
        return channel_schema(checked_address(text)) is None
    except ValueError:
        return False


def _number_faults(
    field: Number | Amount, name: str, value: Any, language: str
) -> Iterator[_Found]:
    if isinstance(value, str):
        if isinstance(field, Amount):
            yield _Found(name, "amount", {})
        elif field.decimals:
            yield _Found(name, "number", {"decimals": field.decimals})
        else:
            yield _Found(name, "whole", {})
        return
    for kind, limit, is_beyond in (
        ("too_low", field.minimum, field.minimum is not None and value < field.minimum),
        ("too_high", field.maximum, field.maximum is not None and value > field.maximum),
    ):
        if is_beyond and limit is not None:
            terms = {"value": value, "limit": limit}
            shown = {key: shown_number(one, language=language) for key, one in terms.items()}
            yield _Found(name, kind, shown)


def _date_faults(field: Date, name: str, value: str) -> Iterator[_Found]:
    day = day_of(value)
    if day is None:
        yield _Found(name, "date", {})
    elif field.earliest_on is not None and day < field.earliest_on:
        yield _Found(name, "too_early", {"value": day, "limit": field.earliest_on})
    elif field.latest_on is not None and day > field.latest_on:
        yield _Found(name, "too_late", {"value": day, "limit": field.latest_on})


def _group_faults(field: Group, name: str, rows: list[Values], language: str) -> Iterator[_Found]:
    filled = {
        number: row
        for number, row in enumerate(rows)
        if not all(is_blank(value) for value in row.values())
    }
    terms = {"label": field.label.shown_in(language), "count": len(filled)}
    least = max(field.minimum, int(field.is_required))
    if len(filled) < least:
        yield _Found(name, "too_few_rows", terms | {"least": least})
    if len(filled) > field.maximum:
        over = len(filled) - field.maximum
        yield _Found(name, "too_many_rows", terms | {"most": field.maximum, "over": over})
    for number, row in filled.items():
        yield from _faults_of_all(field.fields, row, f"{name}-{number}-", language)


def _points_faults(field: Points, name: str, value: Values, label: str) -> Iterator[_Found]:
    given = value.get("points", {})
    wrong = [key for key, points in given.items() if not isinstance(points, int) or points < 0]
    for key in wrong:
        yield _Found(f"{name}-{key}", "points", {})
    total = points_given(value)
    if value.get("is_abstaining"):
        if total or wrong:
            yield _Found(name, "points_and_abstains", {})
    elif total > field.total:
        terms = {"given": total, "total": field.total, "over": total - field.total}
        yield _Found(name, "too_many_points", terms)
    elif not wrong and total < field.total and field.is_exact:
        terms = {"given": total, "total": field.total, "left": field.total - total}
        yield _Found(name, "points_left", terms)
    elif not wrong and not total and field.is_required:
        yield _Found(name, _missing(field), {"label": label})
