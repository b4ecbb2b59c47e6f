"""A mail taken apart: whatever its bytes are, something comes out, and it does so soon."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.incoming.judging import Sort, judge
from notifications.incoming.mail import read_mail
from notifications.incoming.words import shown_text

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.eml"))
WHOLE = [file.read_bytes() for file in SAMPLES]
SERVER = b"Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nContent-Type: "
SIGNS = 200_000
MARKS = ("<", "<!--", "<a ", "&#", "<script>", "<![CDATA[", '<a x="', "</", "<?", "<div>", "-->")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_mail_of_some_sort(raw: bytes) -> None:
    assert judge(read_mail(raw)).sort in Sort


@given(st.sampled_from(WHOLE), st.data())
def test_a_mail_cut_or_garbled_anywhere_is_still_a_mail(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole)))
    garbled = (
        whole[:at] + data.draw(st.binary(max_size=20)) + whole[at + data.draw(st.integers(0, 9)) :]
    )
    for raw in (whole[:at], garbled):
        assert judge(read_mail(raw)).sort in Sort


@given(st.sampled_from([raw for raw in WHOLE if b"From: Anna Ek" in raw]), st.data())
def test_no_piece_of_a_persons_mail_is_taken_for_a_bounce(
    whole: bytes, data: st.DataObject
) -> None:
    head, _, body = whole.partition(b"\n\n")
    at = data.draw(st.integers(0, len(body)))
    assert judge(read_mail(head + b"\n\n" + body[:at])).sort is not Sort.BOUNCE


@pytest.mark.parametrize("mark", MARKS)
def test_markup_that_is_never_closed_is_read_to_its_end(mark: str) -> None:
    """Where each mark made the reader look through all that follows, this would take minutes."""
    raw = SERVER + b"text/html\n\n" + (mark * (2 * SIGNS // len(mark))).encode()
    assert judge(read_mail(raw)).sort is Sort.ORDINARY


@pytest.mark.parametrize(
    "raw",
    [
        SERVER + b"message/delivery-status\n\n" + b"\n" * SIGNS,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * SIGNS,
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (one, one)
            for one in range(3_000)
        ),
        b"Content-Type: message/rfc822\n\n" * 3_000,
    ],
    ids=["blank lines", "parts", "parts in parts", "mails in mails"],
)
def test_a_mail_made_to_keep_the_reader_busy_is_left_to_a_person(raw: bytes) -> None:
    assert judge(read_mail(raw)).sort is Sort.UNREADABLE


def test_html_is_shown_as_the_text_that_it_shows() -> None:
    markup = (
        "<html><head><title>Rubrik</title><style>p{}</style></head><body><p>Hej &amp; <b>hå</b>"
        " &lt;anna@bracke.example&gt;<br>rad två<!-- dolt > --><script>alert(1)</script>"
        "<table><tr><td>a</td><td>b</td></tr></table>3 < 4"
    )
    assert shown_text(markup) == "Hej & hå <anna@bracke.example>\nrad två\n\na b\n\n3 < 4"


def test_a_head_that_is_never_closed_hides_no_letter() -> None:
    assert shown_text("<head><style>p{}<body><p>Svar</p>") == "Svar"


def a_mail(*parts: str) -> bytes:
    head = 'From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n'
    return (head + "".join(f"--x\n{part}\n" for part in parts) + "--x--\n").encode()


def test_files_are_told_from_text_and_from_pictures_in_a_signature() -> None:
    mail = read_mail(
        a_mail(
            "Content-Type: text/plain; charset=utf-8\n\nHej",
            "Content-Type: image/png\nContent-ID: <logo>\nContent-Disposition: inline\n\nPNG",
            "Content-Type: application/pdf\nContent-Disposition: attachment;"
            ' filename="=?utf-8?q?f=C3=B6rslag=2Epdf?="\n\n%PDF',
            'Content-Type: text/plain; name="anteckning.txt"\n\nBilagan',
        )
    )
    assert mail.text == "Hej"
    assert [file.name for file in mail.enclosed] == ["förslag.pdf", "anteckning.txt"]


def test_the_plain_text_is_shown_and_html_only_where_there_is_none() -> None:
    html = "Content-Type: text/html\n\n<p>Ur HTML</p>"
    plain = "Content-Type: text/plain\n\nKlartext"
    assert read_mail(a_mail(html, plain)).text == "Klartext"
    assert read_mail(a_mail(html)).text == "Ur HTML"
