"""Fields with their values made into the parts of a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agenda.attachments import ACCEPT
from agenda.forms.conditions import condition_in_words
from agenda.forms.faults import points_given
from agenda.forms.fields import (
    Amount,
    Choice,
    Date,
    Field,
    File,
    Form,
    Group,
    LongText,
    Number,
    Option,
    Points,
    Score,
    ShortText,
    Values,
    Words,
    shown_rows,
)
from agenda.forms.posted import ABSTAINS
from agenda.forms.written import day_of, grouped, shown_number
from portal.forms.parts import Attached, Part, Row, Said, ShownOption, id_of
from portal.forms.words import WORDS

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
        self, one: Field, name: str, value: Any, *, beside: Form = (), section: str = ""
    ) -> Part:
        """A field with its value; `section` is what a row is told apart by for autocomplete.

        `beside` are the fields that it can hang on.
        """
        more: dict[str, Any]
        if isinstance(one, Group):
            more = self._group(one, value)
        elif isinstance(one, Points):
            more = self._points(one, name, value or {})
        elif isinstance(one, File):
            more = self._files(one, value or [])
        elif isinstance(one, Choice):
            more = self._choice(one, name, value)
        elif isinstance(one, Score):
            more = self._score(one, name, value)
        elif isinstance(one, LongText):
            more = self._area(one, value)
        else:
            more = self._line(one, value, section)
        is_required = one.is_required or (isinstance(one, Group) and one.minimum > 0)
        if terms := condition_in_words(one, beside, self.language):
            said = self._words("asked_then" if is_required else "asked_if", **terms)
            more["hints"] = (said, *more.get("hints", ()))
        return Part(
            name=name,
            label=self._said(one.label),
            help=self._said(one.help) if one.help else None,
            # The hint says when; a mark beside the label would say always.
            is_required=is_required and not terms,
            fault=self.faults.get(name, ""),
            **more,
        )

    def _words(self, key: str, **terms: object) -> str:
        return WORDS[self.language][key].format(**terms)

    def _said(self, words: Words) -> Said:
        language = words.language_when(self.language)
        return Said(words.shown_in(self.language), language if language != self.language else "")

    def _area(self, one: LongText, value: Any) -> dict[str, Any]:
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

    def _line(
        self, one: ShortText | Number | Amount | Date, value: Any, section: str
    ) -> dict[str, Any]:
        shown = {"kind": "text", "value": "" if value is None else str(value)}
        if isinstance(one, ShortText):
            return shown | {"attributes": _short_attributes(one, section)}
        if isinstance(one, Date):
            # A date field shows nothing of a text that is no date: then it is a plain field.
            is_date = value is None or day_of(value) is not None
            attributes = {"type": "date" if is_date else "text", "class": "day"}
            return shown | {"attributes": attributes, "hints": (self._words("date"),)}
        if isinstance(value, int | float):
            shown["value"] = shown_number(value, language=self.language)
        whole = isinstance(one, Amount) or not one.decimals
        attributes = {"type": "text", "class": "number", "autocomplete": "off"}
        attributes["inputmode"] = "numeric" if whole else "decimal"
        return shown | {"attributes": attributes, "hints": tuple(self._number_hints(one))}

    def _number_hints(self, one: Number | Amount) -> Iterator[str]:
        if isinstance(one, Amount):
            yield self._words("whole_kronor")
            return
        if one.unit:
            yield f"{one.unit.shown_in(self.language)}."
        least = "" if one.minimum is None else grouped(one.minimum)
        most = "" if one.maximum is None else grouped(one.maximum)
        if least or most:
            key = "between" if least and most else "from" if least else "to"
            yield self._words(key, least=least, most=most)

    def _choice(self, one: Choice, name: str, value: Any) -> dict[str, Any]:
        chosen = value if isinstance(value, list) else [value]
        if one.is_multiple:
            return {"kind": "boxes", "options": self._options(one.options, name, chosen)}
        if len(one.options) > _MOST_RADIOS:
            return {"kind": "list", "options": self._options(one.options, name, chosen)}
        options = self._options(one.options, name, chosen)
        return {"kind": "radios", "options": (*options, *self._no_answer(one, name, value))}

    def _score(self, one: Score, name: str, value: Any) -> dict[str, Any]:
        options = tuple(
            ShownOption(_id(name, n), str(score), Said(str(score)), score == value)
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
            label = Said(self._words("no_answer"))
            yield ShownOption(f"{id_of(name)}--inget", "", label, value is None)

    def _files(self, one: File, value: list[int]) -> dict[str, Any]:
        attributes = {"accept": ACCEPT} | ({"multiple": ""} if one.is_multiple else {})
        return {
            "kind": "files",
            "files": tuple(self.uploads[number] for number in value if number in self.uploads),
            "attributes": attributes,
            "hints": (self._words("file_rule"), self._words("file_when")),
        }

    def _points(self, one: Points, name: str, value: Values) -> dict[str, Any]:
        key = "points_exact" if one.is_exact else "points_at_most"
        given = self._words(key, total=one.total, given=points_given(value))
        abstain = ShownOption(
            f"{id_of(name)}--{ABSTAINS}",
            ABSTAINS,
            Said(self._words("abstain")),
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

    def _group(self, one: Group, value: Any) -> dict[str, Any]:
        rows = shown_rows(one, {one.key: value or []})
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

    def _row(self, one: Group, number: int, row: Values, item: str) -> Row:
        name = f"{one.key}-{number}"
        parts = tuple(
            self.part(
                inner,
                f"{name}-{inner.key}",
                row.get(inner.key),
                beside=one.fields,
                section=name,
            )
            for inner in one.fields
        )
        language = one.item_label.language_when(self.language)
        lang = language if language != self.language else ""
        return Row(number, Said(f"{item} {number + 1}", lang), parts)


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
