"""What could run or fetch is refused however it is written, and what cannot is taken."""

import io
import struct
import zipfile

import pytest

from agenda.attachments import KINDS, checked_file
from agenda.attachments.addresses import leads_away
from agenda.attachments.package import (
    LARGEST_EXAMINED,
    LARGEST_UNPACKED,
    MOST_ELEMENTS,
    MOST_ENTRIES,
)
from tests.agenda.documents import (
    MAIN,
    RELATION,
    container,
    excel,
    office,
    office_parts,
    open_document,
    pdf,
    relations,
    source,
    word,
    zipped,
)
from tests.agenda.test_attachments import refusal

AWAY = (
    *("https://evil.example/m.dotm", "HTTP://evil.example/m.dotm", "ftp://evil.example/m"),
    *(" https://evil.example/m", "&#9;https://evil.example/m", "&#x68;ttps://evil.example/m"),
    *("ht&#10;tps://evil.example/m", "mhtml:https://evil.example/m", "file://evil.example/m.dotm"),
    *("file:////evil.example/m", "file:///\\\\evil.example\\m", "\\\\evil.example\\m"),
    *("//evil.example/m", "FILE:\\\\evil.example\\m", "file:///%5C%5Cevil.example%5Cm"),
    *("file://localhost//evil.example/m", "\\/evil.example/m", "ms-word:ofe|u|https://evil/m"),
    "&#x200B;https://evil.example/m",
)
AT_HOME = (
    *("file:///C:\\Users\\anna\\Mallar\\Tj%C3%A4nsteskrivelse.dotx", "C:\\Mallar\\m.dotx"),
    *("file:///Users/anna/Library/m.dotm", "file://localhost/Users/anna/m.dotm", "Normal.dotm"),
    *("../Mallar/m.dotx", "/home/anna/m.ott", "file:///Macintosh%20HD:Users:anna:m.dotm", "NULL"),
)
SETTINGS = "word/_rels/settings.xml.rels"


def with_relations(part: str | bytes, path: str = SETTINGS) -> bytes:
    return office(".docx", {path: part})


@pytest.mark.parametrize("target", AWAY)
def test_a_template_or_an_object_from_elsewhere_is_refused(target: str) -> None:
    template = with_relations(relations(("attachedTemplate", target, "External")))
    assert "hämtar sin mall från en adress på nätet" in refusal("a.docx", template)
    for kind in ("oleObject", "frame", "subDocument", "aFChunk", "mailMergeSource"):
        linked = with_relations(relations((kind, target, "External")), "word/_rels/document.rels")
        assert "hämtar innehåll från en adress på nätet" in refusal("a.docx", linked)


@pytest.mark.parametrize("target", AT_HOME)
def test_a_template_on_the_own_disk_is_no_hindrance(target: str) -> None:
    content = with_relations(relations(("attachedTemplate", target, "External")))
    assert checked_file("a.docx", content).name == "a.docx"
    assert not leads_away(target)


@pytest.mark.parametrize("kind", ["hyperlink", "image", "externalLinkPath", "externalLinkLongPath"])
def test_links_pictures_and_other_workbooks_may_be_elsewhere(kind: str) -> None:
    away = relations((kind, "https://www.bracke.example/", "External"))
    assert checked_file("a.xlsx", office(".xlsx", {"xl/_rels/workbook.xml.rels": away}))


