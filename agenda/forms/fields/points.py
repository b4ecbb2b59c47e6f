"""A field in which points are spread over some items."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Field as Limits

from agenda.forms.field import FieldFault, FieldType, Lists, Posted, ReplyRow
from agenda.forms.labels import Option
from agenda.forms.sentences import SENTENCES
from agenda.forms.values import Values, is_blank
from agenda.forms.written import number_in
from agenda.words.sentence import said

ABSTAINS = "avstar"
"""What is posted under the field's own name by those who abstain."""


class Points(FieldType):
    """Points spread over some items, given in place or named as one of the plan's lists."""

    type: Literal["points"] = "points"
    total: Annotated[int, Limits(ge=1, le=10_000)] = 10
    is_exact: bool = False
    """Whether all points must be spread; else at most so many."""
    may_abstain: bool = True
    items: tuple[Option, ...] = ()
    items_from: str | None = None

    def given(self, value: Any) -> int:
        """How many points are spread so far."""
        return sum(n for n in (value or {}).get("points", {}).values() if isinstance(n, int))

    def with_lists(self, lists: Lists) -> Self:
        """With its items in place."""
        if self.items_from is None:
            return self
        return self.model_copy(update={"items": lists[self.items_from]})

    def read(self, posted: Posted, name: str) -> Values:
        """The points of each item, and whether they abstain."""
        given = {
            item.key: number_in(posted[f"{name}-{item.key}"][-1], decimals=0)
            for item in self.items
            if any(posted.get(f"{name}-{item.key}", ("",))[-1:])
        }
        kept = {key: points for key, points in given.items() if points != ""}
        value: Values = {"points": kept} if kept else {}
        if self.may_abstain and ABSTAINS in posted.get(name, ()):
            value["is_abstaining"] = True
        return value

    def pairs(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """The points of each item that has any."""
        for key, points in (value or {}).get("points", {}).items():
            yield f"{name}-{key}", str(points)
        if value and value.get("is_abstaining"):
            yield name, ABSTAINS

    def most_pairs(self, value: Any) -> int:
        """Every item, and that they abstain."""
        return len(self.items) + 1

    def suits(self, value: Any) -> bool:
        """Points by item."""
        return isinstance(value, dict) and isinstance(value.get("points", {}), dict)

    def faults(self, name: str, value: Any, language: str) -> Iterator[FieldFault]:
        """What hinders it, said with the way out that it offers."""
        missing = "missing_points_or_abstain" if self.may_abstain else "missing_points"
        for fault in super().faults(name, value, language):
            yield fault._replace(kind=missing) if fault.kind == self.missing else fault

    def faults_of(self, name: str, value: Any, language: str) -> Iterator[FieldFault]:
        """Points that are none, too many, too few, or given by who abstains."""
        points = value.get("points", {})
        wrong = [key for key, given in points.items() if not isinstance(given, int) or given < 0]
        for key in wrong:
            yield FieldFault(f"{name}-{key}", "points", {})
        total = self.given(value)
        if value.get("is_abstaining"):
            if total or wrong:
                yield FieldFault(name, "points_and_abstains", {})
        elif total > self.total:
            terms = {"given": total, "total": self.total, "over": total - self.total}
            yield FieldFault(name, "too_many_points", terms)
        elif not wrong and total < self.total and self.is_exact:
            terms = {"given": total, "total": self.total, "left": self.total - total}
            yield FieldFault(name, "points_left", terms)
        elif not wrong and not total and self.is_required:
            yield FieldFault(name, self.missing, {"label": self.label.shown_in(language)})

    def shown(self, value: Any, language: str, level: int) -> Iterator[ReplyRow]:
        """That they abstain, and each item's points."""
        text = said(SENTENCES("abstains"), language) if value.get("is_abstaining") else ""
        yield ReplyRow(self.label.shown_in(language), text, 0, ())
        for item in self.items:
            points = value.get("points", {}).get(item.key)
            if not is_blank(points):
                is_count = isinstance(points, int)
                text = said(SENTENCES("given_points", n=points), language) if is_count else points
                yield ReplyRow(item.label.shown_in(language), text, 1, ())
