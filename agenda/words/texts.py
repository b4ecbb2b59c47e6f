"""Text that a file may hold, by kind: keys, single lines, running text; what is wrong with it."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from agenda.words.sentences import SENTENCES

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Control characters, and the marks that turn the direction of the text around them: in a
# subject or a name the first break a mail's head, the second make one name look like another.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

# What takes up no ink: blanks and controls, marks of direction, joiners and soft hyphens, and the
# letters that Unicode keeps blank on purpose (Default_Ignorable_Code_Point; braille's empty cell).
_NO_INK = (
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202f\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff"
    r"\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff]"
)
_INVISIBLE = re.compile(f"{_NO_INK}+")
_INVISIBLE_BUT_BLANKS = re.compile(rf"(?:(?=\S){_NO_INK})+")


def visible(text: str) -> str:
    """What of a text can be seen, blanks not counted; empty for one that says nothing."""
    return _INVISIBLE.sub("", text)


def on_one_line(text: str) -> str:
    """A short text as a person reads it: what cannot be seen gone, all blanks one."""
    return " ".join(_INVISIBLE_BUT_BLANKS.sub("", text).split())


def as_read(text: str) -> str:
    """What two spellings of the same words share: case, blanks and composed letters are one."""
    folded = unicodedata.normalize("NFC", on_one_line(text)).casefold()
    return unicodedata.normalize("NFC", folded)


def _key(value: str) -> str:
    if not _KEY.fullmatch(value):
        raise ValueError(SENTENCES("key"))
    return value


def _without_control(value: str) -> str:
    if _CONTROL.search(value.replace("\n", "")):
        raise ValueError(SENTENCES("control"))
    return value


def _on_one_line(value: str) -> str:
    if not visible(value):
        raise ValueError(SENTENCES("says_nothing"))
    if "\n" in value:
        raise ValueError(SENTENCES("line_break"))
    return _without_control(value)


Key = Annotated[str, StringConstraints(max_length=60), AfterValidator(_key)]
"""What a file and a command line call something by."""
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_on_one_line),
]
"""Text that ends up in a subject, a heading or an address: one line, no control characters."""
LongLine = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=1000),
    AfterValidator(_on_one_line),
]
"""Text in one piece that is shown as it stands: a question, an explanation."""
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=20_000),
    AfterValidator(_without_control),
]
"""Running text: line feeds, but no other control characters."""


class Frozen(BaseModel):
    """A value that never changes and takes no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid")
