"""A field that is a table: the same questions for each of some rows that the plan names."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field as Limits

from agenda.forms.conditions import asked
from agenda.forms.faults import faults_of_all
from agenda.forms.field import FieldFault, FieldType, Lists, Posted, ReplyRow
from agenda.forms.fields.plain import CellField
from agenda.forms.labels import Option, Words
from agenda.forms.posted import most_posted, pairs_of, read
from agenda.forms.sentences import SENTENCES
from agenda.forms.stored import fitted, settled
from agenda.forms.values import Values, is_blank, is_blank_row, without_empty
from agenda.forms.versions import Choose, Path, Versions
from agenda.words.sentence import said


class Table(FieldType):
    """What is filled in for each of some given rows: by row key, what its columns hold.

    The rows are named in place or as one of the plan's lists, or they are the latest years.
    Rows that those who answer add themselves are a group's.
    """

    missing: ClassVar[str] = "missing_rows"

    type: Literal["table"] = "table"
    columns: Annotated[tuple[CellField, ...], Limits(min_length=1, max_length=12)]
    rows: Annotated[tuple[Option, ...], Limits(max_length=100)] = ()
    rows_from: str | None = None
    latest_years: Annotated[int, Limits(ge=1, le=20)] | None = None
    """So many whole years before the one in which the activity ends by its plan, newest first."""
    has_sums: bool = False
    """Whether the numbers and amounts of each column are summed."""

    def with_lists(self, lists: Lists) -> Self:
        """With its rows and its columns' options in place."""
        changes: dict[str, Any] = {"columns": tuple(one.with_lists(lists) for one in self.columns)}
        if self.rows_from is not None:
            changes["rows"] = lists[self.rows_from]
        return self.model_copy(update=changes)

    def in_year(self, year: int) -> Self:
        """With the latest years for its rows, which they then stay."""
        if self.latest_years is None:
            return self
        years = (str(year - back) for back in range(1, self.latest_years + 1))
        rows = tuple(Option(key=one, label=Words(sv=one)) for one in years)
        return self.model_copy(update={"rows": rows, "latest_years": None})

    def of_any_year(self) -> Self:
        """With the number of latest years, where its rows are some that follow on each other."""
        keys = [row.key for row in self.rows]
        newest = int(keys[0]) if keys and keys[0].isdigit() else 0
        if not newest or keys != [str(newest - back) for back in range(len(keys))]:
            return self
        return self.model_copy(update={"rows": (), "latest_years": len(keys)})

    def without_conditions(self) -> Self:
        """Everything in it asked."""
        columns = tuple(one.without_conditions() for one in self.columns)
        return self.model_copy(update={"asked_if": None, "columns": columns})

    def read(self, posted: Posted, name: str) -> Values:
        """What each row holds, in the order of the rows."""
        return without_empty(
            {row.key: read(self.columns, posted, f"{name}-{row.key}-") for row in self.rows}
        )

    def pairs(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """Each row's columns."""
        for key, row in (value or {}).items():
            yield from pairs_of(self.columns, row, f"{name}-{key}-")

    def most_pairs(self, value: Any) -> int:
        """Every row with all that it can hold."""
        rows = value or {}
        return sum(most_posted(self.columns, rows.get(row.key, {})) for row in self.rows)

    def suits(self, value: Any) -> bool:
        """Rows by their keys."""
        return isinstance(value, dict) and all(isinstance(row, dict) for row in value.values())

    def fitted(self, value: Any) -> Values:
        """The rows that there are, with what suits their columns."""
        keys = [row.key for row in self.rows if row.key in value]
        return {key: fitted(self.columns, value[key]) for key in keys}

    def settled(self, value: Any) -> Values:
        """The rows in which something is filled in."""
        return without_empty(
            {key: settled(self.columns, row) for key, row in (value or {}).items()}
        )

    def faults(self, name: str, value: Any, language: str) -> Iterator[FieldFault]:
        """What is wrong in each row; where the table is required, an empty row is a fault."""
        rows = {row.key: (value or {}).get(row.key, {}) for row in self.rows}
        empty = [row for row in self.rows if is_blank_row(rows[row.key])]
        if self.is_required and empty:
            terms = {"label": self.label.shown_in(language)}
            lacking = ", ".join(row.label.shown_in(language) for row in empty)
            yield FieldFault(name, self.missing, terms | {"rows": lacking})
        for key, row in rows.items():
            if not is_blank_row(row):
                yield from faults_of_all(self.columns, row, f"{name}-{key}-", language)

    def shown(self, value: Any, language: str, level: int) -> Iterator[ReplyRow]:
        """A heading, each row that says something under its own, and the sums."""
        filled = [row for row in self.rows if not is_blank_row(value.get(row.key, {}))]
        if not filled:
            return
        yield ReplyRow(self.label.shown_in(language), "", level, ())
        for row in filled:
            yield ReplyRow(row.label.shown_in(language), "", level + 1, ())
            for column in asked(self.columns, value[row.key]):
                if not is_blank(found := value[row.key].get(column.key)):
                    yield from column.shown(found, language, level + 2)
        if sums := self.sums(value, language):
            yield ReplyRow(said(SENTENCES("sum"), language), "", level + 1, ())
            yield from (ReplyRow(label, text, level + 2, ()) for label, text in sums)

    def rows_of(self, value: Any) -> Iterator[tuple[str, Sequence[FieldType], Values]]:
        """Each by the key that the plan gave it."""
        filled = (key for key, row in (value or {}).items() if not is_blank_row(row))
        return ((key, self.columns, value[key]) for key in filled)

    def sums(self, value: Any, language: str) -> list[tuple[str, str]]:
        """The label of each column of numbers and what they come to, in words."""
        numbers = defaultdict[str, list[float]](list)
        for row in (value or {}).values() if self.has_sums else ():
            # What is written in a cell that is not asked is no part of the answer.
            for column in asked(self.columns, row):
                if column.is_summed and isinstance(cell := row.get(column.key), int | float):
                    numbers[column.key].append(cell)
        return [
            (column.label.shown_in(language), column.in_words(sum(numbers[column.key]), language))
            for column in self.columns
            if column.key in numbers
        ]

    def seen(self, value: Any) -> dict[str, str]:
        """A mark of every column of every row."""
        rows = value or {}
        return {
            f"{row.key} {column.key}": column.seen(rows.get(row.key, {}).get(column.key))
            for row in self.rows
            for column in self.columns
        }

    def merged(
        self, versions: Versions, path: Path, choose: Choose, item: Words | None = None
    ) -> Values:
        """Each column of each row, of both."""
        theirs, mine = versions.theirs or {}, versions.mine or {}
        base = versions.base if isinstance(versions.base, dict) else {}
        return without_empty(
            {
                row.key: without_empty(
                    {
                        column.key: column.merged(
                            Versions(
                                theirs.get(row.key, {}).get(column.key),
                                mine.get(row.key, {}).get(column.key),
                                base.get(f"{row.key} {column.key}", ""),
                            ),
                            (*path, row.key, column.key),
                            choose,
                            row.label,
                        )
                        for column in self.columns
                    }
                )
                for row in self.rows
            }
        )