def spelt() -> dict[str, tuple[str, str | bytes]]:
    """One and the same relation to a template, in every spelling that a reader understands."""
    plain = relations(("attachedTemplate", "https://evil.example/m", "External"))
    prefixed = (
        plain.replace("<Relationship ", "<r:Relationship ")
        .replace("Relationships", "r:Relationships")
        .replace("xmlns=", "xmlns:r=")
    )
    filled = plain.replace("<Relationship ", f"<!--{'x' * 2_000_000}--><Relationship ")
    entity = plain.replace("https", "&#104;ttp&#x73;").replace('"', "'")
    double = plain.replace("Target=", 'x:Target="ok.xml" Target=').replace(
        "<Relationships ", '<Relationships xmlns:x="x" '
    )
    declared = '<?xml version="1.0" encoding="{}"?>'
    return {
        "plainly": (SETTINGS, plain),
        "with a prefix": (SETTINGS, prefixed),
        "behind two megabytes": (SETTINGS, filled),
        "with character references": (SETTINGS, entity),
        "in capitals": ("WORD/_RELS/SETTINGS.XML.RELS", plain),
        "in a part of any name": ("Word\\_rels\\a%2Erels", plain),
        "twice, once harmless": (SETTINGS, double),
        "over several lines": (SETTINGS, plain.replace(" ", "\n\t")),
        "in UTF-16": (SETTINGS, (declared.format("UTF-16") + plain).encode("utf-16")),
        "in UTF-16, big": (SETTINGS, b"\xfe\xff" + plain.encode("utf-16-be")),
        "in Latin-1": (SETTINGS, (declared.format("ISO-8859-1") + plain).encode("latin-1")),
    }


@pytest.mark.parametrize("spelling", spelt())
def test_however_a_fetched_template_is_written_it_is_found(spelling: str) -> None:
    path, part = spelt()[spelling]
    assert "hämtar sin mall" in refusal("a.docx", with_relations(part, path))


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", SETTINGS])
def test_a_part_too_large_to_be_examined_is_refused_and_not_passed_over(part: str) -> None:
    parts = office_parts()
    held = str(parts.get(part, relations()))
    parts[part] = held.replace("><", f"><!--{' ' * (LARGEST_EXAMINED + 1)}--><", 1)
    assert "för stor inuti för att kunna granskas" in refusal("a.docx", zipped(parts))


@pytest.mark.parametrize(
    "part",
    [
        '<!DOCTYPE x [<!ENTITY a "https://evil.example/m">]><x/>',
        '<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><x/>',
        '<!DOCTYPE x [<!ATTLIST x a CDATA "b">]><x/>',
        "<x",
        "",
        '<?xml version="1.0" encoding="utf-7"?><x/>',
    ],
)
def test_no_part_may_declare_anything_or_be_no_xml(part: str) -> None:
    assert "a.docx är skadad" in refusal("a.docx", with_relations(part))
    assert "a.docx är skadad" in refusal("a.docx", with_relations(part.encode("utf-16")))


def default(ending: str, media_type: str) -> str:
    return f'<Default Extension="{ending}" ContentType="{media_type}"/>'


