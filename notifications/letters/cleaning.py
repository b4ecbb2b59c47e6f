"""Words from people and files made fit for a mail: nothing that breaks a line or a page."""

import re
import unicodedata

# Explicit direction characters can make the words around them read backwards.
_DIRECTIONS = dict.fromkeys(
    (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALF = re.compile("[\ud800-\udfff]")
"""Half a character: cannot be encoded, so the mail could not leave."""
_INSTEAD = "\ufffd"


def one_line(words: str) -> str:
    """Words without line breaks, control characters and what turns the reading direction."""
    kept = words.translate(_DIRECTIONS)
    return " ".join("".join(map(_printable, kept)).split())


def lines(words: str) -> tuple[str, ...]:
    """Lines, each cleaned; blank ones are left out."""
    cleaned = (one_line(line) for line in words.splitlines())
    return tuple(line for line in cleaned if line)


def paragraphs(words: str) -> tuple[str, ...]:
    """Paragraphs, which blank lines divide; a plan file's own line breaks mean nothing."""
    cleaned = (one_line(part) for part in re.split(r"\n\s*\n", words.replace("\r\n", "\n")))
    return tuple(part for part in cleaned if part)


def as_written(words: str) -> tuple[str, ...]:
    """The lines of somebody's answer, blank ones, spaces and direction marks included.

    Only what no mail can carry is missing: control characters and half characters.
    """
    kept = _HALF.sub(_INSTEAD, words.replace("\r\n", "\n"))
    return tuple(_CONTROL.sub("", line) for line in kept.split("\n"))


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return _INSTEAD
    return " " if category in ("Cc", "Zl", "Zp") else character
