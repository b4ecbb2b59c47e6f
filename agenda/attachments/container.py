"""Documents of Word, Excel and PowerPoint from before 2007: a container that names its parts.

It is searched, not walked: a directory that points at itself or at everything costs nothing,
and a part cannot be hidden from the search that Office would find.
"""

import re
import struct
from collections.abc import Iterator, Sequence
from typing import Final

from agenda.attachments.refusals import RefusedFile

DOCUMENTS: Final = ("WordDocument", "Workbook", "Book", "PowerPoint Document")
_ENTRY = 128
_STREAM = 2
_WORD = (0xA5EC, 0xA5DC)
_HAS_PASSWORD = 0x0100
_BOF, _EOF, _FILEPASS, _SHEET, _SOURCE = 0x0809, 0x000A, 0x002F, 0x0085, 0x01AE
_MACROS = b"\x01"
_NOT_A_PATH = (0x0401, 0x3A01)
"""The workbook's own sheets and functions of add-ins, told where a path's length would stand."""
_WORKBOOK = 256 * 1024
"""As much of a workbook as its list of sheets can lie in."""
_SLIDES_WITH_PASSWORD = b"\x14\0\0\0\xdf\xc4\xd1\xf3"
"""The size and the mark that begin what a presentation says of itself (MS-PPT 2.3.2)."""
_SLIDES_WITH_MACROS = re.compile(
    rb"\x1f\0\xff\x03.{4}\x02\0\0\x04\x0c\0\0\0.{4}\x01\0\0\0", re.DOTALL
)
"""That a presentation holds macros is a number in it, not a part (MS-PPT 2.4.10 and 2.4.11)."""


def check_container(name: str, content: bytes, parts: Sequence[str]) -> None:
    """Look into a container.

    Raises:
        RefusedFile: it is encrypted, has none of the parts, or holds what could run.
    """
    # A container's names are the same in upper and lower case.
    lowered = content.lower()
    if _holds(lowered, "EncryptedPackage"):
        raise RefusedFile("locked", name=name)
    if not any(_holds(lowered, part) for part in parts):
        raise RefusedFile("other", name=name)
    if _holds(lowered, "__nameid_version1.0"):
        # A saved mail, in which a document is attached.
        raise RefusedFile("mail", name=name)
    # Excel's first records say of the whole workbook what it is (MS-XLS 2.1.7.20.3).
    books = (_beginning(content, lowered, one, _WORKBOOK) for one in ("Workbook", "Book"))
    records = [record for book in books for record in _records(book)]
    if _has_password(content, lowered) or any(kind == _FILEPASS for kind, _ in records):
        raise RefusedFile("locked", name=name)
    has_macro_sheet = any(kind == _SHEET and said[5:6] == _MACROS for kind, said in records)
    if _holds(lowered, "_VBA_PROJECT") or _SLIDES_WITH_MACROS.search(content) or has_macro_sheet:
        raise RefusedFile("macros", name=name)
    if _holds(lowered, "Ole10Native"):
        raise RefusedFile("embedded", name=name)
    if any(kind == _SOURCE and _is_a_program(said) for kind, said in records):
        raise RefusedFile("asks", name=name)


def _has_password(content: bytes, lowered: bytes) -> bool:
    word = _beginning(content, lowered, "WordDocument", 12).ljust(12, b"\0")
    mark, flags = struct.unpack_from("<H8xH", word)
    return bool(mark in _WORD and flags & _HAS_PASSWORD) or _SLIDES_WITH_PASSWORD in content


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a workbook's first part: the kind of each, and what it says."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if (kind != _BOF) if at == 0 else (kind == _EOF):
            return
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _is_a_program(source: bytes) -> bool:
    """Whether a workbook's other source is a program that it asks (DDE), not a workbook.

    The program's name and what is asked of it stand on either side of a mark; the path of a
    workbook begins with one of its own (MS-XLS 2.4.271 and 2.5.277).
    """
    wide = bool(source[4:5] and source[4] & 1)
    path = source[5:].decode("utf-16-le" if wide else "latin-1", "replace")
    length = int.from_bytes(source[2:4], "little")
    return length not in _NOT_A_PATH and "\x03" in path[:length] and not path.startswith("\x01")


def _beginning(content: bytes, lowered: bytes, part: str, length: int) -> bytes:
    """How a part begins; empty when the container has no such part."""
    sought, at = _name(part), -1
    (shift,) = struct.unpack_from("<H", content.ljust(32, b"\0"), 30)
    sector = 1 << min(shift, 12)
    while (at := lowered.find(sought, at + 1)) >= 0:
        entry = content[at : at + _ENTRY]
        if at % _ENTRY or len(entry) < _ENTRY:
            continue
        if struct.unpack_from("<HB", entry, 64) == (len(sought), _STREAM):
            first = (struct.unpack_from("<I", entry, 116)[0] + 1) * sector
            return content[first : first + length]
    return b""


def _holds(lowered: bytes, part: str) -> bool:
    return _name(part) in lowered


def _name(part: str) -> bytes:
    # A name in a container ends with a NUL, which tells it from the same word in a text.
    return f"{part.lower()}\0".encode("utf-16-le")
