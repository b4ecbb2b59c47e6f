"""Words from people and files made fit for a mail: nothing that breaks a line or a page."""

import re

# Explicit direction characters can make the words around them read backwards.
_DIRECTIONS = dict.fromkeys(
    (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALF = re.compile("[\ud800-\udfff]")
"""Half a character: cannot be encoded, so the mail could not leave."""
_INSTEAD = "\ufffd"
_BREAKS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " ")
"""Control characters and what divides lines or paragraphs: general categories Cc, Zl, Zp."""
_ON_ONE_LINE = _DIRECTIONS | _BREAKS | dict.fromkeys(range(0xD800, 0xE000), _INSTEAD)


def one_line(words: str) -> str:
    """Words without line breaks, control characters and what turns the reading direction."""
    return " ".join(words.translate(_ON_ONE_LINE).split())


def lines(words: str) -> tuple[str, ...]:
    """Lines, each cleaned; blank ones are left out."""
    cleaned = (one_line(line) for line in words.splitlines())
    return tuple(line for line in cleaned if line)


def paragraphs(words: str) -> tuple[str, ...]:
    """Paragraphs, which blank lines divide; a plan file's own line breaks mean nothing."""
    cleaned = (one_line(part) for part in re.split(r"\n\s*\n", words.replace("\r\n", "\n")))
    return tuple(part for part in cleaned if part)


def typed(words: str) -> tuple[tuple[str, ...], ...]:
    """Paragraphs that somebody typed, which blank lines divide; each is its lines, cleaned."""
    parts = (lines(part) for part in re.split(r"\n\s*\n", words.replace("\r\n", "\n")))
    return tuple(part for part in parts if part)


def as_written(words: str) -> tuple[str, ...]:
    """The lines of somebody's answer, blank ones, spaces and direction marks included.

    Only what no mail can carry is missing: control characters and half characters.
    """
    kept = _HALF.sub(_INSTEAD, words.replace("\r\n", "\n"))
    return tuple(_CONTROL.sub("", line) for line in kept.split("\n"))
