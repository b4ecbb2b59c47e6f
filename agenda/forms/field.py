"""A field of a form: what every type of field does, and how most of them do it.

A type of field is one class in `agenda.forms.fields` that owns all there is to it: how it
is read from what is posted, what can be wrong with it, how it is shown, stored and merged.
How its page looks is the portal's (`portal.forms`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, ClassVar, NamedTuple, Self

from pydantic import Field as Limits

from agenda.forms.labels import FieldKey, Option, Words
from agenda.forms.values import Values, is_blank
from agenda.forms.versions import (
    BOTH,
    MINE,
    THEIRS,
    Choose,
    Path,
    Question,
    Versions,
    digest,
)
from agenda.words.texts import Frozen, Key

Posted = Mapping[str, Sequence[str]]
"""What was posted, by name."""
Lists = Mapping[str, tuple[Option, ...]]
"""The lists of a plan that options, items and rows can come from, by name."""


class FieldFault(NamedTuple):
    """A fault: where, which sentence (agenda.forms.sentences), and what stands in it."""

    name: str
    kind: str
    terms: dict[str, Any]


class ReplyRow(NamedTuple):
    """One thing that was filled in; a heading when it has neither text nor files."""

    label: str
    text: str
    """Exactly as written, line feeds and all: escape it, never interpret it."""
    level: int
    """0 for the form's fields, 1 for a group's rows and items, 2 for what is in a row."""
    files: tuple[int, ...]
    """Ids of uploads."""


class Meaning(StrEnum):
    """What an answer in a field is, whatever a plan calls the field.

    Compilations and documents read meanings, never a plan's own keys.
    """

    TITLE = "title"
    PROBLEM = "problem"
    GOAL = "goal"
    LEVEL = "level"
    """Who decides on the matter: the EU, the nation, somebody else."""
    AREA = "area"
    REASON = "reason"
    """Why it matters."""
    DESCRIPTION = "description"
    POSITION = "position"
    """For, against or neither, on the whole."""
    SUBJECT = "subject"
    """What part of a draft a viewpoint is about."""
    VIEWPOINT = "viewpoint"
    SCORE = "score"
    AMOUNT = "amount"
    CONTACT_NAME = "contact_name"
    CONTACT_ADDRESS = "contact_address"
    ATTACHMENTS = "attachments"


class AskedIf(Frozen):
    """When a field is asked: if one of these is chosen in another field beside it."""

    field: FieldKey
    options: Annotated[tuple[Key, ...], Limits(min_length=1)]


class FieldType(Frozen):
    """What every field has and does; as it stands, for a field that holds one text."""

    missing: ClassVar[str] = "missing"
    """The sentence for one that must be filled in and is not."""
    is_summed: ClassVar[bool] = False
    """Its values are numbers that can be added up."""
    is_long: ClassVar[bool] = False
    """It is running text: two people's versions can stand after one another."""

    key: FieldKey
    label: Words
    help: Words | None = None
    is_required: bool = False
    """Whether it must be filled in, where it is asked."""
    asked_if: AskedIf | None = None
    """None for one that is always asked."""
    means: Meaning | None = None
    """None for what only a person can read."""

    @property
    def must_be_filled(self) -> bool:
        """Whether something must be filled in, where it is asked."""
        return self.is_required

    @property
    def takes_files(self) -> bool:
        """Whether files can be attached to it or in it."""
        return False

    def labels(self, language: str) -> dict[str, str]:
        """What can be chosen in it, by key; empty where nothing can."""
        return {}

    def with_lists(self, lists: Lists) -> Self:
        """The field with its options filled in, wherever they come from."""
        return self

    def in_year(self, year: int) -> Self:
        """The field as it is for an activity that ends in that year by its plan."""
        return self

    def of_any_year(self) -> Self:
        """The field as it was before `in_year`."""
        return self

    def without_conditions(self) -> Self:
        """The field as it is where everything is asked."""
        return self.model_copy(update={"asked_if": None})

    # What is posted of it, and back.

    def read(self, posted: Posted, name: str) -> Any:
        """Its value, of all that was posted; a blank where there is none. Never raises."""
        written = posted.get(name, ())
        return self.understood(written[-1]) if written and written[-1] else None

    def understood(self, written: str) -> Any:
        """What was written on its line; the text itself where it cannot be understood."""
        return written

    def pairs(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """What a page that shows a value posts when nothing is changed."""
        if value is not None:
            yield name, str(value)

    def most_pairs(self, value: Any) -> int:
        """How many names and texts a page that shows a value posts at most."""
        return 1

    def with_row(self, value: Any) -> Any:
        """A value with an empty row more, where it has rows and there is room."""
        return value

    # What is stored of it.

    def suits(self, value: Any) -> bool:
        """Whether a stored value is one of this field's, whose type may have changed since."""
        return isinstance(value, str)

    def fitted(self, value: Any) -> Any:
        """A value that suits it, without what in it does not."""
        return value

    def settled(self, value: Any) -> Any:
        """A value as it is sent in."""
        return value

    def keyed(self, value: Any, like: Any, new_key: Callable[[], str]) -> Any:
        """A value whose rows, where it has any, all have a key; see `agenda.forms.stored`."""
        return value

    # What is wrong with it.

    def faults(self, name: str, value: Any, language: str) -> Iterator[FieldFault]:
        """What hinders it from being sent."""
        if not is_blank(value):
            yield from self.faults_of(name, value, language)
        elif self.is_required:
            yield FieldFault(name, self.missing, {"label": self.label.shown_in(language)})

    def faults_of(self, name: str, value: Any, language: str) -> Iterator[FieldFault]:
        """What is wrong with what is filled in."""
        yield from ()

    # How it is shown.

    def shown(self, value: Any, language: str, level: int) -> Iterator[ReplyRow]:
        """What is filled in, in words."""
        text = value if isinstance(value, str) else self.in_words(value, language)
        yield ReplyRow(self.label.shown_in(language), text, level, ())

    def in_words(self, value: Any, language: str) -> str:
        """A value that is no text, as text."""
        return str(value)

    def rows_of(self, value: Any) -> Iterator[tuple[str, "Sequence[FieldType]", Values]]:
        """The rows in which something is filled in, where it has rows: key, fields, values."""
        yield from ()

    # The files attached to it.

    def uploads(self, value: Any) -> tuple[int, ...]:
        """The ids of the files that a value holds."""
        return ()

    def with_uploads(self, value: Any, is_kept: Callable[[int], bool]) -> Any:
        """A value with those of its files that are kept."""
        return value

    def with_upload(self, value: Any, rest: str, upload_id: int) -> Any:
        """A value with a file more, at the name that follows its own.

        Raises:
            KeyError: no file is posted under that name.
        """
        raise KeyError(rest)

    # Two people's versions of it.

    def seen(self, value: Any) -> Any:
        """A mark of a value, by which it is known later whether it was changed."""
        return digest(value)

    def merged(
        self, versions: Versions, path: Path, choose: Choose, item: Words | None = None
    ) -> Any:
        """One value of two; what only I changed is mine without a word."""
        theirs, mine, base = versions
        if theirs == mine or (is_blank(theirs) and is_blank(mine)) or digest(theirs) == base:
            return mine
        return self.joined(versions, path, choose, item)

    def joined(self, versions: Versions, path: Path, choose: Choose, item: Words | None) -> Any:
        """One value of two that differ, of which the other's is a change."""
        theirs, mine, _ = versions
        can_both = self.is_long and not is_blank(theirs) and not is_blank(mine)
        question = Question(
            path=path,
            field=self,
            fields=(self,),
            theirs={self.key: theirs},
            mine={self.key: mine},
            options=(THEIRS, MINE, BOTH) if can_both else (THEIRS, MINE),
            item=item,
            usual=_usual(versions, can_both=can_both),
        )
        chosen = choose(question)
        if chosen == BOTH and can_both:
            return f"{theirs}\n\n{mine}"
        return theirs if chosen == THEIRS else mine


def _usual(versions: Versions, *, can_both: bool) -> str:
    theirs, mine, base = versions
    if digest(mine) == base or is_blank(mine):
        return THEIRS
    if is_blank(theirs):
        return MINE
    return BOTH if can_both else MINE
