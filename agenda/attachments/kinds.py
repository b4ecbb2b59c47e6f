"""The kinds of file that are accepted, and those that people often try instead."""

from dataclasses import dataclass
from typing import Final

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF: Final = b"%PDF-"
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_GIF = (b"GIF87a", b"GIF89a")
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

PROGRAMS: Final = (
    *(b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf"),
    *(b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"#!", b"L\0\0\0\x01\x14\x02\0", b"ITSF"),
    *(b"MSCF", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"),
)
"""How programs, shortcuts and archives begin, whatever their name."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is accepted."""

    media_type: str
    starts_with: tuple[bytes, ...]
    parts: tuple[str, ...] = ()
    """What a document of several parts must hold, one of them at least."""

    @property
    def is_office(self) -> bool:
        """Whether it is a package of Word, Excel or PowerPoint, which itself says where it is."""
        return self.media_type.startswith(_OFFICE)

    @property
    def family(self) -> str:
        """How the main part's type begins: the one program that opens the document."""
        return self.media_type.rpartition(".")[0] + "."


KINDS: Final = {
    ".pdf": FileKind("application/pdf", (PDF,)),
    ".docx": FileKind(f"{_OFFICE}.wordprocessingml.document", (ZIP,)),
    ".xlsx": FileKind(f"{_OFFICE}.spreadsheetml.sheet", (ZIP,)),
    ".pptx": FileKind(f"{_OFFICE}.presentationml.presentation", (ZIP,)),
    ".odt": FileKind(f"{_OPEN}.text", (ZIP,), ("content.xml",)),
    ".ods": FileKind(f"{_OPEN}.spreadsheet", (ZIP,), ("content.xml",)),
    ".odp": FileKind(f"{_OPEN}.presentation", (ZIP,), ("content.xml",)),
    ".doc": FileKind("application/msword", (OLE,), ("WordDocument",)),
    ".xls": FileKind("application/vnd.ms-excel", (OLE,), ("Workbook", "Book")),
    ".ppt": FileKind("application/vnd.ms-powerpoint", (OLE,), ("PowerPoint Document",)),
    ".png": FileKind("image/png", (_PNG,)),
    ".jpg": FileKind("image/jpeg", (_JPEG,)),
    ".jpeg": FileKind("image/jpeg", (_JPEG,)),
    ".jfif": FileKind("image/jpeg", (_JPEG,)),
    ".gif": FileKind("image/gif", _GIF),
}
"""By the name's ending."""

ACCEPT: Final = ",".join((*KINDS, "application/pdf", "image/jpeg", "image/png", "image/gif"))
"""What a page's file chooser offers. A phone whose pictures are HEIC makes a JPEG of one when
it finds JPEG here, and neither HEIC nor "any picture"."""

OTHERS: Final = {
    **dict.fromkeys((".heic", ".heif"), "heic"),
    **dict.fromkeys((".msg", ".eml"), "mail"),
    **dict.fromkeys((".zip", ".7z", ".rar"), "packed"),
    **dict.fromkeys((".docm", ".xlsm", ".pptm", ".dotm", ".xltm"), "macros"),
    **dict.fromkeys((".pages", ".numbers", ".key"), "apple"),
}
"""Endings that somebody can be told what to do about: which refusal says it."""

NOT_BEFORE_A_PDF: Final = (ZIP, OLE, _PNG, _JPEG, *_GIF, *PROGRAMS, b"<")
"""A PDF may begin a little into the file, but not inside what is something else."""
