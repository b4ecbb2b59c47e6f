"""Two people in one draft: what each has changed, and both kept until somebody chooses. Pure.

A page says what it was made from as a digest of every field (`seen`). So it can be told who
changed what, and only what the other one changed has to be looked at.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from agenda.forms.fields import (
    MOST_ROWS,
    Field,
    File,
    Form,
    Group,
    LongText,
    Values,
    Words,
    is_blank,
)

THEIRS, MINE, BOTH = "deras", "mitt", "bada"
KEEP, DROP = "behall", "bort"
Seen = dict[str, Any]
"""By field key: a digest, or for a group the digests of each row's fields."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that the two drafts do not agree on."""

    name: str
    """What the choice is posted as, after a prefix."""
    path: tuple[str | int, ...]
    """The field's key; in a group its key, the row's number from 1 and the field's key."""
    field: Field
    theirs: Values
    """The value of just that field, or of the row, as `rows` takes it."""
    mine: Values
    options: tuple[str, ...]
    item: Words | None
    """What a row of the group is called, within one."""
    usual: str
    """What is chosen when nobody chooses otherwise; loses nothing that anybody added."""


Choose = Callable[[Question], str]


def seen(form: Form, values: Values) -> str:
    """What a page shows, as a short text that it carries along."""
    return json.dumps(_seen(form, values), separators=(",", ":"))


def seen_in(posted: str) -> Seen:
    """What `seen` wrote; without anything else, so that all of that counts as changed."""
    try:
        found = json.loads(posted)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value for key, value in found.items() if _is_digests(value)}


def questions(form: Form, *, theirs: Values, mine: Values, base: Seen) -> list[Question]:
    """What has to be chosen, in the form's order; what only I changed is mine without a word."""
    asked: list[Question] = []

    def note(question: Question) -> str:
        asked.append(question)
        return question.usual

    merged(form, theirs=theirs, mine=mine, base=base, choose=note)
    return asked


def merged(form: Form, *, theirs: Values, mine: Values, base: Seen, choose: Choose) -> Values:
    """One draft of two."""
    found: Values = {}
    for field in form:
        if isinstance(field, Group):
            value: Any = _merged_rows(field, theirs, mine, base, choose)
        else:
            value = _merged_field(field, theirs, mine, base.get(field.key), choose, (field.key,))
        if value not in (None, "", [], {}):
            found[field.key] = value
    return found


def _merged_field(
    field: Field,
    theirs: Values,
    mine: Values,
    base: Any,
    choose: Choose,
    path: tuple[str | int, ...],
    item: Words | None = None,
) -> Any:
    their, my = theirs.get(field.key), mine.get(field.key)
    if their == my or (is_blank(their) and is_blank(my)):
        return my
    if _digest(their) == base:
        return my
    if isinstance(field, File):
        return their if _digest(my) == base else list(dict.fromkeys([*(their or []), *(my or [])]))
    question = _question(field, their, my, base, path, item)
    chosen = choose(question)
    if chosen == BOTH and BOTH in question.options:
        return f"{their}\n\n{my}"
    return their if chosen == THEIRS else my


def _question(
    field: Field, their: Any, my: Any, base: Any, path: tuple[str | int, ...], item: Words | None
) -> Question:
    can_both = isinstance(field, LongText) and not is_blank(their) and not is_blank(my)
    return Question(
        name=":".join(map(str, path)),
        path=path,
        field=field,
        theirs={field.key: their},
        mine={field.key: my},
        options=(THEIRS, MINE, BOTH) if can_both else (THEIRS, MINE),
        item=item,
        usual=_usual(their, my, base, can_both=can_both),
    )


def _usual(their: Any, my: Any, base: Any, *, can_both: bool) -> str:
    if _digest(my) == base or is_blank(my):
        return THEIRS
    if is_blank(their):
        return MINE
    return BOTH if can_both else MINE


def _merged_rows(
    group: Group, theirs: Values, mine: Values, base: Seen, choose: Choose
) -> list[Values]:
    known = [row for row in _list(base.get(group.key))[:MOST_ROWS] if isinstance(row, dict)]
    found: list[Values] = []
    pairs = _pairs(_list(theirs.get(group.key)), _list(mine.get(group.key)))
    for number, (their, my) in enumerate(pairs, start=1):
        path = (group.key, number)
        if their is not None and my is not None:
            found.append(
                _merged_row(group, their, my, _nearest(group, known, their, my), choose, path)
            )
        elif row := _lone_row(group, their, my, known, choose, path):
            found.append(row)
    return found


def _merged_row(
    group: Group, their: Values, my: Values, base: Seen, choose: Choose, path: tuple[str | int, ...]
) -> Values:
    row = {
        field.key: _merged_field(
            field, their, my, base.get(field.key, ""), choose, (*path, field.key), group.item_label
        )
        for field in group.fields
    }
    return {key: value for key, value in row.items() if value not in (None, "", [], {})}


def _lone_row(
    group: Group,
    their: Values | None,
    my: Values | None,
    known: list[Seen],
    choose: Choose,
    path: tuple[str | int, ...],
) -> Values | None:
    """A row that only one of them has: added by that one, or taken away by the other."""
    row = their if my is None else my
    if row is None or all(is_blank(value) for value in row.values()):
        return row if my is not None else None
    was_there = _seen(group.fields, row) in known
    if my is not None and not was_there:
        return my
    question = Question(
        name=":".join(map(str, path)),
        path=path,
        field=group,
        theirs=their or {},
        mine=my or {},
        options=(KEEP, DROP),
        item=group.item_label,
        usual=KEEP,
    )
    return row if choose(question) != DROP else None


def _pairs(
    theirs: list[Values], mine: list[Values]
) -> Iterator[tuple[Values | None, Values | None]]:
    """The rows of both, side by side: equal ones first, then those between them in turn."""
    if max(len(theirs), len(mine)) > MOST_ROWS:
        # More than any form takes: to seek the equal ones would cost their number cubed.
        yield from zip_longest(theirs, mine)
        return
    matcher = SequenceMatcher(
        None, [*map(_written, theirs)], [*map(_written, mine)], autojunk=False
    )
    for _, from_theirs, to_theirs, from_mine, to_mine in matcher.get_opcodes():
        their, my = theirs[from_theirs:to_theirs], mine[from_mine:to_mine]
        for number in range(max(len(their), len(my))):
            yield (
                their[number] if number < len(their) else None,
                my[number] if number < len(my) else None,
            )


def _nearest(group: Group, known: list[Seen], their: Values, my: Values) -> Seen:
    """The row that both were made from: the one that shares most with them."""
    sides = _seen(group.fields, their), _seen(group.fields, my)

    def shared(row: Seen) -> int:
        return sum(row.get(key) == digest for side in sides for key, digest in side.items())

    return max(known, key=shared, default={})


def _seen(form: Form, values: Values) -> Seen:
    return {
        field.key: [_seen(field.fields, row) for row in _list(values.get(field.key))]
        if isinstance(field, Group)
        else _digest(values.get(field.key))
        for field in form
    }


def _is_digests(value: Any) -> bool:
    """Whether a field's part of what was posted looks as `_seen` writes it, and no deeper."""
    if isinstance(value, list):
        return all(isinstance(row, dict) and set(map(type, row.values())) <= {str} for row in value)
    return isinstance(value, str)


def _digest(value: Any) -> str:
    if is_blank(value):
        return ""
    return hashlib.sha256(_written(value).encode()).hexdigest()[:12]


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
