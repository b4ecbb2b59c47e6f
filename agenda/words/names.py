"""Names: a person's as somebody types it, told from advertising; files' that differ."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count

from agenda.words.texts import on_one_line

LONGEST_NAME = 80
MOST_WORDS = 8
_BESIDES_LETTERS = frozenset(" -‐‑–'’´.,()")
# ”x.com” and ”vinn.nu” are links in most mail programs; ”J. R. Ek” and ”J.R. Ek” are names.
_DOMAIN = re.compile(r"\.\w\w")


def name_in(typed: str) -> str:
    """A name on one line, without what cannot be seen and with single blanks."""
    # Of what is far too long to be one, the beginning is enough to say so.
    return unicodedata.normalize("NFC", on_one_line(typed[: 10 * LONGEST_NAME]))


def is_name(name: str) -> bool:
    """Whether a text can be what a person or an office is called.

    What a stranger gets in a mail from the region must not be what somebody else wants them to
    read: so letters and what names hold besides, no addresses, figures or sentences.
    """
    return (
        any(map(str.isalpha, name))
        and len(name) <= LONGEST_NAME
        and len(name.split()) <= MOST_WORDS
        and not _DOMAIN.search(name)
        and all(sign in _BESIDES_LETTERS or _is_letter(sign) for sign in name)
    )


def numbered(name: str, number: int) -> str:
    """A file's name with a number before its ending: ”Bilaga (2).pdf”."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem} ({number}){dot}{ending}" if dot and stem else f"{name} ({number})"


def distinct(names: Iterable[str]) -> Iterator[str]:
    """Names of files that can lie in one folder: one that is taken gets a number.

    Windows and macOS hold Bilaga.pdf and bilaga.PDF for the same file.
    """
    taken = set[str]()
    for name in names:
        tried = (name if number == 1 else numbered(name, number) for number in count(1))
        found = next(one for one in tried if one.casefold() not in taken)
        taken.add(found.casefold())
        yield found


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"
