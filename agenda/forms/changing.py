"""Changing a form's values by its own buttons: a row more or less, a file more or less."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from agenda.forms.fields import File, Form, Group, Values, shown_rows

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


def with_row_added(form: Form, values: Values, field: str) -> Values:
    """The values with an empty row last in a group; as they are where there is no room."""
    for group in form:
        if isinstance(group, Group) and group.key == field:
            present = shown_rows(group, values)
            if len(present) < group.maximum:
                return values | {field: [*present, {}]}
    return values


def with_row_removed(values: Values, field: str, position: int) -> Values:
    """The values without a row of a group; as they are if there is no such row."""
    present = values.get(field)
    if not isinstance(present, list):
        return values
    return values | {field: [row for n, row in enumerate(present) if n != position]}


def with_upload(form: Form, values: Values, name: str, upload_id: int) -> Values:
    """The values with a file more in the field of that posted name.

    Where a field holds only one file, it takes the place of the one that was there.

    Raises:
        KeyError: the form has no such field for files.
    """
    for field in form:
        if isinstance(field, File) and field.key == name:
            return _with_file(field, values, upload_id)
        row_name = re.fullmatch(rf"{field.key}-([0-9]{{1,9}})-([a-z0-9_]+)", name)
        if isinstance(field, Group) and row_name:
            present, position = shown_rows(field, values), int(row_name[1])
            inner = next((one for one in field.fields if one.key == row_name[2]), None)
            if isinstance(inner, File) and position < len(present):
                present[position] = _with_file(inner, present[position], upload_id)
                return values | {field.key: present}
    raise KeyError(name)


def takes_file(form: Form, values: Values, name: str) -> bool:
    """Whether the form has a field for files of that posted name, in a row that is there."""
    try:
        with_upload(form, values, name, 0)
    except KeyError:
        return False
    return True


def asks_for_files(form: Form) -> bool:
    """Whether files can be attached anywhere in a form."""
    return any(
        isinstance(one, File) or (isinstance(one, Group) and asks_for_files(one.fields))
        for one in form
    )


def without_upload(form: Form, values: Values, upload_id: int) -> Values:
    """The values without a file, wherever it is attached."""
    found = dict(values)
    for field in form:
        value = values.get(field.key, [])
        if isinstance(field, File):
            found[field.key] = [one for one in value if one != upload_id]
        elif isinstance(field, Group):
            found[field.key] = [without_upload(field.fields, row, upload_id) for row in value]
    return {key: value for key, value in found.items() if value != []}


def with_uploads_among(form: Form, values: Values, known: AbstractSet[int]) -> Values:
    """The values without those files that are not among the known ones."""
    found = dict(values)
    for field in form:
        value = values.get(field.key, [])
        if isinstance(field, File):
            found[field.key] = [one for one in value if one in known]
        elif isinstance(field, Group):
            found[field.key] = [with_uploads_among(field.fields, row, known) for row in value]
    return {key: value for key, value in found.items() if value != []}


def uploads_in(form: Form, values: Values) -> tuple[int, ...]:
    """The ids of the files that the values hold, in the form's order."""
    found: list[int] = []
    for field in form:
        value = values.get(field.key) or []
        if isinstance(field, File):
            found += value
        elif isinstance(field, Group):
            for row in value:
                found += uploads_in(field.fields, row)
    return tuple(found)


def _with_file(field: File, values: Values, upload_id: int) -> Values:
    present = values.get(field.key, []) if field.is_multiple else []
    return values | {field.key: [*present, upload_id]}
