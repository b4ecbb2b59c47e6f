"""Two versions of an answer: what was taken out of each text, and what was put in. Pure."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from agenda.forms.field import ReplyRow

_WORDS = re.compile(r"\s+|[^\s]+")


class Piece(NamedTuple):
    """Some words of a text."""

    text: str
    what: str
    """"same", "out" or "in"."""


class ComparedRow(NamedTuple):
    """One thing that was filled in, in both versions."""

    label: str
    level: int
    pieces: tuple[Piece, ...]
    is_changed: bool


def compared(before: Sequence[ReplyRow], after: Sequence[ReplyRow]) -> list[ComparedRow]:
    """The rows of two versions, in their order; a row of one alone is wholly out or in."""
    former, newer = ([(row.label, row.level) for row in rows] for rows in (before, after))
    found: list[ComparedRow] = []
    steps = SequenceMatcher(a=former, b=newer, autojunk=False).get_opcodes()
    for what, a, b, c, d in steps:
        if what == "equal":
            pairs = zip(before[a:b], after[c:d], strict=True)
            found += (_row(new, tuple(_pieces(old.text, new.text))) for old, new in pairs)
        else:
            found += (_row(row, (Piece(row.text, "out"),)) for row in before[a:b])
            found += (_row(row, (Piece(row.text, "in"),)) for row in after[c:d])
    return found


def _row(row: ReplyRow, pieces: tuple[Piece, ...]) -> ComparedRow:
    is_changed = any(piece.what != "same" for piece in pieces)
    return ComparedRow(row.label, row.level, pieces, is_changed)


def _pieces(before: str, after: str) -> Iterator[Piece]:
    """By words: what a person changed, not which letters two words share."""
    a, b = _WORDS.findall(before), _WORDS.findall(after)
    for what, i, j, k, m in SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("".join(a[i:j]), "same")
            continue
        if i < j:
            yield Piece("".join(a[i:j]), "out")
        if k < m:
            yield Piece("".join(b[k:m]), "in")
