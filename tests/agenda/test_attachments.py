"""Files from outside: judged by what they hold, refused in words that say what to do."""

import hashlib

import pytest

from agenda.attachments import (
    ACCEPT,
    KINDS,
    LARGEST_FILE,
    LARGEST_TOGETHER,
    MOST_FILES,
    CheckedFile,
    RefusedFile,
    check_room,
    checked_file,
    safe_name,
)
from agenda.attachments.kinds import OTHERS
from agenda.attachments.refusals import SENTENCES
from tests.agenda.documents import container, of_kind, office, open_document, pdf, zipped


def refusal(name: str, content: bytes, language: str = "sv") -> str:
    """Why a file is not taken."""
    with pytest.raises(RefusedFile) as refused:
        checked_file(name, content)
    return refused.value.said_in(language)


@pytest.mark.parametrize("ending", sorted(KINDS))
def test_every_accepted_kind_is_taken_for_what_it_holds(ending: str) -> None:
    content = of_kind(ending)
    assert checked_file(f"Ärende{ending.upper()}", content) == CheckedFile(
        f"Ärende{ending.upper()}",
        KINDS[ending].media_type,
        len(content),
        hashlib.sha256(content).hexdigest(),
    )


@pytest.mark.parametrize("ending", sorted(KINDS))
def test_no_kind_is_taken_for_another(ending: str) -> None:
    content = of_kind(ending)
    for other, kind in KINDS.items():
        if kind.media_type != KINDS[ending].media_type:
            assert "inte den typ av fil som namnet säger" in refusal(f"a{other}", content)


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
        ("a.zip", zipped({"a": ""}), "a.zip är ett arkiv. Packa upp det"),
        ("a.docx", zipped({"a": ""}), "inte den typ av fil som namnet säger"),
        ("a.docm", office(), "a.docm innehåller makron."),
        ("a.docx", container("WordDocument"), "inte den typ av fil som namnet säger"),
        ("a.docx", container("EncryptedPackage"), "a.docx är skyddad med lösenord."),
        ("a.docx", office()[:40], "a.docx är skadad."),
        ("a.odt", open_document(".ods"), "inte den typ av fil som namnet säger"),
    ],
)
def test_what_is_refused_says_why_and_what_to_do(name: str, content: bytes, said: str) -> None:
    assert said in refusal(name, content)


def test_a_phone_is_asked_for_jpeg_and_never_for_any_picture() -> None:
    asked = ACCEPT.split(",")
    assert {"image/jpeg", ".jpg", ".jfif", ".docx"} <= set(asked)
    assert not [one for one in asked if "heic" in one or "heif" in one or "*" in one]


def test_the_limits_are_said_with_the_files_name() -> None:
    assert "a.pdf är större än 20 MB." in refusal("a.pdf", b"%PDF-" + b"x" * LARGEST_FILE)
    file = checked_file("a.pdf", pdf())
    check_room(file, [(f"{n}.pdf", 1) for n in range(MOST_FILES - 1)])
    with pytest.raises(RefusedFile, match=r"a\.pdf fick inte plats: högst 20 filer"):
        check_room(file, [(f"{n}.pdf", 1) for n in range(MOST_FILES)])
    check_room(file, [("b.pdf", LARGEST_TOGETHER - file.size)])
    with pytest.raises(RefusedFile, match=r"a\.pdf fick inte plats: .* högst 60 MB"):
        check_room(file, [("b.pdf", LARGEST_TOGETHER)])


def test_a_refusal_can_be_said_in_english_and_is_swedish_by_itself() -> None:
    assert refusal("a.exe", b"MZ", "en") == (
        "a.exe is of a kind that is not accepted. Attach Word, Excel, PowerPoint, "
        "OpenDocument, PDF and pictures (PNG, JPEG, GIF)."
    )
    assert str(RefusedFile("empty", name="{x}.pdf")) == "{x}.pdf är tom."
    assert set(OTHERS.values()) | {"kind"} <= set(SENTENCES)


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
