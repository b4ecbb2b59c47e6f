"""A message as the bytes that go over the wire (RFC 5322, RFC 2045 to 2047, RFC 6531).

Built with the standard library's older message class, because the newer one parses every
header it is given and takes more than twice as long; tests/bench/mailing.py shows by how much.
"""

import hashlib
import textwrap
from binascii import b2a_qp
from collections.abc import Sequence
from email.base64mime import body_encode
from email.charset import SHORTEST, Charset
from email.header import Header
from email.message import Message
from email.policy import Compat32
from email.utils import format_datetime, formataddr
from functools import lru_cache

from agenda.words.mail_rules import validate_email
from notifications.post.outgoing import Outgoing

CALENDAR_FILE = "frist.ics"
_UTF_8 = Charset("utf-8")
# Said again because Apprise changes Python's default for the whole process: the bytes of a
# second attempt would depend on what else had been loaded.
_UTF_8.header_encoding = SHORTEST
_LINE_CHARACTERS = 78
_LONGEST_WORD = 60


class _Folded(Compat32):
    """Lines end in CRLF and are folded at 78 characters, as RFC 5322 section 2.1.1 asks."""

    linesep = "\r\n"
    max_line_length = _LINE_CHARACTERS
    mangle_from_ = False


class _International(_Folded):
    """Headers in UTF-8: the only way to write an address with å in front of the @ (RFC 6532)."""

    def fold_binary(self, name: str, value: str) -> bytes:
        lines = textwrap.wrap(
            f"{name}: {value}",
            _LINE_CHARACTERS,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return ("\r\n ".join(lines) + "\r\n").encode()


_FOLDED, _INTERNATIONAL = _Folded(), _International()


@lru_cache(maxsize=1024)
def wire_address(address: str) -> str:
    """An e-mail address as the mail server wants it: the domain in punycode (RFC 5891).

    What stands before the @ keeps its letters; if they are not ASCII the server must
    offer SMTPUTF8.

    Raises:
        ValueError: it is no e-mail address.
    """
    checked = validate_email(address, check_deliverability=False)
    return f"{checked.local_part}@{checked.ascii_domain}"


def is_international(outgoing: Outgoing) -> bool:
    """Whether an address has letters before the @ that only SMTPUTF8 can carry (RFC 6531)."""
    addresses = (outgoing.sender, outgoing.recipient, outgoing.reply_to)
    return not all(wire_address(address).isascii() for address in addresses)


def render_bytes(outgoing: Outgoing) -> bytes:
    """The whole message, lines ended by CRLF; the same bytes every time.

    Raises:
        ValueError: an address in it is no e-mail address.
    """
    policy = _INTERNATIONAL if is_international(outgoing) else _FOLDED
    return _message(outgoing).as_bytes(policy=policy)


def _headers(outgoing: Outgoing) -> list[tuple[str, str]]:
    headers = [
        ("From", _mailbox(outgoing.sender_name, outgoing.sender)),
        ("To", _mailbox(outgoing.recipient_name, outgoing.recipient)),
        ("Reply-To", _mailbox(outgoing.reply_to_name, outgoing.reply_to)),
        ("Subject", _words(outgoing.subject)),
        ("Date", format_datetime(outgoing.date_at)),
        ("Message-ID", outgoing.message_id),
    ]
    if outgoing.in_reply_to:
        headers += [("In-Reply-To", outgoing.in_reply_to), ("References", outgoing.in_reply_to)]
    # Without these two, absence notices answer the coordinator for every reminder (RFC 3834;
    # Exchange heeds only its own header, MS-OXCMAIL 2.1.3.2.20).
    headers += [
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("Content-Language", outgoing.language),
        ("MIME-Version", "1.0"),
    ]
    return [*headers, ("X-Agenda-Key", _words(outgoing.key))] if outgoing.key else headers


def _mailbox(name: str, address: str) -> str:
    wired = wire_address(address)
    encoded = _words(name)
    if encoded != name:
        return f"{encoded} <{wired}>"
    if not name:
        return wired
    # formataddr quotes commas and the like, but refuses an international address.
    return formataddr((name, "x")).removesuffix("<x>") + f"<{wired}>"


def _words(text: str) -> str:
    """Header text in ASCII, in words short enough that every line can be folded.

    Encoded (RFC 2047) too when it only looks encoded: a reader would decode it.
    """
    is_plain = text.isascii() and "=?" not in text
    if is_plain and all(len(word) <= _LONGEST_WORD for word in text.split()):
        return text
    return Header(text, _UTF_8, maxlinelen=75, header_name="Reply-To").encode(linesep="")


def _message(outgoing: Outgoing) -> Message:
    headers = _headers(outgoing)
    alternatives = [_text(outgoing.text, "plain"), _text(outgoing.html, "html")]
    if outgoing.calendar is None:
        return _multipart("alternative", alternatives, outgoing.message_id, headers)
    if outgoing.calendar_method:
        alternatives.append(_calendar(outgoing.calendar, outgoing.calendar_method))
    attached = _calendar(outgoing.calendar, outgoing.calendar_method)
    attached.add_header("Content-Disposition", "attachment", filename=CALENDAR_FILE)
    readable = _multipart("alternative", alternatives, outgoing.message_id)
    return _multipart("mixed", [readable, attached], outgoing.message_id, headers)


def _multipart(
    subtype: str,
    parts: Sequence[Message],
    message_id: str,
    headers: Sequence[tuple[str, str]] = (),
) -> Message:
    whole = Message()
    for name, value in headers:
        whole[name] = value
    # Derived, not random, so that a second attempt gives the same bytes. "=_" cannot occur
    # in quoted-printable or base64, so no text can imitate it (RFC 2045 section 6.7).
    digest = hashlib.sha256(f"{subtype} {message_id}".encode()).hexdigest()
    whole.add_header("Content-Type", f"multipart/{subtype}", boundary=f"=_{digest[:32]}")
    for part in parts:
        whole.attach(part)
    return whole


def _text(content: str, subtype: str) -> Message:
    lines = content.replace("\r\n", "\n").replace("\r", "\n")
    part = Message()
    part.add_header("Content-Type", f"text/{subtype}", charset="utf-8")
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(lines.encode()).decode("ascii"))
    return part


def _calendar(content: bytes, method: str | None) -> Message:
    part = Message()
    # Outlook and Gmail see an invitation only when the method stands here too (RFC 6047 2.4).
    method_parameter = {"method": method} if method else {}
    part.add_header("Content-Type", "text/calendar", charset="utf-8", **method_parameter)
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(body_encode(content))
    return part
