"""Whether a PDF opens without a password: asked of a library, about that alone.

The library reads a PDF of some hundred bytes that is made of the part which says how the file
is locked. It never sees the file itself, so no file can cost more than a search of it.
"""

import io
import re
from typing import Final

from agenda.attachments.kinds import NOT_BEFORE_A_PDF, PDF
from agenda.attachments.refusals import RefusedFile

HEADER_WITHIN: Final = 1024
_LARGEST_DICTIONARY = 4096
_BEFORE = 1024
_BLANK = rb"[\0\t\n\f\r ]"
_LOCK = re.compile(
    rb"/Encrypt"
    + _BLANK
    + rb"{0,9}(?:([0-9]{1,9})"
    + _BLANK
    + rb"{1,9}[0-9]{1,5}"
    + _BLANK
    + rb"{1,9}R|<<)"
)
_STARTXREF = re.compile(rb"startxref" + _BLANK + rb"{1,9}([0-9]{1,12})")
_OBJECT_AFTER_ITS_NUMBER = _BLANK + rb"{1,9}[0-9]{1,5}" + _BLANK + rb"{1,9}obj"
_OBJECT = re.compile(_BLANK + rb"{0,9}[0-9]{1,9}" + _OBJECT_AFTER_ITS_NUMBER)
_ID = re.compile(rb"/ID" + _BLANK + rb"{0,9}\[" + _BLANK + rb"{0,9}(?:(<[0-9A-Fa-f\s]{0,200}>)|\()")


def is_pdf(content: bytes) -> bool:
    """Whether it begins as a PDF does: within 1,024 bytes, and not inside something else."""
    head = content[:HEADER_WITHIN]
    return PDF in head and not head.lstrip().startswith(NOT_BEFORE_A_PDF)


def check_pdf(name: str, content: bytes) -> None:
    """Look at a PDF's lock; one that only limits what may be done with it is no hindrance.

    Raises:
        RefusedFile: it does not open without a password.
    """
    trailer = _trailer(content)
    if (found := _LOCK.search(trailer)) and not _opens(content, trailer, found):
        raise RefusedFile("locked", name=name)


def _trailer(content: bytes) -> bytes:
    """The newest dictionary about the whole file, or where one would be; never more."""
    for found in reversed(list(_STARTXREF.finditer(content, max(0, len(content) - 2048)))):
        # Counted from the header, where something stands before that.
        for at in {int(found[1]), int(found[1]) + content.index(PDF)}:
            if content.startswith(b"xref", at):
                return _from(content, content.find(b"trailer", at))
            if _OBJECT.match(content, at):
                return _from(content, at)
    at = content.rfind(b"trailer")
    return _from(content, at if at >= 0 else max(content.rfind(b"/Encrypt") - _BEFORE, 0))


def _from(content: bytes, at: int) -> bytes:
    return content[at : at + _LARGEST_DICTIONARY].partition(b"stream")[0] if at >= 0 else b""


def _opens(content: bytes, trailer: bytes, lock: re.Match[bytes]) -> bool:
    """Whether no password opens it; what the library cannot tell is no reason to refuse."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    small = _small_pdf(_lock(content, trailer, lock), _identity(trailer))
    try:
        reader = PdfReader(io.BytesIO(small))
        return not reader.is_encrypted or bool(reader.decrypt(""))
    except NotImplementedError:
        # A lock of another make: it asks for a certificate, or for a server's leave.
        return False
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, RecursionError):
        return True
    except (TypeError, ValueError, OSError):
        return True


def _lock(content: bytes, trailer: bytes, found: re.Match[bytes]) -> bytes:
    """The dictionary that says how the file is locked, which itself is in the clear."""
    if found[1] is None:
        return trailer[found.end() - 2 :]
    named = re.compile(rb"(?<![0-9])%d" % int(found[1]) + _OBJECT_AFTER_ITS_NUMBER)
    ends = [found.end() for found in named.finditer(content)]
    return (
        content[ends[-1] : ends[-1] + _LARGEST_DICTIONARY].partition(b"endobj")[0] if ends else b""
    )


def _identity(trailer: bytes) -> bytes:
    """The file's identity, which is part of its key: the first of the two strings."""
    found = _ID.search(trailer)
    if found is None:
        return b"()"
    if found[1] is not None:
        return found[1]
    start = at = found.end() - 1
    depth = 0
    while at < len(trailer):
        sign = trailer[at : at + 1]
        depth += (sign == b"(") - (sign == b")")
        if depth == 0:
            return trailer[start : at + 1]
        at += 1 + (sign == b"\\")
    return b"()"


def _small_pdf(lock: bytes, identity: bytes) -> bytes:
    """A PDF without a page that is locked in the same way."""
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", lock)
    made = bytearray(b"%PDF-1.7\n")
    rows = b"0000000000 65535 f \n"
    for number, content in enumerate(objects, start=1):
        rows += b"%010d 00000 n \n" % len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 4\n%strailer\n<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[%s%s]>>\n" % (
        rows,
        identity,
        identity,
    )
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % start)