@pytest.mark.parametrize(
    ("parts", "types"),
    [
        ({}, default("docm", "application/vnd.ms-word.document.macroEnabled.main+xml")),
        ({}, default("x", "application/vnd.ms-word.document.MACROENABLED.main+xml")),
        ({}, default("x", "application/vnd.ms-word.document.macro&#69;nabled.main+xml")),
        ({}, default("bin", "application/vnd.ms-office.vbaProject")),
        ({}, default("x", " application/vnd.ms-office.activeX+xml")),
        ({}, default("x", "application/vnd.ms-excel.macrosheet+xml")),
        ({"word/vbaProject.bin": ""}, ""),
        ({"WORD/VBAPROJECT.BIN": ""}, ""),
        ({"word\\vbaProject.bin": ""}, ""),
        ({"word/vba%50roject.bin": ""}, ""),
        ({"word/activeX/activeX1.xml": ""}, ""),
        ({"word/media/image1.png": container("VBA", "_VBA_PROJECT", "WordDocument")}, ""),
        ({"word/a.xml": container("_vba_project", "worddocument")}, ""),
        ({"word/_rels/document.xml.rels": relations(("vbaProject", "media/i.png", ""))}, ""),
        ({"word/_rels/x.xml.rels": relations(("control", "x.xml", ""))}, ""),
        ({"word/embeddings/Tabell.xlsm.docm": ""}, ""),
        ({"word/embeddings/Tabell.xlsx": office(".xlsx", {"xl/vbaProject.bin": ""})}, ""),
    ],
)
def test_macros_are_refused_under_any_name(parts: dict[str, bytes], types: str) -> None:
    assert "innehåller makron" in refusal("a.docx", office(".docx", parts, types=types))


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/embeddings/oleObject1.bin": ""},
        {"XL/EMBEDDINGS/oleObject1.BIN": ""},
        {"xl/media/image1.png": b"MZ\x90\0"},
        {"xl/media/image1.emf": container("\x01Ole10Native")},
        {"xl/media/image1.emf": container("Contents")},
        {"xl/customXml/item1.xml": b"\x7fELF\x02"},
        {"xl/media/a.jpg": b"L\0\0\0\x01\x14\x02\0"},
        {"xl/media/a.jpg": zipped({"a.txt": "a"})},
        {"xl/a/b.exe": "x"},
        {"xl/a/b.JS": "x"},
        {"xl/_rels/x.xml.rels": relations(("oleObject", "embeddings/a.xlsx", ""))},
        {"xl/_rels/x.xml.rels": relations(("oleObject", "embeddings/a.xlsx", "Internal"))},
    ],
)
def test_programs_and_objects_are_refused_under_any_name(parts: dict[str, bytes]) -> None:
    assert "inbäddat objekt" in refusal("a.xlsx", office(".xlsx", parts))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"Basic/Standard/Module1.xml": ""}, "innehåller makron"),
        ({"SCRIPTS/python/a.py": ""}, "innehåller makron"),
        ({"Object 1": ""}, "inbäddat objekt"),
        ({"Pictures/a.png": container("Contents")}, "inbäddat objekt"),
        ({"META-INF/manifest.xml": "<m:x xmlns:m='m'><m:encryption-data/></m:x>"}, "lösenord"),
        (
            {
                "META-INF/manifest.xml": "<m:x xmlns:m='m'><m:file-entry m:media-type="
                "'application/vnd.sun.star.oleobject'/></m:x>"
            },
            "inbäddat objekt",
        ),
        (
            {"meta.xml": "<o xmlns:x='x'><template x:href='https://evil.example/a.ott'/></o>"},
            "hämtar sin mall",
        ),
        (
            {"content.xml": "<o xmlns:x='x'><object x:href='//evil.example/a'/></o>"},
            "hämtar innehåll",
        ),
        (
            {"Object 1/content.xml": "<o xmlns:x='x'><plugin x:href='file:////evil/a'/></o>"},
            "hämtar innehåll",
        ),
        ({"content.xml": "<o><dde-source/></o>"}, "från ett annat program"),
        ({"content.xml": f"<o>{' ' * LARGEST_EXAMINED}</o>"}, "för stor inuti"),
        # What would be refused under a name of Word's is refused under this one too.
        ({"[Content_Types].xml": "<x/>", "word/vbaProject.bin": ""}, "innehåller makron"),
        (
            {
                "[Content_Types].xml": "<x/>",
                "word/_rels/a.rels": relations(("attachedTemplate", "http://evil.example/", "")),
            },
            "hämtar sin mall",
        ),
    ],
)
def test_an_open_document_is_held_to_the_same(parts: dict[str, str], said: str) -> None:
    assert said in refusal("a.odt", open_document(".odt", parts))


def test_what_a_usual_open_document_holds_is_no_hindrance() -> None:
    parts = {
        "META-INF/manifest.xml": '<!DOCTYPE m PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" '
        '"Manifest.dtd"><m xmlns="m"/>',
        "meta.xml": "<o xmlns:x='x'><template x:href='../Mallar/brev.ott'/></o>",
        "content.xml": "<o xmlns:x='x'><a x:href='https://www.bracke.example/'/>"
        "<image x:href='https://www.bracke.example/a.png'/><object x:href='./Object 1'/></o>",
        "Object 1/content.xml": "<o/>",
        "Thumbnails/thumbnail.png": "\x89PNG",
    }
    assert checked_file("a.odt", open_document(".odt", parts)).name == "a.odt"


