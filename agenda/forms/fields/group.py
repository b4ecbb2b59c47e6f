"""A field that is some fields together, filled in as often as needed."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field as Limits

from agenda.forms.changing import with_uploads
from agenda.forms.conditions import asked
from agenda.forms.faults import faults_of_all
from agenda.forms.field import FieldFault, FieldType, Lists, Posted, ReplyRow
from agenda.forms.fields.plain import PlainField
from agenda.forms.labels import Words
from agenda.forms.posted import ROW, most_posted, pairs_of, read
from agenda.forms.stored import fitted, settled
from agenda.forms.values import ROW_KEY, Values, is_blank, is_blank_row, is_list_of, without_empty
from agenda.forms.versions import DROP, KEEP, Choose, Path, Question, Versions

MOST_ROWS = 200
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
        found = (ROW.fullmatch(text) for text in posted.get(name, ()))
        keys = {int(row[1]): row[2] for row in found if row}
        rows, taken = [], set[str]()
        for number, key in sorted(keys.items()):
            row = read(self.fields, posted, f"{name}-{number}-")
            # Of two rows with one key, the second is a copy that somebody made.
            rows.append(row | {ROW_KEY: key} if key and key not in taken else row)
            taken.add(key)
        return rows

    def pairs(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """Each row's number and key, and what is in it."""
        for number, row in enumerate(value or ()):
            yield name, f"{number} {row[ROW_KEY]}" if ROW_KEY in row else str(number)
            yield from pairs_of(self.fields, row, f"{name}-{number}-")

    def most_pairs(self, value: Any) -> int:
        """Every row with all that it can hold."""
        return sum(1 + most_posted(self.fields, row) for row in self.rows_shown(value))

    def suits(self, value: Any) -> bool:
        """Rows."""
        return is_list_of(dict, value)

    def fitted(self, value: Any) -> list[Values]:
        """Rows that hold what suits their fields."""
        return [fitted(self.fields, row) | _key_of(row) for row in value]

    def settled(self, value: Any) -> list[Values]:
        """The rows in which something is filled in."""
        rows = ((settled(self.fields, row), _key_of(row)) for row in value or ())
        return [row | key for row, key in rows if row]

    def keyed(self, value: Any, like: Any, new_key: Callable[[], str]) -> list[Values]:
        """Every row with its key."""
        taken = {row.get(ROW_KEY) for row in value}
        free = dict(enumerate(row.get(ROW_KEY) for row in like or ()))
        return [
            row
            if ROW_KEY in row
            else row | {ROW_KEY: key if (key := free.get(n)) and key not in taken else new_key()}
            for n, row in enumerate(value)
        ]

    def faults(self, name: str, value: Any, language: str) -> Iterator[FieldFault]:
        """How many rows there are, and what is wrong in each; one that is empty is no fault."""
        filled = {n: row for n, row in enumerate(value or ()) if not is_blank_row(row)}
        terms = {"label": self.label.shown_in(language), "count": len(filled)}
        least = max(self.minimum, int(self.is_required))
        if len(filled) < least:
            yield FieldFault(name, "too_few_rows", terms | {"least": least})
        if len(filled) > self.maximum:
            over = len(filled) - self.maximum
            yield FieldFault(name, "too_many_rows", terms | {"most": self.maximum, "over": over})
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

    def rows_of(self, value: Any) -> Iterator[tuple[str, Sequence[FieldType], Values]]:
        """Each by the key that it keeps."""
        filled = (row for row in value or () if not is_blank_row(row))
        return ((row[ROW_KEY], self.fields, row) for row in filled)

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
        """The rows of both, those with one key joined."""
        base = {
            row[ROW_KEY]: row
            for row in _list(versions.base)
            if isinstance(row, dict) and ROW_KEY in row
        }
        found: list[Values] = []
        pairs = _side_by_side(_list(versions.theirs), _list(versions.mine))
        for number, (theirs, mine) in enumerate(pairs, start=1):
            former = base.get((theirs or mine or {}).get(ROW_KEY))
            if theirs is not None and mine is not None:
                row = Versions(theirs, mine, former or {})
                found.append(self._row_merged(row, (*path, number), choose))
            elif mine is not None and (former is None or is_blank_row(mine)):
                found.append(mine)
            elif lone := self._lone_row(theirs or {}, mine or {}, (*path, number), choose):
                found.append(lone)
        return found

    def _row_seen(self, row: Values) -> dict[str, str]:
        return {inner.key: inner.seen(row.get(inner.key)) for inner in self.fields} | _key_of(row)

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
            | _key_of(mine)
        )

    def _lone_row(self, theirs: Values, mine: Values, path: Path, choose: Choose) -> Values | None:
        """A row that they added, or that one of us took away."""
        row = theirs or mine
        if is_blank_row(row):
            return None
        question = Question(
            path=path,
            field=self,
            fields=self.fields,
            theirs=theirs,
            mine=mine,
            options=(KEEP, DROP),
            item=self.item_label,
            usual=KEEP,
        )
        return row if choose(question) != DROP else None


def _side_by_side(
    theirs: list[Values], mine: list[Values]
) -> Iterator[tuple[Values | None, Values | None]]:
    """The rows of both in an order that keeps each one's own; those of one key as a pair."""
    by_key = {row.get(ROW_KEY, n): row for n, row in enumerate(mine)}
    shared = by_key.keys() & {row.get(ROW_KEY, n) for n, row in enumerate(theirs)}
    mine_after, last = defaultdict[Any, list[Values]](list), None
    for key, row in by_key.items():
        if key in shared:
            last = key
        else:
            mine_after[last].append(row)
    last = None
    for n, row in enumerate(theirs):
        key = row.get(ROW_KEY, n)
        if key in shared:
            yield from ((None, one) for one in mine_after[last])
            last = key
        yield row, by_key.get(key)
    yield from ((None, one) for one in mine_after[last])


def _key_of(row: Values) -> Values:
    return {ROW_KEY: row[ROW_KEY]} if ROW_KEY in row else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
