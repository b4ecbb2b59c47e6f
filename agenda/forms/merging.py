"""Two people in one draft: what each has changed, and both kept until somebody chooses. Pure.

A page says what it was made from as a mark of every field (`seen`). So it can be told who
changed what, and only what the other one changed has to be looked at.
"""

import json
from collections.abc import Sequence
from typing import Any

from agenda.forms.field import FieldType
from agenda.forms.values import Values, without_empty
from agenda.forms.versions import Choose, Question, Versions

Seen = dict[str, Any]
"""By field key: a mark, or the marks of a table's cells, or of the fields of each of a group's
rows."""


def seen(form: Sequence[FieldType], values: Values) -> str:
    """What a page shows, as a short text that it carries along."""
    marks = {field.key: field.seen(values.get(field.key)) for field in form}
    return json.dumps(marks, separators=(",", ":"))


def seen_in(posted: str) -> Seen:
    """What `seen` wrote; without anything else, so that all of that counts as changed."""
    try:
        found = json.loads(posted)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value for key, value in found.items() if _is_marks(value)}


def questions(
    form: Sequence[FieldType], *, theirs: Values, mine: Values, base: Seen
) -> list[Question]:
    """What has to be chosen, in the form's order; what only I changed is mine without a word."""
    asked: list[Question] = []

    def note(question: Question) -> str:
        asked.append(question)
        return question.usual

    merged(form, theirs=theirs, mine=mine, base=base, choose=note)
    return asked


def merged(
    form: Sequence[FieldType], *, theirs: Values, mine: Values, base: Seen, choose: Choose
) -> Values:
    """One draft of two."""
    return without_empty(
        {
            field.key: field.merged(
                Versions(theirs.get(field.key), mine.get(field.key), base.get(field.key)),
                (field.key,),
                choose,
            )
            for field in form
        }
    )


def _is_marks(value: Any) -> bool:
    """Whether a field's part of what was posted looks as its `seen` writes it, and no deeper."""
    if isinstance(value, list):
        return all(map(_are_texts, value))
    return isinstance(value, str) or _are_texts(value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, dict) and set(map(type, value.values())) <= {str}
