"""The fields that a form can have. Their names are the keys of a plan file's `form:`."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, StringConstraints, model_validator
from pydantic import Field as Limits

from agenda.words.texts import Frozen, Key, LongLine, visible

LISTS = ("policy_areas",)
"""The lists that `options_from` and `items_from` can name."""
MOST_ROWS = 200
_LARGEST = 10**12

_FIELD_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def _field_key(value: str) -> str:
    # No hyphen: it separates group, row and field in the names of what is posted.
    if not _FIELD_KEY.fullmatch(value):
        raise ValueError(
            "skrivs med små bokstäver a–z, siffror och understreck, till exempel vem_beslutar"
        )
    return value


FieldKey = Annotated[str, StringConstraints(max_length=60), AfterValidator(_field_key)]
"""What a field is called in a form's answers."""


class Words(Frozen):
    """A label or an explanation; a file may write it as one Swedish text."""

    may_be_text: ClassVar[bool] = True

    sv: LongLine
    en: LongLine | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"sv": value} if isinstance(value, str) else value

    def shown_in(self, language: str) -> str:
        """The text in a language or, where that is missing, in Swedish."""
        return (self.en or self.sv) if language == "en" else self.sv

    def language_when(self, language: str) -> str:
        """Which language `shown_in` answers in: a page marks what is not in its own."""
        return "en" if language == "en" and self.en else "sv"


class Option(Frozen):
    """Something to choose, or to give points; a file may write it as one Swedish text."""

    may_be_text: ClassVar[bool] = True

    key: Key
    label: Words

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        value = {"label": value} if isinstance(value, str) else value
        if isinstance(value, dict) and "key" not in value:
            label = value.get("label")
            text = label.get("sv") if isinstance(label, dict) else label
            return value | {"key": key_of(text)} if isinstance(text, str) else value
        return value


def key_of(label: str) -> str:
    """A key made of a label: ”Bredband och digitalisering” is bredband-och-digitalisering."""
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-")


class AskedIf(Frozen):
    """When a field is asked: if one of these is chosen in another field beside it."""

    field: FieldKey
    options: Annotated[tuple[Key, ...], Limits(min_length=1)]


class _Asked(Frozen):
    """What every field has."""

    key: FieldKey
    label: Words
    help: Words | None = None
    is_required: bool = False
    """Whether it must be filled in, where it is asked."""
    asked_if: AskedIf | None = None
    """None for one that is always asked."""


class ShortText(_Asked):
    """One line of text."""

    type: Literal["short_text"] = "short_text"
    max_length: Annotated[int, Limits(ge=1, le=2000)] = 300
    """In characters."""
    holds: Literal["text", "name", "email", "telephone", "title"] = "text"
    """What kind of text: browsers fill in names and addresses, and an address is checked."""


class LongText(_Asked):
    """Text of several lines."""

    type: Literal["long_text"] = "long_text"
    max_length: Annotated[int, Limits(ge=1, le=100_000)] = 20_000
    """In characters."""


class Choice(_Asked):
    """One or several of some options, given in place or named as one of the plan's lists."""

    type: Literal["choice"] = "choice"
    options: tuple[Option, ...] = ()
    options_from: str | None = None
    is_multiple: bool = False


class Number(_Asked):
    """A number."""

    type: Literal["number"] = "number"
    minimum: int | None = None
    maximum: int | None = None
    decimals: Annotated[int, Limits(ge=0, le=6)] = 0
    """How many may be given; 0 for whole numbers only."""
    unit: Words | None = None


class Score(_Asked):
    """A whole number on a scale, with words for its ends."""

    type: Literal["score"] = "score"
    minimum: Annotated[int, Limits(ge=0, le=1)] = 1
    maximum: Annotated[int, Limits(ge=2, le=20)] = 10
    lowest: Words | None = None
    """What the lowest score means."""
    highest: Words | None = None


class Date(_Asked):
    """A date."""

    type: Literal["date"] = "date"
    earliest_on: date | None = None
    latest_on: date | None = None


class Amount(_Asked):
    """An amount in whole Swedish kronor."""

    type: Literal["amount_sek"] = "amount_sek"
    minimum: int = 0
    maximum: Annotated[int, Limits(le=_LARGEST)] = _LARGEST


class File(_Asked):
    """An attached file, or several."""

    type: Literal["file"] = "file"
    is_multiple: bool = False


class Points(_Asked):
    """Points spread over some items, given in place or named as one of the plan's lists."""

    type: Literal["points"] = "points"
    total: Annotated[int, Limits(ge=1, le=10_000)] = 10
    is_exact: bool = False
    """Whether all points must be spread; else at most so many."""
    may_abstain: bool = True
    items: tuple[Option, ...] = ()
    items_from: str | None = None


PlainField = Annotated[
    ShortText | LongText | Choice | Number | Score | Date | Amount | File,
    Limits(discriminator="type"),
]
"""A field that a group can hold."""


class Group(_Asked):
    """Some fields together, filled in as often as needed: the rows of a table."""

    type: Literal["group"] = "group"
    fields: Annotated[tuple[PlainField, ...], Limits(min_length=1, max_length=30)]
    minimum: Annotated[int, Limits(ge=0, le=MOST_ROWS)] = 0
    """The fewest rows."""
    maximum: Annotated[int, Limits(ge=1, le=MOST_ROWS)] = 60
    """The most rows."""
    item_label: Words
    """What one row is called: ”Fråga”."""


Field = Annotated[
    ShortText | LongText | Choice | Number | Score | Date | Amount | File | Points | Group,
    Limits(discriminator="type"),
]
Form = Annotated[tuple[Field, ...], Limits(max_length=100)]
"""A form: its fields in the order they are asked; empty where nothing is."""
Values = dict[str, Any]
"""What is filled in, as JSON: by field key, with what is empty left out.

Texts, chosen options' keys and dates ("2026-10-02") are strings; numbers, scores and amounts
are numbers, or the text as written when it is none; a choice of several and files (ids of
uploads) are lists; a group is a list of such dictionaries; points are
{"points": {item key: number}, "is_abstaining": True}.
"""


def is_blank(value: Any) -> bool:
    """Whether a value says nothing: it is missing, empty, or a text of what nobody can see."""
    return value in (None, [], {}) or (isinstance(value, str) and not visible(value))


def shown_rows(group: Group, values: Values) -> list[Values]:
    """The rows of a group as a page shows them: at least as many as must be filled in."""
    present = list(values.get(group.key, []))
    return present + [{} for _ in range(group.minimum - len(present))]