@pytest.mark.parametrize("path", ["xl/externalLinks/externalLink1.xml", "Xl/a.XML"])
@pytest.mark.parametrize("part", ["<e><ddeLink ddeService='cmd'/></e>", "<x:ddeLink xmlns:x='x'/>"])
def test_a_workbook_that_asks_another_program_is_refused(path: str, part: str) -> None:
    """Also that the program to start is written there: DDE."""
    its_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    types = f'<Override PartName="/{path}" ContentType="{its_type}"/>'
    whole = office(".xlsx", {path: part}, types=types)
    assert "från ett annat program" in refusal("a.xlsx", whole)
    usual = office(".xlsx", {path: "<e><externalBook/></e>"}, types=types)
    assert checked_file("a.xlsx", usual).name == "a.xlsx"


def test_a_workbook_that_asks_is_found_by_the_type_of_its_ending_too() -> None:
    its_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    whole = office(".xlsx", {"xl/a.lnkx": "<e><ddeLink/></e>"}, types=default("lnkx", its_type))
    assert "från ett annat program" in refusal("a.xlsx", whole)


@pytest.mark.parametrize("ending", sorted(MAIN))
def test_the_main_part_is_the_one_that_the_package_names(ending: str) -> None:
    """Word for the web calls it document2.xml."""
    folder = MAIN[ending][0].partition("/")[0]
    for main in (f"{folder}/document2.xml", "a/B.XML", "x.xml"):
        content = zipped(office_parts(ending, main=main))
        assert checked_file(f"a{ending}", content).media_type == KINDS[ending].media_type


def test_a_package_must_lead_to_one_document_of_its_own_kind() -> None:
    without = {name: part for name, part in office_parts().items() if name != "_rels/.rels"}
    lost = office_parts() | {"_rels/.rels": relations(("officeDocument", "word/a.xml", ""))}
    two = office_parts() | {
        "_rels/.rels": relations(
            ("officeDocument", "word/document.xml", ""), ("officeDocument", "b", "")
        )
    }
    sheet = office_parts(".xlsx", main="word/document.xml")
    untyped = {n: p for n, p in office_parts().items() if n != "[Content_Types].xml"}
    for parts in (without, lost, two, sheet, untyped):
        assert "inte den typ av fil som namnet säger" in refusal("a.docx", zipped(parts))


def test_a_chart_with_its_own_sheet_is_no_reason_to_refuse() -> None:
    parts = {
        "word/embeddings/Microsoft_Excel_Worksheet.xlsx": office(".xlsx"),
        "word/charts/_rels/chart1.xml.rels": relations(
            ("package", "../embeddings/Microsoft_Excel_Worksheet.xlsx", "")
        ),
        "word/embeddings/Gammal.xls": container("Workbook"),
        "word/printerSettings1.bin": b"\\\0\\\0",
        "word/media/": "",
    }
    assert checked_file("a.docx", office(".docx", parts)).name == "a.docx"


def test_a_document_within_a_document_within_one_is_looked_into_but_not_for_ever() -> None:
    bad = office(".xlsx", {"xl/vbaProject.bin": ""})
    inside = office(".pptx", {"ppt/embeddings/a.xlsx": bad})
    assert "innehåller makron" in refusal("a.docx", office(".docx", {"word/a.pptx": inside}))
    nested = office()
    for _ in range(4):
        nested = office(".docx", {"word/embeddings/a.docx": nested})
    assert "för stor inuti" in refusal("a.docx", nested)


def test_two_parts_of_one_name_and_parts_in_pieces_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name, part in office_parts().items():
            opened.writestr(name, part)
        opened.writestr("WORD/document.xml", "<other/>")
    assert "a.docx är skadad" in refusal("a.docx", made.getvalue())
    pieces = {"[Content_Types].xml/[0].piece": "<x/>"}
    assert "a.docx är skadad" in refusal("a.docx", office(".docx", pieces))
    assert "a.docx är skadad" in refusal(
        "a.docx", zipped(office_parts(), compression=zipfile.ZIP_BZIP2)
    )


def test_a_password_is_found_in_either_kind_of_package() -> None:
    content = bytearray(office())
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    assert "skyddad med lösenord" in refusal("a.docx", bytes(content))
    whole = zipped({"mimetype": KINDS[".odt"].media_type, "encrypted-package": "x"})
    assert "skyddad med lösenord" in refusal("a.odt", whole)


