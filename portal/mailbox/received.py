"""A mail as a person reads it: who, what, text, pages and attachments, however odd it is."""

from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser

# What Python's own parser raises on headers and parts that break the rules (measured:
# unknown charsets, addresses without end, broken base64).
_ODD = (ValueError, LookupError, AttributeError, TypeError, MessageError)


@dataclass(frozen=True, slots=True)
class Heading:
    """The lines that a list of mails shows."""

    sender: str
    to: str
    subject: str


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that came with a mail."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReceivedLetter:
    """A whole mail."""

    heading: Heading
    text: str | None
    html: str | None
    attachments: tuple[ReceivedFile, ...]


def read_heading(content: bytes) -> Heading:
    """The headers of a mail; what it lacks is empty."""
    return _heading(BytesHeaderParser(policy=policy.default).parsebytes(content))


def read_letter(content: bytes) -> ReceivedLetter:
    """The whole of a mail; what it lacks is None or empty."""
    message = BytesParser(policy=policy.default).parsebytes(content)
    leaves = [part for part in message.walk() if not part.is_multipart()]
    text = next((p for p in leaves if _is_body(p, "text/plain")), None)
    html = next((p for p in leaves if _is_body(p, "text/html")), None)
    return ReceivedLetter(
        heading=_heading(message),
        text=_content(text) if text else None,
        html=_content(html) if html else None,
        attachments=tuple(
            ReceivedFile(_file_name(part, number), _bytes(part))
            for number, part in enumerate((p for p in leaves if p not in (text, html)), start=1)
        ),
    )


def _heading(message: EmailMessage) -> Heading:
    return Heading(
        sender=_header(message, "From"),
        to=_header(message, "To") or _header(message, "Delivered-To"),
        subject=_header(message, "Subject"),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(_writable(str(message.get(name, ""))).split())
    except _ODD:
        return ""


def _is_body(part: EmailMessage, media_type: str) -> bool:
    return part.get_content_type() == media_type and not part.is_attachment()


def _content(part: EmailMessage) -> str:
    try:
        return _writable(str(part.get_content()))
    except _ODD:
        return _bytes(part).decode("latin-1")


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _file_name(part: EmailMessage, number: int) -> str:
    try:
        return _writable(part.get_filename() or f"bilaga-{number}")
    except _ODD:
        return f"bilaga-{number}"


def _writable(text: str) -> str:
    # The parser keeps bytes it cannot read as lone surrogates, which no page can hold.
    return text.encode("utf-8", "replace").decode()
