"""What a document of several parts holds: whether it is what it says, and nothing that runs.

A package (Word, Excel and PowerPoint since 2007, OpenDocument) is a zip, which names in a
table of contents what it would unpack to. A container (Word and Excel before that) names its
parts in UTF-16.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import Final

from agenda.attachments.kinds import Kind
from agenda.attachments.refusals import MEGABYTE, RefusedFile

LARGEST_UNPACKED: Final = 300 * MEGABYTE
MOST_ENTRIES: Final = 5000

_LARGEST_PART = MEGABYTE
_IS_ENCRYPTED = 0x1
_RUNS = re.compile(
    r"vbaproject|activex|(^|/)(basic|scripts)/|\.(docm|xlsm|pptm|dotm)$", re.IGNORECASE
)
# An Excel sheet inside a chart is an .xlsx and does no harm; a .bin can be any program.
_EMBEDDED = re.compile(
    r"(embeddings/.*\.(bin|exe|com|js|vbs|hta|msi|bat|cmd|lnk)|^Object \d+$)", re.IGNORECASE
)
# A template on the municipality's own disk is as common as it is harmless.
_FETCHED_TEMPLATE = re.compile(
    rb"""<Relationship\b(?=[^>]*/attachedTemplate["'])(?=[^>]*Target=["'](https?|ftp|mhtml):)""",
    re.IGNORECASE,
)


def check_package(name: str, content: bytes, kind: Kind) -> None:
    """Look into a package.

    Raises:
        RefusedFile: it is damaged or encrypted, is of another kind, unpacks to too much, or
            holds what could run.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_entries(name, package.infolist(), kind)
            _check_parts(name, package, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
        raise RefusedFile("broken", name=name) from None


def check_ole(name: str, content: bytes, parts: Sequence[str]) -> None:
    """Look into a container.

    Raises:
        RefusedFile: it is encrypted, has none of the parts, or holds what could run.
    """
    if _holds(content, "EncryptedPackage"):
        raise RefusedFile("locked", name=name)
    if not any(_holds(content, part) for part in parts):
        raise RefusedFile("other", name=name)
    if _holds(content, "_VBA_PROJECT"):
        raise RefusedFile("macros", name=name)
    if _holds(content, "Ole10Native"):
        raise RefusedFile("embedded", name=name)


def _check_entries(name: str, entries: Sequence[zipfile.ZipInfo], kind: Kind) -> None:
    names = [entry.filename for entry in entries]
    if not set(kind.parts) & set(names):
        raise RefusedFile("other", name=name)
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise RefusedFile("locked", name=name)
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > LARGEST_UNPACKED:
        raise RefusedFile("unpacks", name=name)
    if any(_RUNS.search(found) for found in names):
        raise RefusedFile("macros", name=name)
    if any(_EMBEDDED.search(found) for found in names):
        raise RefusedFile("embedded", name=name)


def _check_parts(name: str, package: zipfile.ZipFile, kind: Kind) -> None:
    if b"macroEnabled" in _part(package, "[Content_Types].xml"):
        raise RefusedFile("macros", name=name)
    if _FETCHED_TEMPLATE.search(_part(package, "word/_rels/settings.xml.rels")):
        raise RefusedFile("fetches", name=name)
    if "opendocument" in kind.media_type:
        if _part(package, "mimetype").strip() != kind.media_type.encode():
            raise RefusedFile("other", name=name)
        if b"encryption-data" in _part(package, "META-INF/manifest.xml"):
            raise RefusedFile("locked", name=name)


def _part(package: zipfile.ZipFile, path: str) -> bytes:
    """A small part's bytes; none when it is missing or is not small."""
    if path not in package.namelist() or package.getinfo(path).file_size > _LARGEST_PART:
        return b""
    return package.read(path)


def _holds(content: bytes, part: str) -> bool:
    # A name in a container ends with a NUL, which tells it from the same word in a text.
    return f"{part}\0".encode("utf-16-le") in content
