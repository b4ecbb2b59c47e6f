"""A message's bytes: one of each header, folded, and readable by everything."""

from datetime import UTC, datetime
from email import charset, message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest

from notifications.post.mime import is_international, render_bytes, wire_address

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


def parsed(content: bytes):
    return message_from_bytes(content, policy=policy.default)


def lines_of(part) -> str:
    return part.get_content().replace("\r\n", "\n")


def header_lines(content: bytes) -> list[bytes]:
    return content.split(b"\r\n\r\n")[0].split(b"\r\n")


def test_a_reminder_has_each_header_once_and_in_a_readers_order(outgoing):
    message = parsed(render_bytes(outgoing(in_reply_to="<17@regionen.example>")))
    assert [(name, str(value)) for name, value in message.items()] == [
        ("From", "Region Jämtland Härjedalen <agendan@regionen.example>"),
        ("To", "Bergs kommun <registrator@berg.example>"),
        ("Reply-To", "Åsa Samordnare <samordnare@regionen.example>"),
        ("Subject", "Påminnelse: inspel senast fredag 2 oktober 2020"),
        ("Date", "Fri, 21 Aug 2020 06:00:00 +0000"),
        ("Message-ID", "<17.1@regionen.example>"),
        ("In-Reply-To", "<17@regionen.example>"),
        ("References", "<17@regionen.example>"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("Content-Language", "sv"),
        ("MIME-Version", "1.0"),
        ("X-Agenda-Key", "inspel/paminnelse-30/berg"),
        ("Content-Type", message["Content-Type"]),
    ]


def test_the_text_comes_first_and_the_page_second_both_as_written(outgoing):
    text = "Hej å ä ö 🦌\n.\n..punkt först\nFrom alla\nblanksteg sist \n" + "lång " * 300 + "\n"
    message = parsed(render_bytes(outgoing(text=text, html="<p>Så här: = och =3D</p>\n")))
    assert [(part.get_content_type(), lines_of(part)) for part in message.iter_parts()] == [
        ("text/plain", text),
        ("text/html", "<p>Så här: = och =3D</p>\n"),
    ]


def test_line_ends_of_every_kind_become_one_kind(outgoing):
    content = render_bytes(outgoing(text="ett\rtvå\r\ntre\n"))
    assert lines_of(parsed(content).get_body(["plain"])) == "ett\ntvå\ntre\n"
    assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")


def test_a_deadline_is_attached_as_a_calendar_file(outgoing):
    (attached,) = parsed(render_bytes(outgoing(calendar=CALENDAR))).iter_attachments()
    assert attached["Content-Type"] == 'text/calendar; charset="utf-8"'
    assert attached.get_filename() == "frist.ics"
    assert attached.get_payload(decode=True) == CALENDAR


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_is_an_alternative_too_and_says_its_method(outgoing, method):
    content = render_bytes(outgoing(calendar=CALENDAR, calendar_method=method))
    readable, attached = parsed(content).iter_parts()
    assert [part.get_content_type() for part in readable.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    alternative = list(readable.iter_parts())[-1]
    assert alternative.get_payload(decode=True) == attached.get_payload(decode=True) == CALENDAR
    assert alternative["Content-Type"].params["method"] == method
    assert attached["Content-Type"].params["method"] == method


@pytest.mark.parametrize("header_encoding", [charset.QP, charset.BASE64, charset.SHORTEST])
def test_a_second_attempt_gives_the_same_bytes_whatever_else_is_loaded(
    outgoing, monkeypatch, header_encoding
):
    message = outgoing(calendar=CALENDAR, calendar_method="REQUEST", sender_name="Åäö ÅÄÖ")
    monkeypatch.setitem(charset.CHARSETS, "utf-8", (charset.SHORTEST, charset.BASE64, "utf-8"))
    first = render_bytes(message)
    monkeypatch.setitem(charset.CHARSETS, "utf-8", (header_encoding, charset.QP, "utf-8"))
    assert render_bytes(message) == first


@pytest.mark.parametrize(
    "name",
    [
        'Härjedalen, "södra" <x>',
        "Krokoms kommun, samhällsbyggnad; nämnden",
        'Berg "södra" \\ norra',
        "(kommentar) Åre",
        "registrator@annan.example",
        "=?utf-8?q?inte_kodat?=",
        "Ragunda <x>",
        "Östersund 🦌🏔️",
    ],
)
def test_a_name_is_only_a_name_whatever_signs_are_in_it(outgoing, name):
    to = message_from_bytes(render_bytes(outgoing(recipient_name=name)))["To"]
    ((encoded, address),) = getaddresses(["".join(to.splitlines())])
    assert (str(make_header(decode_header(encoded))), address) == (name, "registrator@berg.example")


@pytest.mark.parametrize(
    "subject",
    [
        "Åäö ÅÄÖ é 🦌👩‍🌾 – ”citat”",
        "Påminnelse om den länsgemensamma påverkansagendan, sista svarsdag " * 8,
        "Inbjudan till " + "y" * 2000,
        "=?utf-8?q?Inte_kodat?=",
        "   mellanslag   inuti",
    ],
)
def test_a_subject_arrives_as_written_on_lines_that_fit(outgoing, subject):
    content = render_bytes(outgoing(subject=subject))
    arrived = make_header(decode_header(message_from_bytes(content)["Subject"]))
    assert str(arrived).split() == subject.split()
    assert [line for line in header_lines(content) if len(line) > 78] == []


def test_only_what_cannot_be_broken_is_longer_than_a_line(outgoing):
    message_id = f"<{'a' * 120}@regionen.example>"
    content = render_bytes(
        outgoing(message_id=message_id, recipient_name="Ordförande i " * 20, sender_name="Å" * 90)
    )
    long_lines = [line for line in header_lines(content) if len(line) > 78]
    assert [line.strip() for line in long_lines if message_id.encode() not in line] == []
    assert len(long_lines) == 1


def test_a_domain_with_swedish_letters_is_sent_in_punycode():
    assert wire_address("asa@malmö.example") == "asa@xn--malm-8qa.example"


def test_letters_before_the_at_sign_are_kept_and_need_the_servers_consent(outgoing):
    message = outgoing(recipient="åsa@malmö.example", recipient_name='Åsa, "södra" Malmö')
    assert is_international(message)
    assert not is_international(outgoing(recipient="asa@malmö.example"))
    headers = b"\r\n".join(header_lines(render_bytes(message))).replace(b"\r\n ", b" ")
    to = next(line for line in headers.split(b"\r\n") if line.startswith(b"To:"))
    assert to.endswith("<åsa@xn--malm-8qa.example>".encode())
    assert to.removeprefix(b"To: ").split(b" <")[0].isascii()


def test_the_date_is_the_one_that_was_minted(outgoing):
    message = outgoing(date_at=datetime(2020, 10, 1, 6, 0, 30, 999, tzinfo=UTC))
    assert parsed(render_bytes(message))["Date"].datetime == datetime(
        2020, 10, 1, 6, 0, 30, tzinfo=UTC
    )


def test_what_is_no_address_is_no_message(outgoing):
    with pytest.raises(ValueError, match="@-sign"):
        render_bytes(outgoing(recipient="inte en adress"))
