"""Changing a form's values by its own buttons: a row more or less, a file more or less."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from agenda.forms.field import FieldType
from agenda.forms.values import Values

_NUMBER = re.compile(r"[0-9]{1,9}")


class Press(NamedTuple):
    """A button that changes the form itself: `add:fragor`, `remove:fragor:2`, `detach:12`."""

    what: str
    """add or remove (a row), or detach (a file)."""
    field: str
    number: int
    """The row's position from 0, or the upload's id."""


def pressed(posted: Sequence[tuple[str, str]]) -> Press | None:
    """Which of the form's own buttons was pressed, if any."""
    for name, _ in posted:
        match name.split(":"):
            case ["add", field]:
                return Press("add", field, 0)
            case ["remove", field, number] if _NUMBER.fullmatch(number):
                return Press("remove", field, int(number))
            case ["detach", number] if _NUMBER.fullmatch(number):
                return Press("detach", "", int(number))
    return None


def with_row_added(form: Sequence[FieldType], values: Values, name: str) -> Values:
    """The values with an empty row last in a group; as they are where there is no room."""
    for field in form:
        if field.key == name:
            return values | {name: field.with_row(values.get(name))}
    return values


def with_row_removed(values: Values, field: str, position: int) -> Values:
    """The values without a row of a group; as they are if there is no such row."""
    present = values.get(field)
    if not isinstance(present, list):
        return values
    return values | {field: [row for n, row in enumerate(present) if n != position]}


def with_upload(form: Sequence[FieldType], values: Values, name: str, upload_id: int) -> Values:
    """The values with a file more in the field of that posted name.

    Where a field holds only one file, it takes the place of the one that was there.

    Raises:
        KeyError: the form has no such field for files.
    """
    first, mark, rest = name.partition("-")
    for field in form:
        if field.key == first:
            value = field.with_upload(values.get(first), mark + rest, upload_id)
            return values | {first: value}
    raise KeyError(name)


def takes_file(form: Sequence[FieldType], values: Values, name: str) -> bool:
    """Whether the form has a field for files of that posted name, in a row that is there."""
    try:
        with_upload(form, values, name, 0)
    except KeyError:
        return False
    return True


def asks_for_files(form: Sequence[FieldType]) -> bool:
    """Whether files can be attached anywhere in a form."""
    return any(field.takes_files for field in form)


def with_uploads(
    form: Sequence[FieldType], values: Values, is_kept: Callable[[int], bool]
) -> Values:
    """The values without those files that are not kept, wherever they are attached."""
    kept = {
        field.key: field.with_uploads(values.get(field.key), is_kept)
        for field in form
        if field.takes_files
    }
    return {key: value for key, value in (values | kept).items() if value != []}


def uploads_in(form: Sequence[FieldType], values: Values) -> tuple[int, ...]:
    """The ids of the files that the values hold, in the form's order."""
    return tuple(number for field in form for number in field.uploads(values.get(field.key)))
