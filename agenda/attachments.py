"""Files from outside: what kind they really are, how large they may be, what is refused.

Judged by their content, not by their name alone. Nothing is unpacked beyond a table of
contents, executed, or rendered.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath, PureWindowsPath

from agenda.errors import BadInput

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_TOGETHER = 60 * MEGABYTE
MOST_FILES = 20
LARGEST_UNPACKED = 300 * MEGABYTE
MOST_ENTRIES = 5000

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is accepted."""

    media_type: str
    starts_with: tuple[bytes, ...]
    member: str | None = None
    """What a Word, Excel or OpenDocument file must hold inside."""


KINDS = {
    ".pdf": Kind("application/pdf", (b"%PDF-",)),
    ".docx": Kind(f"{_OFFICE}.wordprocessingml.document", (_ZIP,), "word/document.xml"),
    ".xlsx": Kind(f"{_OFFICE}.spreadsheetml.sheet", (_ZIP,), "xl/workbook.xml"),
    ".pptx": Kind(f"{_OFFICE}.presentationml.presentation", (_ZIP,), "ppt/presentation.xml"),
    ".odt": Kind("application/vnd.oasis.opendocument.text", (_ZIP,), "content.xml"),
    ".ods": Kind("application/vnd.oasis.opendocument.spreadsheet", (_ZIP,), "content.xml"),
    ".doc": Kind("application/msword", (_OLE,)),
    ".xls": Kind("application/vnd.ms-excel", (_OLE,)),
    ".png": Kind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    ".gif": Kind("image/gif", (b"GIF87a", b"GIF89a")),
}
ACCEPTED = "Word, Excel, PowerPoint, OpenDocument, PDF och bilder (PNG, JPEG, GIF)"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its safe name and what it is."""

    name: str
    media_type: str


def checked_file(
    name: str, content: bytes, *, present: Sequence[tuple[str, int]] = ()
) -> CheckedFile:
    """A file that somebody attaches, if it may be kept.

    Args:
        name: The name it came with.
        content: What it holds.
        present: The names and sizes of the files that are there already.

    Raises:
        BadInput: what is wrong with it and what to do instead.
    """
    name = safe_name(name)
    if not content:
        raise BadInput(f"{name} är tom.")
    if len(content) > LARGEST_FILE:
        raise BadInput(f"{name} är större än {LARGEST_FILE // MEGABYTE} MB. Dela upp den.")
    if len(present) >= MOST_FILES:
        raise BadInput(f"Det går att bifoga högst {MOST_FILES} filer.")
    if sum(size for _, size in present) + len(content) > LARGEST_TOGETHER:
        raise BadInput(f"Filerna får tillsammans vara högst {LARGEST_TOGETHER // MEGABYTE} MB.")
    kind = KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise BadInput(f"{name} har en filtyp som inte tas emot. Bifoga {ACCEPTED}.")
    if not content.startswith(kind.starts_with):
        raise BadInput(
            f"{name} är inte den typ av fil som namnet säger. Spara om den och försök igen."
        )
    if kind.member is not None:
        _check_package(name, content, kind.member)
    return CheckedFile(name, kind.media_type)


def safe_name(name: str) -> str:
    """A file name without folders and characters that a file system or a header minds."""
    last = PureWindowsPath(PurePath(name).name).name
    plain = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", last)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:120]}{dot}{ending[:10]}" if dot and stem else plain[:120] or "fil"


def _check_package(name: str, content: bytes, member: str) -> None:
    """A look at a zip's table of contents: it names what it would unpack to."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise BadInput(f"{name} är skadad. Spara om den och försök igen.") from None
    names = [entry.filename for entry in entries]
    if member not in names:
        raise BadInput(f"{name} är inte den typ av fil som namnet säger. Spara om den.")
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > LARGEST_UNPACKED:
        raise BadInput(f"{name} packar upp till för mycket. Spara en mindre version.")
    if any(part in found.lower() for found in names for part in ("vbaproject", "activex")):
        raise BadInput(f"{name} innehåller makron. Spara den utan makron och försök igen.")
