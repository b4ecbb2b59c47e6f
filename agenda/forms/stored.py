"""What is filled in as it is stored: as the form has it now, and as it is sent in."""

from collections.abc import Callable, Sequence

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


def keyed(
    form: Sequence[FieldType], values: Values, *, like: Values, new_key: Callable[[], str]
) -> Values:
    """The values with a key for every row of theirs, by which it can be pointed at for ever.

    A row that came without one was made by a page that had none to give: as long as no other
    row has taken it, it gets the key that stands in its place in `like`, what is saved already.
    """
    found = {
        field.key: field.keyed(values[field.key], like.get(field.key), new_key)
        for field in form
        if field.key in values
    }
    return values | found
