"""A file that somebody attaches: its name made safe, its size and its kind looked at."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath, PureWindowsPath
from typing import Final

from agenda.attachments.contents import check_ole, check_package
from agenda.attachments.kinds import KINDS, OLE, OTHERS, ZIP
from agenda.attachments.refusals import MEGABYTE, RefusedFile

LARGEST_FILE: Final = 20 * MEGABYTE
LARGEST_TOGETHER: Final = 60 * MEGABYTE
MOST_FILES: Final = 20
LARGEST_KEPT: Final = 10 * LARGEST_TOGETHER
"""Of one reply, with its earlier versions and what was taken off the draft (ASVS 5.2.4)."""
LARGEST_OF_ALL: Final = 20 * 1024 * MEGABYTE
"""Of every reply there is: more than 290 full ones."""

# Also the marks that turn the reading direction: with one, a name ending in "fdp.exe" can
# be made to look as if it ended in "exe.pdf".
_NOT_IN_NAMES = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*'
    r"\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+"
)
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])( *\..*)?", re.IGNORECASE)
"""Names that no file on Windows can have, whatever their ending."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its safe name and what it is."""

    name: str
    media_type: str


def checked_file(
    name: str, content: bytes, *, present: Sequence[tuple[str, int]] = ()
) -> CheckedFile:
    """A file that somebody attaches, if it may be kept (ASVS 5.2.1 to 5.2.3).

    Args:
        name: The name it came with.
        content: What it holds.
        present: The names and sizes of the files that are there already.

    Raises:
        RefusedFile: what is wrong with it and what to do instead.
    """
    name = safe_name(name)
    _check_size(name, len(content), [size for _, size in present])
    ending = PurePath(name).suffix.lower()
    kind = KINDS.get(ending)
    if kind is None:
        raise RefusedFile(OTHERS.get(ending, "kind"), name=name)
    if ZIP in kind.starts_with and content.startswith(OLE):
        # What Word and Excel make of a document with a password is a container of this kind.
        check_ole(name, content, ())
    if not content.startswith(kind.starts_with):
        raise RefusedFile("other", name=name)
    if ZIP in kind.starts_with:
        check_package(name, content, kind)
    elif OLE in kind.starts_with:
        check_ole(name, content, kind.parts)
    return CheckedFile(name, kind.media_type)


def safe_name(name: str) -> str:
    """A file name without folders and characters that a file system or a header minds."""
    last = PureWindowsPath(PurePath(name).name).name
    plain = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", last)).strip(" .")
    plain = f"_{plain}" if _DEVICES.fullmatch(plain) else plain
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:120]}{dot}{ending[:10]}" if dot and stem else plain[:120] or "fil"


def _check_size(name: str, size: int, others: Sequence[int]) -> None:
    if not size:
        raise RefusedFile("empty", name=name)
    if size > LARGEST_FILE:
        raise RefusedFile("large", name=name, most=LARGEST_FILE // MEGABYTE)
    if len(others) >= MOST_FILES:
        raise RefusedFile("many", name=name, most=MOST_FILES)
    if sum(others) + size > LARGEST_TOGETHER:
        raise RefusedFile("together", name=name, most=LARGEST_TOGETHER // MEGABYTE)
