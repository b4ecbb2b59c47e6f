"""A filled-in form by what its fields mean: what compilations and documents are made of."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from agenda.forms.conditions import asked
from agenda.forms.field import FieldType, Meaning
from agenda.forms.values import Values, is_blank


class Meant(NamedTuple):
    """One row of an answer, such as a proposal or a viewpoint, by what its fields mean."""

    field: str
    """The key of the group or the table."""
    row: str
    """The key that the row keeps for ever."""
    said: dict[Meaning, Any]
    """As it is stored; what is empty or not asked is left out."""


def meant(form: Sequence[FieldType], values: Values) -> dict[Meaning, Any]:
    """What fields beside one another say, by what they mean."""
    return {
        field.means: values[field.key]
        for field in asked(form, values)
        if field.means is not None and not is_blank(values.get(field.key))
    }


def rows_meant(form: Sequence[FieldType], values: Values) -> Iterator[Meant]:
    """Every row whose fields mean something, in the form's order."""
    for field in asked(form, values):
        for row, fields, inner in field.rows_of(values.get(field.key)):
            if said := meant(fields, inner):
                yield Meant(field.key, row, said)
