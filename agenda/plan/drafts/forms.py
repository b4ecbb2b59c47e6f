"""A form changed as far as that needs no plan file: words, what is required, order, plain fields.

Fields are named by their path: "titel", or "fragor/titel" for one in a group's rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from agenda.forms.field import FieldType
from agenda.forms.fields import Field, Form, Group, LongText, ShortText
from agenda.forms.labels import Words
from agenda.plan.drafts.changes import PlanRefused, free_key
from agenda.plan.model_faults import sentence


class FieldLine(NamedTuple):
    """A field as a page shows it, and as it comes back."""

    path: str
    label: str
    label_en: str = ""
    help: str = ""
    help_en: str = ""
    is_required: bool = False
    position: int = 0
    """Its position among the fields beside it: the lowest comes first."""
    is_removed: bool = False
    type: str = ""


def lines_of(form: Form) -> list[FieldLine]:
    """Every field of a form, those in a group's rows after it."""
    return [*_lines(form, "")]


def with_lines(form: Form, lines: Iterable[FieldLine]) -> Form:
    """A form with its fields as a page has them; one that the page does not name stays.

    Raises:
        PlanRefused: a field would have no words; by its path.
    """
    return _changed(form, {line.path: line for line in lines}, "")


def with_text_field(form: Form, label: str, *, is_long: bool, is_required: bool) -> Form:
    """A form with one field of text more, last.

    Raises:
        PlanRefused: the label says nothing; by the name "label".
    """
    key = free_key(label, (field.key for field in form)).replace("-", "_")
    if not key[:1].isalpha():
        key = f"f_{key}"
    made = LongText if is_long else ShortText
    try:
        return (*form, made(key=key, label=Words(sv=label), is_required=is_required))
    except ValidationError as failed:
        said = sentence(failed.errors()[0], made)
    raise PlanRefused({"label": said})


def _lines(fields: Sequence[FieldType], before: str) -> Iterable[FieldLine]:
    for position, field in enumerate(fields, start=1):
        help_ = field.help
        yield FieldLine(
            path=f"{before}{field.key}",
            label=field.label.sv,
            label_en=field.label.en or "",
            help=help_.sv if help_ else "",
            help_en=(help_.en or "") if help_ else "",
            is_required=field.is_required,
            position=position,
            type=str(getattr(field, "type", "")),
        )
        if isinstance(field, Group):
            yield from _lines(field.fields, f"{before}{field.key}/")


def _changed(fields: Sequence[Field], lines: Mapping[str, FieldLine], before: str) -> Form:
    kept = []
    for position, field in enumerate(fields, start=1):
        line = lines.get(f"{before}{field.key}")
        if line is not None and line.is_removed:
            continue
        changed = field if line is None else _with_words(field, line)
        if isinstance(changed, Group):
            inner = _changed(changed.fields, lines, f"{before}{field.key}/")
            changed = changed.model_copy(update={"fields": inner})
        kept.append((line.position if line else position, position, changed))
    return tuple(field for _, _, field in sorted(kept, key=lambda one: one[:2]))


def _with_words(field: Field, line: FieldLine) -> Field:
    try:
        label = Words.model_validate({"sv": line.label, "en": line.label_en or None})
        help_ = (
            Words.model_validate({"sv": line.help, "en": line.help_en or None})
            if line.help
            else None
        )
    except ValidationError as failed:
        raise PlanRefused({line.path: sentence(failed.errors()[0], Words)}) from None
    return field.model_copy(update={"label": label, "help": help_, "is_required": line.is_required})
