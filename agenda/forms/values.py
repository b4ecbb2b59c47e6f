"""What is filled in in a form, and what of it says nothing."""

from typing import Any

from agenda.words.texts import visible

ROW_KEY = "_id"
"""Where a row keeps the key that it is known by through edits, merging and versions; no field
can have that name."""
Values = dict[str, Any]
"""What is filled in, as JSON: by field key, with what is empty left out.

Texts, chosen options' keys and dates ("2026-10-02") are strings; numbers, scores and amounts
are numbers, or the text as written when it is none; a choice of several and files (ids of
uploads) are lists; a group is a list of such dictionaries, each with its key besides; points are
{"points": {item key: number}, "is_abstaining": True}; a table is a dictionary for each row's key.
"""


def is_blank(value: Any) -> bool:
    """Whether a value says nothing: it is missing, empty, or a text of what nobody can see."""
    return value in (None, [], {}) or (isinstance(value, str) and not visible(value))


def is_blank_row(row: Values) -> bool:
    """Whether nothing is filled in in a row."""
    return all(is_blank(value) for key, value in row.items() if key != ROW_KEY)


def without_empty(values: Values) -> Values:
    """The values without those that hold nothing at all; blanks are kept as they were written."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def is_list_of(kind: type, value: Any) -> bool:
    """Whether a stored value is a list of one kind of thing."""
    return isinstance(value, list) and all(isinstance(one, kind) for one in value)
