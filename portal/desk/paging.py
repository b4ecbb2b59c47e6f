"""A long list in pages, by what stands in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

SHOWN = 100
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list."""

    items: Sequence[Item]
    number: int
    """From 1."""
    of: int
    """How many pages there are."""
    total: int
    """How many items there are in all."""


def page_of(items: Sequence[Item], wanted: str, *, shown: int = SHOWN) -> Page[Item]:
    """The page that is asked for; the nearest there is, for any other number or none."""
    of = max(1, -(-len(items) // shown))
    number = min(max(int(wanted), 1), of) if wanted.isascii() and wanted.isdigit() else 1
    return Page(items[(number - 1) * shown : number * shown], number, of, len(items))
