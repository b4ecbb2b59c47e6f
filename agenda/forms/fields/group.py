"""A field that is some fields together, filled in as often as needed."""

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Annotated, Any, Literal, Self

from pydantic import Field as Limits

from agenda.forms.changing import with_uploads
from agenda.forms.conditions import asked
from agenda.forms.faults import faults_of_all
from agenda.forms.field import Fault, FieldType, Lists, Posted, ReplyRow
from agenda.forms.fields.plain import PlainField
from agenda.forms.labels import Words
from agenda.forms.posted import most_posted, pairs_of, read
from agenda.forms.stored import fitted, settled
from agenda.forms.values import Values, is_blank, is_blank_row, is_list_of, without_empty
from agenda.forms.versions import DROP, KEEP, Choose, Path, Question, Versions, written

MOST_ROWS = 200
_NUMBER = re.compile(r"[0-9]{1,9}")
_IN_ROW = re.compile(r"-([0-9]{1,9})-([a-z0-9_]+)")


class Group(FieldType):
    """Some fields together, filled in as often as needed: a list of what each row holds."""

    type: Literal["group"] = "group"
    fields: Annotated[tuple[PlainField, ...], Limits(min_length=1, max_length=30)]
    minimum: Annotated[int, Limits(ge=0, le=MOST_ROWS)] = 0
    """The fewest rows."""
    maximum: Annotated[int, Limits(ge=1, le=MOST_ROWS)] = 60
    """The most rows."""
    item_label: Words
    """What one row is called: ”Fråga”."""

    @property
    def must_be_filled(self) -> bool:
        """Whether a row must be filled in."""
        return self.is_required or self.minimum > 0

    @property
    def takes_files(self) -> bool:
        """Whether files can be attached in a row."""
        return any(inner.takes_files for inner in self.fields)

    def rows_shown(self, value: Any) -> list[Values]:
        """The rows as a page shows them: at least as many as must be filled in."""
        present = list(value or ())
        return present + [{} for _ in range(self.minimum - len(present))]

    def with_row(self, value: Any) -> list[Values]:
        """The rows and an empty one last, where there is room."""
        present = self.rows_shown(value)
        return [*present, {}] if len(present) < self.maximum else present

    def with_lists(self, lists: Lists) -> Self:
        """With the options of its fields in place."""
        return self.model_copy(
            update={"fields": tuple(inner.with_lists(lists) for inner in self.fields)}
        )

    def without_conditions(self) -> Self:
        """Everything in it asked."""
        fields = tuple(inner.without_conditions() for inner in self.fields)
        return self.model_copy(update={"asked_if": None, "fields": fields})

    def read(self, posted: Posted, name: str) -> list[Values]:
        """The rows in the order of their numbers; an empty row is a row too."""
        numbers = {int(text) for text in posted.get(name, ()) if _NUMBER.fullmatch(text)}
        return [read(self.fields, posted, f"{name}-{number}-") for number in sorted(numbers)]

    def pairs(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """Each row's number, and what is in it."""
        for number, row in enumerate(value or ()):
            yield name, str(number)
            yield from pairs_of(self.fields, row, f"{name}-{number}-")

    def most_pairs(self, value: Any) -> int:
        """Every row with all that it can hold."""
        return sum(1 + most_posted(self.fields, row) for row in self.rows_shown(value))

    def suits(self, value: Any) -> bool:
        """Rows."""
        return is_list_of(dict, value)

    def fitted(self, value: Any) -> list[Values]:
        """Rows that hold what suits their fields."""
        return [fitted(self.fields, row) for row in value]

    def settled(self, value: Any) -> list[Values]:
        """The rows in which something is filled in."""
        rows = (settled(self.fields, row) for row in value or ())
        return [row for row in rows if row]

    def faults(self, name: str, value: Any, language: str) -> Iterator[Fault]:
        """How many rows there are, and what is wrong in each; one that is empty is no fault."""
        filled = {n: row for n, row in enumerate(value or ()) if not is_blank_row(row)}
        terms = {"label": self.label.shown_in(language), "count": len(filled)}
        least = max(self.minimum, int(self.is_required))
        if len(filled) < least:
            yield Fault(name, "too_few_rows", terms | {"least": least})
        if len(filled) > self.maximum:
            over = len(filled) - self.maximum
            yield Fault(name, "too_many_rows", terms | {"most": self.maximum, "over": over})
        for number, row in filled.items():
            yield from faults_of_all(self.fields, row, f"{name}-{number}-", language)

    def shown(self, value: Any, language: str, level: int) -> Iterator[ReplyRow]:
        """A heading, and each row under a heading of its own."""
        filled = [row for row in value if not is_blank_row(row)]
        if filled:
            yield ReplyRow(self.label.shown_in(language), "", level, ())
        for number, row in enumerate(filled, start=1):
            title = f"{self.item_label.shown_in(language)} {number}"
            yield ReplyRow(title, "", level + 1, ())
            for inner in asked(self.fields, row):
                if not is_blank(row.get(inner.key)):
                    yield from inner.shown(row[inner.key], language, level + 2)

    def uploads(self, value: Any) -> tuple[int, ...]:
        """Those of every row, in the form's order."""
        return tuple(
            number
            for row in value or ()
            for inner in self.fields
            for number in inner.uploads(row.get(inner.key))
        )

    def with_uploads(self, value: Any, is_kept: Callable[[int], bool]) -> list[Values]:
        """Every row with those that are kept."""
        return [with_uploads(self.fields, row, is_kept) for row in value or ()]

    def with_upload(self, value: Any, rest: str, upload_id: int) -> list[Values]:
        """With a file more in the row that the name says, if the page shows it."""
        where, rows = _IN_ROW.fullmatch(rest), self.rows_shown(value)
        inner = next((one for one in self.fields if where and one.key == where[2]), None)
        if where is None or inner is None or int(where[1]) >= len(rows):
            raise KeyError(rest)
        row = rows[int(where[1])]
        rows[int(where[1])] = row | {
            inner.key: inner.with_upload(row.get(inner.key), "", upload_id)
        }
        return rows

    def seen(self, value: Any) -> list[dict[str, str]]:
        """A mark of every field of every row."""
        return [self._row_seen(row) for row in _list(value)]

    def merged(
        self, versions: Versions, path: Path, choose: Choose, item: Words | None = None
    ) -> list[Values]:
        """The rows of both, side by side."""
        known = [row for row in _list(versions.base)[:MOST_ROWS] if isinstance(row, dict)]
        found: list[Values] = []
        pairs = _side_by_side(_list(versions.theirs), _list(versions.mine))
        for number, (theirs, mine) in enumerate(pairs, start=1):
            if theirs is not None and mine is not None:
                base = self._nearest(known, theirs, mine)
                found.append(
                    self._row_merged(Versions(theirs, mine, base), (*path, number), choose)
                )
            elif row := self._lone_row(theirs, mine, known, (*path, number), choose):
                found.append(row)
        return found

    def _row_seen(self, row: Values) -> dict[str, str]:
        return {inner.key: inner.seen(row.get(inner.key)) for inner in self.fields}

    def _row_merged(self, versions: Versions, path: Path, choose: Choose) -> Values:
        theirs, mine, base = versions
        return without_empty(
            {
                inner.key: inner.merged(
                    Versions(theirs.get(inner.key), mine.get(inner.key), base.get(inner.key, "")),
                    (*path, inner.key),
                    choose,
                    self.item_label,
                )
                for inner in self.fields
            }
        )

    def _lone_row(
        self,
        theirs: Values | None,
        mine: Values | None,
        known: list[dict[str, str]],
        path: Path,
        choose: Choose,
    ) -> Values | None:
        """A row that only one of them has: added by that one, or taken away by the other."""
        row = theirs if mine is None else mine
        if row is None or is_blank_row(row):
            return row if mine is not None else None
        if mine is not None and self._row_seen(row) not in known:
            return mine
        question = Question(
            path=path,
            field=self,
            fields=self.fields,
            theirs=theirs or {},
            mine=mine or {},
            options=(KEEP, DROP),
            item=self.item_label,
            usual=KEEP,
        )
        return row if choose(question) != DROP else None

    def _nearest(self, known: list[dict[str, str]], theirs: Values, mine: Values) -> dict[str, str]:
        """The row that both were made from: the one that shares most with them."""
        sides = self._row_seen(theirs), self._row_seen(mine)

        def shared(row: dict[str, str]) -> int:
            return sum(row.get(key) == mark for side in sides for key, mark in side.items())

        return max(known, key=shared, default={})


def _side_by_side(
    theirs: list[Values], mine: list[Values]
) -> Iterator[tuple[Values | None, Values | None]]:
    """The rows of both: equal ones first, then those between them in turn."""
    if max(len(theirs), len(mine)) > MOST_ROWS:
        # More than any form takes: to seek the equal ones would cost their number cubed.
        yield from zip_longest(theirs, mine)
        return
    matcher = SequenceMatcher(None, [*map(written, theirs)], [*map(written, mine)], autojunk=False)
    for _, from_theirs, to_theirs, from_mine, to_mine in matcher.get_opcodes():
        yield from zip_longest(theirs[from_theirs:to_theirs], mine[from_mine:to_mine])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