def test_a_bomb_is_refused_by_its_table_of_contents_alone() -> None:
    large = office(".docx", {"word/media/a.png": b"\0" * (LARGEST_UNPACKED + 1)})
    assert len(large) < 1_000_000
    assert "packar upp till för mycket" in refusal("a.docx", large)
    many = office(".docx", {f"word/media/{n}": "" for n in range(MOST_ENTRIES)})
    assert "packar upp till för mycket" in refusal("a.docx", many)
    within = office(".xlsx", {f"xl/{n}": "" for n in range(MOST_ENTRIES // 2)})
    twice = office(".docx", {"word/a.xlsx": within, "word/b.xlsx": within})
    assert "packar upp till för mycket" in refusal("a.docx", twice)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.doc", word(flags=0x0100), "skyddad med lösenord"),
        ("a.doc", word(flags=0x8100), "skyddad med lösenord"),
        ("a.xls", excel((0x002F, b"\0" * 54)), "skyddad med lösenord"),
        ("a.xls", excel((0x0086, b""), (0x002F, b"\0" * 6)), "skyddad med lösenord"),
        (
            "a.ppt",
            container(
                "PowerPoint Document",
                streams={"Current User": b"\0\0\xf6\x0f\x1c\0\0\0\x14\0\0\0\xdf\xc4\xd1\xf3"},
            ),
            "skyddad med lösenord",
        ),
        ("a.xls", container("Workbook", "_VBA_PROJECT"), "innehåller makron"),
        ("a.xls", excel((0x00E1, b"\0\0"), (0x0085, b"\0\0\0\0\2\1\4\0Mac1")), "innehåller makron"),
        ("a.doc", container("WordDocument", "__nameid_version1.0"), "är ett sparat mejl"),
        ("a.xls", container("Workbook", "_vba_Project"), "innehåller makron"),
        ("a.doc", container("WordDocument", "\x01Ole10Native"), "inbäddat objekt"),
        ("a.xls", excel((0x01AE, source("cmd\x03/c calc"))), "från ett annat program"),
        ("a.xls", excel((0x01AE, source("cmd\x03Å", is_wide=True))), "från ett annat program"),
        ("a.doc", container("WordDocument", "\x01OLE10NATIVE"), "inbäddat objekt"),
        (
            "a.ppt",
            container(
                streams={
                    "PowerPoint Document": struct.pack("<HHI", 0x1F, 0x03FF, 20)
                    + struct.pack("<HHIIII", 2, 0x0400, 12, 7, 1, 2)
                }
            ),
            "innehåller makron",
        ),
    ],
)
def test_old_documents_with_a_password_or_macros_are_refused(
    name: str, content: bytes, said: str
) -> None:
    assert said in refusal(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.doc", word()),
        ("a.doc", word(flags=0x1200)),
        ("a.xls", excel((0x00E1, b"\xb0\x04"))),
        ("a.xls", excel((0x01AE, b"\1\0\1\4"), (0x01AE, b"\1\0\1\x3a"))),
        ("a.xls", excel((0x01AE, source("\x01\x01CBudget\x03a.xls")))),
        ("a.xls", excel((0x01AE, b""), (0x01AE, b"\1\0\5\0\0"))),
        ("a.xls", excel((0x0085, b"\0\0\0\0\0\0\5\0Blad1"), (0x000A, b""), (0x002F, b"\0"))),
        # A word in a text is no part, and no record either.
        ("a.doc", container(streams={"WordDocument": b"EncryptedPackage och Makron"})),
        ("a.xls", excel((0x00FC, b"\x2f\0\0\0"))),
        ("a.doc", container("WordDocument")[:1300]),
    ],
)
def test_old_documents_without_either_are_taken(name: str, content: bytes) -> None:
    assert checked_file(name, content).name == name


LOCKS = ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"]


@pytest.mark.parametrize("algorithm", LOCKS)
def test_a_pdf_that_needs_a_password_is_refused_and_one_with_limits_is_not(algorithm: str) -> None:
    locked = pdf(password="hemligt", algorithm=algorithm)
    assert "skyddad med lösenord" in refusal("a.pdf", locked)
    assert "protected by a password" in refusal("a.pdf", locked, "en")
    limited = pdf(password="", algorithm=algorithm)
    assert b"/Encrypt" in limited
    assert checked_file("a.pdf", limited).media_type == "application/pdf"


