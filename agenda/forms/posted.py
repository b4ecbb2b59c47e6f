"""A form's values and the name-and-text pairs that a web page posts: one from the other.

Names: "titel" for a field, "fragor-0-titel" for one in the first row of a group,
"poang-bredband" for the points of an item, and "fragor" once per row with the row's number
and key ("0 4f1d7a"), so that an empty row is a row too. The doors' own names hold a colon or
begin with "_".
"""

import re
from collections.abc import Iterator, Sequence

from agenda.forms.field import FieldType, Posted
from agenda.forms.values import Values, without_empty

ROW = re.compile(r"([0-9]{1,9})(?: ([a-z0-9]{1,40}))?")
"""A row's number and, once it has one, its key."""


def values_of(form: Sequence[FieldType], posted: Sequence[tuple[str, str]]) -> Values:
    """What somebody filled in. Unknown names are left out, and so is what is empty.

    Never raises, whatever is posted.
    """
    found: dict[str, list[str]] = {}
    for name, text in posted:
        found.setdefault(name, []).append(text)
    return read(form, found, "")


def read(form: Sequence[FieldType], posted: Posted, prefix: str) -> Values:
    """What is filled in in fields whose names begin with a prefix."""
    return without_empty({field.key: field.read(posted, prefix + field.key) for field in form})


def posted_of(form: Sequence[FieldType], values: Values) -> list[tuple[str, str]]:
    """What a page that shows the values posts when nothing is changed."""
    return list(pairs_of(form, values, ""))


def pairs_of(form: Sequence[FieldType], values: Values, prefix: str) -> Iterator[tuple[str, str]]:
    """The same, of fields whose names begin with a prefix."""
    for field in form:
        yield from field.pairs(prefix + field.key, values.get(field.key))


def most_posted(form: Sequence[FieldType], values: Values) -> int:
    """How many names and texts a page that shows the values posts at most."""
    return sum(field.most_pairs(values.get(field.key)) for field in form)
