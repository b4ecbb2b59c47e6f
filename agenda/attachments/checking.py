"""A file that somebody attaches: its name made safe, its size and its kind looked at."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath, PureWindowsPath
from typing import Final

from agenda.attachments.container import check_container
from agenda.attachments.kinds import KINDS, OLE, OTHERS, PDF, ZIP, FileKind
from agenda.attachments.package import check_package
from agenda.attachments.pdf import check_pdf, is_pdf
from agenda.attachments.refusals import MEGABYTE, RefusedFile

LARGEST_FILE: Final = 20 * MEGABYTE
LARGEST_TOGETHER: Final = 60 * MEGABYTE
MOST_FILES: Final = 20
LARGEST_KEPT: Final = 10 * LARGEST_TOGETHER
"""Of one reply, with its earlier versions and what was taken off the draft (ASVS 5.2.4)."""
LARGEST_OF_ALL: Final = 20 * 1024 * MEGABYTE
"""Of all files there are: more than 290 full replies."""

# Also the marks that turn the reading direction: with one, a name ending in "fdp.exe" can
# be made to look as if it ended in "exe.pdf".
_NOT_IN_NAMES = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*'
    r"\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+"
)
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])( *\..*)?", re.IGNORECASE)
"""Names that no file on Windows can have, whatever their ending."""


_HALF = 500
_LONGEST_GIVEN = 2 * _HALF


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its safe name and what it is."""

    name: str
    media_type: str
    size: int
    sha256: str
    """The content's SHA-256, in hexadecimal."""


def checked_file(name: str, content: bytes) -> CheckedFile:
    """A file that somebody attaches, if it may be kept (ASVS 5.2.1 to 5.2.3).

    It takes as long as the file is large, and asks nothing of a database: to be called before
    a transaction begins, never inside it.

    Args:
        name: The name it came with.
        content: What it holds.

    Raises:
        RefusedFile: what is wrong with it and what to do instead.
    """
    name = safe_name(name)
    if not content:
        raise RefusedFile("empty", name=name)
    if len(content) > LARGEST_FILE:
        raise RefusedFile("large", name=name, most=LARGEST_FILE // MEGABYTE)
    ending = PurePath(name).suffix.lower()
    kind = KINDS.get(ending)
    if kind is None:
        raise RefusedFile(OTHERS.get(ending, "kind"), name=name)
    _check_content(name, content, kind)
    digest = hashlib.sha256(content).hexdigest()
    return CheckedFile(name, kind.media_type, len(content), digest)


def check_room(file: CheckedFile, present: Sequence[tuple[str, int]]) -> None:
    """Whether a file has room beside the others; their names and sizes.

    Raises:
        RefusedFile: there are too many, or they are too much together.
    """
    if len(present) >= MOST_FILES:
        raise RefusedFile("many", name=file.name, most=MOST_FILES)
    if sum(size for _, size in present) + file.size > LARGEST_TOGETHER:
        raise RefusedFile("together", name=file.name, most=LARGEST_TOGETHER // MEGABYTE)


def _check_content(name: str, content: bytes, kind: FileKind) -> None:
    if ZIP in kind.starts_with and content.startswith(OLE):
        # What Word and Excel make of a document with a password is a container of this kind.
        check_container(name, content, ())
    is_so = is_pdf(content) if PDF in kind.starts_with else content.startswith(kind.starts_with)
    if not is_so:
        raise RefusedFile("other", name=name)
    if PDF in kind.starts_with:
        check_pdf(name, content)
    elif ZIP in kind.starts_with:
        check_package(name, content, kind)
    elif OLE in kind.starts_with:
        check_container(name, content, kind.parts)


def safe_name(name: str) -> str:
    """A file name without folders and characters that a file system or a header minds."""
    # Only its ends matter, and a long run of accents costs its length squared to put in order.
    short = name if len(name) <= _LONGEST_GIVEN else name[:_HALF] + name[-_HALF:]
    last = PureWindowsPath(PurePath(short).name).name
    plain = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", last)).strip(" .")
    plain = f"_{plain}" if _DEVICES.fullmatch(plain) else plain
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:120]}{dot}{ending[:10]}" if dot and stem else plain[:120] or "fil"