def test_the_lock_is_found_wherever_the_table_of_contents_is() -> None:
    for password in ("", "hemligt"):
        content = pdf(password=password)
        table = content[: content.index(b"\nxref\n") + 1]
        trailer = content[content.rindex(b"trailer") + 7 : content.rindex(b"startxref")].strip()
        stream = b"9 0 obj\n" + trailer.replace(b"<<", b"<< /Type /XRef", 1) + b"\nstream\nx"
        start = len(table)
        shapes = {
            "a mark first": b"\xef\xbb\xbf" + content,
            "a table that is a stream": table + stream + b"startxref\n%d\n%%%%EOF" % start,
            "a place that is wrong": content[: content.rindex(b"startxref")]
            + b"startxref\n17\n%%EOF",
            "no place at all": content[: content.rindex(b"startxref")],
            "words after the end": content + b"\n" * 1000,
        }
        for shape, made in shapes.items():
            if password:
                assert "skyddad med lösenord" in refusal("a.pdf", made), shape
            else:
                assert checked_file("a.pdf", made), shape


def test_the_words_of_a_pdf_are_not_taken_for_its_lock() -> None:
    locked = pdf(password="hemligt")
    attached = b"%PDF-1.4\n1 0 obj<</Length 9>>stream\n" + locked + b"\nendstream endobj\n"
    plain = pdf()
    moved = attached + plain[plain.index(b"1 0 obj") :]
    at = moved.rindex(b"xref\n0")
    moved = moved[: moved.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % at
    assert checked_file("a.pdf", moved).name == "a.pdf"


@pytest.mark.parametrize(
    "trailer", [b"<</Encrypt null>>", b"<</Encrypt 99 0 R>>", b"<</Encrypt", b"<<" * 3000]
)
def test_a_pdf_whose_lock_cannot_be_understood_is_left_to_its_reader(trailer: bytes) -> None:
    assert checked_file("a.pdf", b"%PDF-1.7\ntrailer\n" + trailer + b"\nstartxref\n9\n%%EOF")


def test_a_lock_that_asks_for_a_certificate_is_refused() -> None:
    lock = b"<</Filter/Adobe.PubSec/V 4/R 4>>"
    content = b"%PDF-1.7\n5 0 obj\n" + lock + b"\nendobj\ntrailer\n<</Encrypt 5 0 R>>\n"
    assert "skyddad med lösenord" in refusal("a.pdf", content)


def test_a_pdf_may_begin_a_little_into_the_file_but_not_inside_something_else() -> None:
    for before in (b"\xef\xbb\xbf", b"\r\n", b"\0" * 128, b"x" * 1019):
        assert checked_file("a.pdf", before + pdf()).name == "a.pdf"
    zip_first = zipped({"%PDF-1.7": "x"}, compression=zipfile.ZIP_STORED)
    for before in (b"MZ\x90\0", b"\x7fELF", b"#!/bin/sh\n", b"<html>", b" \n<script>", b"GIF89a"):
        assert "inte den typ av fil" in refusal("a.pdf", before + pdf())
    assert "inte den typ av fil" in refusal("a.pdf", zip_first)
    assert "inte den typ av fil" in refusal("a.pdf", b"x" * 1020 + pdf())


def test_only_relations_of_office_are_read_as_such() -> None:
    """The same words in the text of a document are just words."""
    text = f'<document Type="{RELATION}/vbaProject" Target="https://evil.example/"/>'
    assert checked_file("a.docx", office(".docx", {"word/footnotes.xml": text}))


def test_more_elements_than_any_document_needs_are_not_counted_to_the_end() -> None:
    many = f"<a>{'<a/>' * MOST_ELEMENTS}</a>"
    assert "för stor inuti" in refusal("a.docx", with_relations(many))
    assert checked_file("a.docx", with_relations(f"<a>{'<a/>' * 1000}</a>"))
