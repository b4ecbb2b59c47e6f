"""Two people's versions of a value: what there is to choose, and marks of what it was. Pure."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from agenda.forms.labels import Words
from agenda.forms.values import Values, is_blank

if TYPE_CHECKING:
    from agenda.forms.field import FieldType

THEIRS, MINE, BOTH = "deras", "mitt", "bada"
KEEP, DROP = "behall", "bort"
Path = tuple[str | int, ...]
"""Where a value is: the field's key; in a group its key, the row's number from 1 and the field's
key."""


class Versions(NamedTuple):
    """A value as they saved it and as I wrote it, and the mark of what I wrote it from."""

    theirs: Any
    mine: Any
    base: Any
    """What the field's `seen` said of it; anything at all where the page is not one of ours."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that the two drafts do not agree on."""

    path: Path
    field: "FieldType"
    fields: "tuple[FieldType, ...]"
    """Whose values the two versions are: the field alone, or the fields of a group's row."""
    theirs: Values
    mine: Values
    options: tuple[str, ...]
    item: Words | None
    """What a row of the group is called, within one."""
    usual: str
    """What is chosen when nobody chooses otherwise; loses nothing that anybody added."""

    @property
    def is_row(self) -> bool:
        """Whether it is about a whole row: to keep it or not."""
        return DROP in self.options

    @property
    def name(self) -> str:
        """What the choice is posted as, after a prefix."""
        return ":".join(map(str, self.path))


Choose = Callable[[Question], str]


def digest(value: Any) -> str:
    """A mark of a value that is not blank; empty for one that is."""
    return "" if is_blank(value) else hashlib.sha256(written(value).encode()).hexdigest()[:12]


def written(value: Any) -> str:
    """A value as text, the same for the same value."""
    return json.dumps(value, sort_keys=True)
