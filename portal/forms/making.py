"""Fields with their values made into the parts of a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import Any

from agenda.attachments import (
    ACCEPT,
    ACCEPTED,
    LARGEST_FILE,
    LARGEST_TOGETHER,
    MEGABYTE,
    MOST_FILES,
)
from agenda.forms.conditions import condition_in_words
from agenda.forms.field import FieldType
from agenda.forms.fields import (
    Amount,
    Choice,
    Date,
    File,
    Group,
    LongText,
    Number,
    Points,
    Score,
    ShortText,
    Table,
)
from agenda.forms.fields.points import ABSTAINS
from agenda.forms.labels import Option, Words
from agenda.forms.values import ROW_KEY, Values
from agenda.forms.written import day_of, grouped, shown_number
from agenda.words.sentence import said
from portal.forms.parts import Attached, Label, Part, Row, ShownOption, id_of
from portal.forms.sentences import SENTENCES

_LIMITS = {
    "accepted": ACCEPTED,
    "each": LARGEST_FILE // MEGABYTE,
    "all": LARGEST_TOGETHER // MEGABYTE,
    "most": MOST_FILES,
}
_MOST_RADIOS = 8
_USUAL_LENGTH = 20_000
_AUTOCOMPLETE = {
    "name": "name",
    "email": "email",
    "telephone": "tel",
    "title": "organization-title",
}
_INPUTMODE = {"email": "email", "telephone": "tel"}


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the parts of one page."""

    language: str
    faults: Mapping[str, str]
    uploads: Mapping[int, Attached]

    def part(
        self,
        one: FieldType,
        name: str,
        value: Any,
        *,
        beside: Sequence[FieldType] = (),
        section: str = "",
    ) -> Part:
        """A field with its value; `section` is what a row is told apart by for autocomplete.

        `beside` are the fields that it can hang on.
        """
        more = self.made(one, name, value, section)
        if terms := condition_in_words(one, beside, self.language):
            said = self._words("asked_then" if one.must_be_filled else "asked_if", **terms)
            more["hints"] = (said, *more.get("hints", ()))
        return Part(
            name=name,
            label=self._said(one.label),
            help=self._said(one.help) if one.help else None,
            # The hint says when; a mark beside the label would say always.
            is_required=one.must_be_filled and not terms,
            fault=self.faults.get(name, ""),
            **more,
        )

    @singledispatchmethod
    def made(self, one: FieldType, name: str, value: Any, section: str) -> dict[str, Any]:
        """What a type of field has of its own on the page.

        Raises:
            TypeError: there is no macro for the type.
        """
        raise TypeError(f"{type(one).__name__} has no page")

    def _words(self, key: str, **terms: object) -> str:
        return said(SENTENCES(key, **terms), self.language)

    def _said(self, words: Words) -> Label:
        language = words.language_when(self.language)
        return Label(words.shown_in(self.language), language if language != self.language else "")

    @made.register
    def _area(self, one: LongText, name: str, value: Any, section: str) -> dict[str, Any]:
        text = value or ""
        # A limit that nobody comes near is noise; it is said before it is met.
        is_near = one.max_length != _USUAL_LENGTH or len(text) > one.max_length * 0.8
        hint = self._words("longest", most=grouped(one.max_length))
        return {
            "kind": "area",
            "value": text,
            "hints": (hint,) if is_near else (),
            "attributes": {"rows": "3" if one.max_length <= 1000 else "7"},
        }

    @made.register
    def _line(self, one: ShortText, name: str, value: Any, section: str) -> dict[str, Any]:
        return _text(value) | {"attributes": _short_attributes(one, section)}

    @made.register
    def _day(self, one: Date, name: str, value: Any, section: str) -> dict[str, Any]:
        # A date field shows nothing of a text that is no date: then it is a plain field.
        is_date = value is None or day_of(value) is not None
        attributes = {"type": "date" if is_date else "text", "class": "day"}
        return _text(value) | {"attributes": attributes, "hints": (self._words("date"),)}

    @made.register
    def _amount(self, one: Amount, name: str, value: Any, section: str) -> dict[str, Any]:
        return self._number(value, "numeric", (self._words("whole_kronor"),))

    @made.register
    def _count(self, one: Number, name: str, value: Any, section: str) -> dict[str, Any]:
        hints = tuple(self._number_hints(one))
        return self._number(value, "decimal" if one.decimals else "numeric", hints)

    def _number(self, value: Any, inputmode: str, hints: tuple[str, ...]) -> dict[str, Any]:
        is_number = isinstance(value, int | float)
        shown = shown_number(value, language=self.language) if is_number else value
        attributes = {"type": "text", "class": "number", "autocomplete": "off"}
        return _text(shown) | {"attributes": attributes | {"inputmode": inputmode}, "hints": hints}

    def _number_hints(self, one: Number) -> Iterator[str]:
        if one.unit:
            yield f"{one.unit.shown_in(self.language)}."
        least = "" if one.minimum is None else grouped(one.minimum)
        most = "" if one.maximum is None else grouped(one.maximum)
        if least or most:
            key = "between" if least and most else "at_least" if least else "at_most"
            yield self._words(key, least=least, most=most)

    @made.register
    def _choice(self, one: Choice, name: str, value: Any, section: str) -> dict[str, Any]:
        chosen = value if isinstance(value, list) else [value]
        if one.is_multiple:
            return {"kind": "boxes", "options": self._options(one.options, name, chosen)}
        if len(one.options) > _MOST_RADIOS:
            return {"kind": "list", "options": self._options(one.options, name, chosen)}
        options = self._options(one.options, name, chosen)
        return {"kind": "radios", "options": (*options, *self._no_answer(one, name, value))}

    @made.register
    def _score(self, one: Score, name: str, value: Any, section: str) -> dict[str, Any]:
        options = tuple(
            ShownOption(_id(name, n), str(score), Label(str(score)), score == value)
            for n, score in enumerate(range(one.minimum, one.maximum + 1))
        )
        ends = (
            {"lowest": one.lowest.shown_in(self.language)} if one.lowest else {},
            {"highest": one.highest.shown_in(self.language)} if one.highest else {},
        )
        terms: dict[str, Any] = {"least": one.minimum, "most": one.maximum} | ends[0] | ends[1]
        return {
            "kind": "radios",
            "attributes": {"class": "scale"},
            "options": (*options, *self._no_answer(one, name, value)),
            "hints": (self._words("scale", **terms),) if all(ends) else (),
        }

    def _options(
        self, options: tuple[Option, ...], name: str, chosen: list[Any]
    ) -> tuple[ShownOption, ...]:
        return tuple(
            ShownOption(_id(name, n), one.key, self._said(one.label), one.key in chosen)
            for n, one in enumerate(options)
        )

    def _no_answer(self, one: Choice | Score, name: str, value: Any) -> Iterator[ShownOption]:
        """A way back: a radio button, once chosen, cannot be let go of."""
        if not one.is_required:
            label = Label(self._words("no_answer"))
            yield ShownOption(f"{id_of(name)}--inget", "", label, value is None)

    @made.register
    def _files(self, one: File, name: str, value: Any, section: str) -> dict[str, Any]:
        attributes = {"accept": ACCEPT} | ({"multiple": ""} if one.is_multiple else {})
        return {
            "kind": "files",
            "files": tuple(
                self.uploads[number] for number in value or () if number in self.uploads
            ),
            "attributes": attributes,
            "hints": (self._words("file_rule", **_LIMITS), self._words("file_when")),
        }

    @made.register
    def _points(self, one: Points, name: str, value: Any, section: str) -> dict[str, Any]:
        value = value or {}
        key = "points_exact" if one.is_exact else "points_at_most"
        given = self._words(key, total=one.total, given=one.given(value))
        abstain = ShownOption(
            f"{id_of(name)}--{ABSTAINS}",
            ABSTAINS,
            Label(self._words("abstain")),
            bool(value.get("is_abstaining")),
        )
        return {
            "kind": "points",
            "hints": (given, self._words("points_sum")),
            "parts": tuple(self._item(item, name, value) for item in one.items),
            "options": (abstain,) if one.may_abstain else (),
        }

    def _item(self, item: Option, name: str, value: Values) -> Part:
        inner = f"{name}-{item.key}"
        return Part(
            kind="text",
            name=inner,
            label=self._said(item.label),
            help=None,
            is_required=False,
            fault=self.faults.get(inner, ""),
            value=str(value.get("points", {}).get(item.key, "")),
            attributes={
                "type": "text",
                "class": "number",
                "inputmode": "numeric",
                "autocomplete": "off",
            },
        )

    @made.register
    def _group(self, one: Group, name: str, value: Any, section: str) -> dict[str, Any]:
        rows = one.rows_shown(value)
        item = one.item_label.shown_in(self.language)
        inner = item[0].lower() + item[1:] if item[1:2].islower() else item
        hints = [self._words("least", least=one.minimum)] if one.minimum > 1 else []
        hints += [self._words("room", most=one.maximum)] if len(rows) >= one.maximum else []
        return {
            "kind": "group",
            "rows": tuple(self._row(one, number, row, item) for number, row in enumerate(rows)),
            "item": inner,
            "can_add": len(rows) < one.maximum,
            "can_remove": len(rows) > one.minimum,
            "hints": tuple(hints),
        }

    @made.register
    def _table(self, one: Table, name: str, value: Any, section: str) -> dict[str, Any]:
        sums = [f"{label}: {text}." for label, text in one.sums(value, self.language)]
        said = [self._words("table_sum", sums=" ".join(sums)), self._words("points_sum")]
        is_any_marked = any(column.is_required for column in one.columns)
        may_be_empty = [self._words("empty_row")] if is_any_marked and not one.is_required else []
        return {
            "kind": "table",
            "rows": tuple(
                self._table_row(one, number, f"{name}-{row.key}", (value or {}).get(row.key, {}))
                for number, row in enumerate(one.rows)
            ),
            "hints": (*may_be_empty, *(said if sums else ())),
        }

    def _table_row(self, one: Table, number: int, name: str, value: Values) -> Row:
        row = one.rows[number]
        return Row(number, row.key, self._said(row.label), self._parts(one.columns, name, value))

    def _row(self, one: Group, number: int, row: Values, item: str) -> Row:
        parts = self._parts(one.fields, f"{one.key}-{number}", row)
        language = one.item_label.language_when(self.language)
        lang = language if language != self.language else ""
        return Row(number, row.get(ROW_KEY, ""), Label(f"{item} {number + 1}", lang), parts)

    def _parts(self, fields: Sequence[FieldType], name: str, values: Values) -> tuple[Part, ...]:
        return tuple(
            self.part(one, f"{name}-{one.key}", values.get(one.key), beside=fields, section=name)
            for one in fields
        )


def _text(value: Any) -> dict[str, Any]:
    return {"kind": "text", "value": "" if value is None else str(value)}


def _id(name: str, position: int) -> str:
    """An option's id; the first bears the field's own, so that a link leads to it."""
    return f"{id_of(name)}-{position}" if position else id_of(name)


def _short_attributes(one: ShortText, section: str) -> dict[str, str]:
    attributes = {"type": "text"}
    if one.holds in _AUTOCOMPLETE:
        # In a row it is told apart from the same in other rows: each can be another person's.
        attributes["autocomplete"] = " ".join(
            [f"section-{section}"] * bool(section) + [_AUTOCOMPLETE[one.holds]]
        )
    if one.holds in _INPUTMODE:
        # Not type="email": browsers rewrite what is typed in such a field.
        attributes |= {"inputmode": _INPUTMODE[one.holds], "spellcheck": "false"}
        attributes["autocapitalize"] = "none"
    return attributes
