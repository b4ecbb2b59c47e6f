"""Files from outside: judged by what they hold, refused in words that say what to do."""

import io
import zipfile

import pytest

from agenda.attachments import (
    KINDS,
    LARGEST_FILE,
    LARGEST_TOGETHER,
    MOST_FILES,
    CheckedFile,
    RefusedFile,
    checked_file,
    safe_name,
)
from agenda.attachments.contents import LARGEST_UNPACKED, MOST_ENTRIES
from agenda.attachments.kinds import OLE, OTHERS, ZIP
from agenda.attachments.refusals import _SENTENCES

WORD = "word/document.xml"
TEMPLATE = (
    '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/attachedTemplate" Target="{}" TargetMode="External"/>'
    "</Relationships>"
)


def package(*names: str, parts: dict[str, str] | None = None) -> bytes:
    """A zip with empty parts, and parts with a text."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name in names:
            opened.writestr(name, "")
        for name, text in (parts or {}).items():
            opened.writestr(name, text)
    return made.getvalue()


def container(*parts: str) -> bytes:
    """What begins as a document from before 2007, and names its parts."""
    return OLE + b"\0" * 504 + b"".join(f"{part}\0".encode("utf-16-le") for part in parts)


def refusal(name: str, content: bytes, language: str = "sv", **more: object) -> str:
    with pytest.raises(RefusedFile) as refused:
        checked_file(name, content, **more)
    return refused.value.said_in(language)


@pytest.mark.parametrize("ending", sorted(KINDS))
def test_every_accepted_kind_is_taken_for_what_it_holds(ending: str) -> None:
    kind = KINDS[ending]
    if ZIP in kind.starts_with:
        content = package(kind.parts[0], parts={"mimetype": kind.media_type})
    elif OLE in kind.starts_with:
        content = container("Root Entry", kind.parts[-1])
    else:
        content = kind.starts_with[-1] + b"more"
    assert checked_file(f"Ärende{ending.upper()}", content) == CheckedFile(
        f"Ärende{ending.upper()}", kind.media_type
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "a.pdf är tom."),
        ("a.pdf", b"MZ\x90\0", "a.pdf är inte den typ av fil som namnet säger."),
        ("a.exe", b"MZ\x90\0", "a.exe har en filtyp som inte tas emot. Bifoga Word,"),
        ("a", b"%PDF-", "a har en filtyp som inte tas emot."),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic", "Spara den som JPEG"),
        ("Sv.msg", container("__nameid_version1.0"), "Sv.msg är ett sparat mejl."),
        ("Sv.doc", container("__nameid_version1.0"), "inte den typ av fil som namnet säger"),
        ("a.zip", package("a"), "a.zip är ett arkiv. Packa upp det"),
        ("a.docm", package(WORD), "a.docm innehåller makron."),
        ("a.docx", package("xl/workbook.xml"), "inte den typ av fil som namnet säger"),
        ("a.docx", container("WordDocument"), "inte den typ av fil som namnet säger"),
        ("a.docx", container("EncryptedPackage"), "a.docx är skyddad med lösenord."),
        ("a.xls", container("Workbook", "_VBA_PROJECT"), "a.xls innehåller makron."),
        ("a.doc", container("WordDocument", "\x01Ole10Native"), "ett inbäddat objekt"),
        ("a.docx", package(WORD)[:40], "a.docx är skadad."),
        ("a.docx", package(WORD, "word/vbaProject.bin"), "a.docx innehåller makron."),
        ("a.docx", package(WORD, "word/activeX/activeX1.xml"), "a.docx innehåller makron."),
        ("a.xlsx", package("xl/workbook.xml", "xl/embeddings/oleObject1.bin"), "inbäddat objekt"),
        ("a.docx", package(WORD, "word/embeddings/Tabell.xlsm.docm"), "innehåller makron"),
        ("a.odt", package("content.xml", "Basic/Standard/Module1.xml"), "innehåller makron"),
        ("a.odt", package("content.xml", "Object 1"), "inbäddat objekt"),
        ("a.odt", package("content.xml", parts={"mimetype": "text/plain"}), "inte den typ av fil"),
    ],
)
def test_what_is_refused_says_why_and_what_to_do(name: str, content: bytes, said: str) -> None:
    assert said in refusal(name, content)


@pytest.mark.parametrize(
    ("target", "is_taken"),
    [
        ("file:///C:\\Users\\anna\\Mallar\\Tjänsteskrivelse.dotx", True),
        ("https://evil.example/mall.dotm", False),
        ("HTTP://evil.example/mall.dotm", False),
    ],
)
def test_a_template_on_the_net_is_refused_and_one_on_a_disk_is_not(
    target: str, is_taken: bool
) -> None:
    content = package(WORD, parts={"word/_rels/settings.xml.rels": TEMPLATE.format(target)})
    if is_taken:
        assert checked_file("a.docx", content).name == "a.docx"
    else:
        assert "hämtar sin mall från en adress på nätet" in refusal("a.docx", content)


def test_a_document_that_calls_itself_macro_enabled_is_one() -> None:
    content = package(
        WORD,
        parts={"[Content_Types].xml": 'ContentType="application/vnd.ms-word.macroEnabled.12"'},
    )
    assert "innehåller makron" in refusal("a.docx", content)


def test_a_password_is_found_in_either_kind_of_package() -> None:
    word = bytearray(package(WORD))
    directory = word.index(b"PK\x01\x02")
    word[directory + 8] |= 1
    assert "skyddad med lösenord" in refusal("a.docx", bytes(word))
    odt = package(
        "content.xml",
        parts={
            "mimetype": KINDS[".odt"].media_type,
            "META-INF/manifest.xml": "<manifest:encryption-data/>",
        },
    )
    assert "skyddad med lösenord" in refusal("a.odt", odt)


def test_a_bomb_is_refused_by_its_table_of_contents_alone() -> None:
    large = package(WORD, parts={"word/media/a.png": "\0" * (LARGEST_UNPACKED + 1)})
    assert len(large) < 1_000_000
    assert "packar upp till för mycket" in refusal("a.docx", large)
    many = package(WORD, *(f"word/media/{n}" for n in range(MOST_ENTRIES)))
    assert "packar upp till för mycket" in refusal("a.docx", many)


def test_a_chart_with_its_own_sheet_is_no_reason_to_refuse() -> None:
    content = package(WORD, "word/embeddings/Microsoft_Excel_Worksheet.xlsx", "word/charts/c.xml")
    assert checked_file("a.docx", content).media_type == KINDS[".docx"].media_type


def test_the_limits_are_said_with_the_files_name() -> None:
    pdf = b"%PDF-"
    assert "a.pdf är större än 20 MB." in refusal("a.pdf", pdf + b"x" * LARGEST_FILE)
    full = [(f"{n}.pdf", 1) for n in range(MOST_FILES)]
    assert "högst 20 filer" in refusal("a.pdf", pdf, present=full)
    assert "högst 60 MB" in refusal("a.pdf", pdf, present=[("b.pdf", LARGEST_TOGETHER)])


def test_a_refusal_can_be_said_in_english_and_is_swedish_by_itself() -> None:
    assert refusal("a.exe", b"MZ", "en") == (
        "a.exe is of a kind that is not accepted. Attach Word, Excel, PowerPoint, "
        "OpenDocument, PDF and pictures (PNG, JPEG, GIF)."
    )
    assert str(RefusedFile("empty", name="{x}.pdf")) == "{x}.pdf är tom."
    assert set(OTHERS.values()) | {"kind"} <= set(_SENTENCES)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\Anna\\Inspel.docx", "Inspel.docx"),
        ("../../etc/passwd", "passwd"),
        ("Inspel\u202efdp.exe", "Inspel_fdp.exe"),
        ('a<b>:"c|?*.pdf', "a_b_c_.pdf"),
        ("a\u0308.pdf", "ä.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("...", "fil"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1 .docx", "_lpt1 .docx"),
        ("Konsekvenser.pdf", "Konsekvenser.pdf"),
    ],
)
def test_a_name_is_made_safe_to_store_and_to_show(given: str, kept: str) -> None:
    assert safe_name(given) == kept
