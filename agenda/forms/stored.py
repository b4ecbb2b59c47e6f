"""What is filled in as it is stored: as the form has it now, and as it is sent in."""

from collections.abc import Sequence

from agenda.forms.field import FieldType
from agenda.forms.values import Values, is_blank


def fitted(form: Sequence[FieldType], values: Values) -> Values:
    """Stored values without what does not suit the form, which may have changed since."""
    return {
        field.key: field.fitted(values[field.key])
        for field in form
        if field.suits(values.get(field.key))
    }


def settled(form: Sequence[FieldType], values: Values) -> Values:
    """The values as they are sent in: without empty rows and texts of mere blanks."""
    found = {field.key: field.settled(values.get(field.key)) for field in form}
    return {key: value for key, value in found.items() if not is_blank(value)}


def is_empty(form: Sequence[FieldType], values: Values) -> bool:
    """Whether nothing at all is filled in."""
    return not settled(form, values)
