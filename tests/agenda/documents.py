"""Small documents of every kind that is accepted, to be made dangerous in one way at a time."""

import io
import struct
import zipfile
from collections.abc import Mapping

from pypdf import PdfWriter

from agenda.attachments import KINDS
from agenda.attachments.kinds import OLE, ZIP

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = {
    ".docx": ("word/document.xml", "wordprocessingml.document"),
    ".xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    ".pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}
Parts = Mapping[str, str | bytes]


def zipped(parts: Parts, *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return made.getvalue()


def office(ending: str = ".docx", parts: Parts | None = None, *, types: str = "") -> bytes:
    """A document of Word, Excel or PowerPoint, with further parts and types of parts."""
    return zipped(office_parts(ending, types=types) | dict(parts or {}))


def office_parts(
    ending: str = ".docx", *, main: str = "", types: str = ""
) -> dict[str, str | bytes]:
    """The parts without which it is no such document."""
    usual, media = MAIN[ending]
    main = main or usual
    media_type = f"application/vnd.openxmlformats-officedocument.{media}.main+xml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{media_type}"/>{types}</Types>',
        "_rels/.rels": relations(("officeDocument", main, "")),
        main: "<document/>",
    }


def relations(*given: tuple[str, str, str]) -> str:
    """A part of relations: of each its type, its target, and its mode or nothing."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{RELATION}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for number, (kind, target, mode) in enumerate(given)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def open_document(ending: str = ".odt", parts: Parts | None = None) -> bytes:
    """A document of LibreOffice."""
    own: Parts = {"mimetype": KINDS[ending].media_type, "content.xml": "<content/>"}
    return zipped(dict(own) | dict(parts or {}))


def container(*names: str, streams: Mapping[str, bytes] | None = None) -> bytes:
    """What Word and Excel made before 2007: empty parts with names, and parts that hold bytes."""
    held = dict.fromkeys(names, b"") | dict(streams or {})
    entries, sectors = [_entry("Root Entry", 5, 0)], []
    count = (len(held) + 1 + 3) // 4
    for name, content in held.items():
        entries.append(_entry(name, 2, 1 + count + len(sectors)))
        sectors.append(content[:512].ljust(512, b"\0"))
    header = OLE + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    directory = b"".join(entries).ljust(512 * count, b"\0")
    return header.ljust(512, b"\xff") + b"\xff" * 512 + directory + b"".join(sectors)


def _entry(name: str, kind: int, start: int) -> bytes:
    named = f"{name}\0".encode("utf-16-le")
    head = named.ljust(64, b"\0") + struct.pack("<HBB", len(named), kind, 1)
    return head.ljust(116, b"\xff") + struct.pack("<IQ", start, 4096)


def word(*, flags: int = 0) -> bytes:
    """An old Word document, with the flags of its beginning."""
    return container(streams={"WordDocument": struct.pack("<HHHHHH", 0xA5EC, 193, 0, 0, 0, flags)})


def excel(*records: tuple[int, bytes]) -> bytes:
    """An old Excel workbook that begins with these records."""
    first = (0x0809, b"\0\x06\x05\0" + b"\0" * 12)
    book = b"".join(struct.pack("<HH", k, len(held)) + held for k, held in (first, *records))
    return container(streams={"Workbook": book})


def source(path: str, *, is_wide: bool = False) -> bytes:
    """What an old workbook says of another source of its values (a SUPBOOK record's body)."""
    said = path.encode("utf-16-le" if is_wide else "latin-1")
    return struct.pack("<HHB", 1, len(path), int(is_wide)) + said


def pdf(*, password: str | None = None, owner: str = "", algorithm: str = "AES-256") -> bytes:
    """A PDF of one empty page; locked, if a password is given, be it an empty one."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if password is not None:
        writer.encrypt(password, owner or "ägaren", algorithm=algorithm)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def of_kind(ending: str) -> bytes:
    """A document of the kind that a name's ending says."""
    kind = KINDS[ending]
    if ending in MAIN:
        return office(ending)
    if ZIP in kind.starts_with:
        return open_document(ending)
    if OLE in kind.starts_with:
        return container(kind.parts[-1])
    return pdf() if ending == ".pdf" else kind.starts_with[-1] + b"more"
