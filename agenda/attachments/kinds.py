"""The kinds of file that are accepted, and those that people often try instead."""

from dataclasses import dataclass
from typing import Final

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is accepted."""

    media_type: str
    starts_with: tuple[bytes, ...]
    parts: tuple[str, ...] = ()
    """What a document of several parts must hold, one of them at least."""


KINDS: Final = {
    ".pdf": Kind("application/pdf", (b"%PDF-",)),
    ".docx": Kind(f"{_OFFICE}.wordprocessingml.document", (ZIP,), ("word/document.xml",)),
    ".xlsx": Kind(f"{_OFFICE}.spreadsheetml.sheet", (ZIP,), ("xl/workbook.xml",)),
    ".pptx": Kind(f"{_OFFICE}.presentationml.presentation", (ZIP,), ("ppt/presentation.xml",)),
    ".odt": Kind(f"{_OPEN}.text", (ZIP,), ("content.xml",)),
    ".ods": Kind(f"{_OPEN}.spreadsheet", (ZIP,), ("content.xml",)),
    ".odp": Kind(f"{_OPEN}.presentation", (ZIP,), ("content.xml",)),
    ".doc": Kind("application/msword", (OLE,), ("WordDocument",)),
    ".xls": Kind("application/vnd.ms-excel", (OLE,), ("Workbook", "Book")),
    ".ppt": Kind("application/vnd.ms-powerpoint", (OLE,), ("PowerPoint Document",)),
    ".png": Kind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    ".gif": Kind("image/gif", (b"GIF87a", b"GIF89a")),
}
"""By the name's ending."""

ACCEPTED: Final = {
    "sv": "Word, Excel, PowerPoint, OpenDocument, PDF och bilder (PNG, JPEG, GIF)",
    "en": "Word, Excel, PowerPoint, OpenDocument, PDF and pictures (PNG, JPEG, GIF)",
}

OTHERS: Final = {
    **dict.fromkeys((".heic", ".heif"), "heic"),
    **dict.fromkeys((".msg", ".eml"), "mail"),
    **dict.fromkeys((".zip", ".7z", ".rar"), "packed"),
    **dict.fromkeys((".docm", ".xlsm", ".pptm", ".dotm", ".xltm"), "macros"),
    **dict.fromkeys((".pages", ".numbers", ".key"), "apple"),
}
"""Endings that somebody can be told what to do about: which refusal says it."""
