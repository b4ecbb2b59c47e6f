"""What a form's page is made of: fields, options, files and rows, ready to be printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


def id_of(name: str) -> str:
    """The id of a field on the page, by its posted name: what `#` in an address can name."""
    return f"falt-{name}"


class Attached(NamedTuple):
    """A file that is there already."""

    id: int
    name: str
    size: int
    """In bytes."""
    href: str = ""
    """Where it can be fetched; empty for nowhere."""

    @property
    def size_in_words(self) -> str:
        """Its size as people read it: 340 kB, 1,2 MB."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000))} kB"
        return f"{self.size / 1_000_000:.1f} MB".replace(".", ",")


class Label(NamedTuple):
    """A text on the page, and its language where that is not the page's."""

    text: str
    lang: str = ""


class ShownOption(NamedTuple):
    """One radio button, tick box or line of a list."""

    id: str
    value: str
    label: Label
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A field as its page shows it."""

    kind: str
    """Which macro prints it: text, area, radios, boxes, list, files, points, group or table."""
    name: str
    label: Label
    help: Label | None
    is_required: bool
    hints: tuple[str, ...] = ()
    fault: str = ""
    value: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    options: tuple[ShownOption, ...] = ()
    files: tuple[Attached, ...] = ()
    parts: tuple["Part", ...] = ()
    rows: tuple["Row", ...] = ()
    item: str = ""
    """What one row is called, within a sentence: ”fråga”."""
    can_add: bool = False
    can_remove: bool = False

    @property
    def id(self) -> str:
        """The id of what a link to the field leads to."""
        return id_of(self.name)

    @property
    def described_by(self) -> str:
        """The ids of the texts that explain the field."""
        said = {"hjalp": bool(self.help or self.hints), "fel": bool(self.fault)}
        return " ".join(f"{self.id}--{part}" for part, is_there in said.items() if is_there)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a group or a table."""

    number: int
    """From 0, as in a group's posted names."""
    key: str
    """What it is known by; empty before a group's row is saved."""
    title: Label
    parts: tuple[Part, ...]
