"""One mail taken apart: its head, its words, what its servers report, what it sends back. Pure.

Whatever the bytes are, a mail comes out. What cannot be taken apart is a mail without parts,
which a person looks at.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from itertools import islice

from notifications.incoming.words import (
    header_words,
    octets_of,
    shown_text,
    text_of,
    undone,
    where_sent_back,
)

MOST_PARTS = 500
MOST_HEADERS = 2000
MOST_BLANK_LINES = 50_000
"""Each may begin a part, which takes the parser a hundred times as long as a line of a file."""
DEEPEST = 12
"""How far parts within parts are followed; mail programs stay below five."""
_LONGEST_RETURNED = 200_000
_STATUS = ("message/delivery-status", "message/global-delivery-status")
_RECEIPTS = ("message/disposition-notification", "message/global-disposition-notification")
_COMPLAINT = "message/feedback-report"
_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]*)[ \t]*:[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_log = logging.getLogger(__name__)

Fields = Mapping[str, str]
"""The fields of one block, by their names in small letters."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that came with a mail, as it came."""

    name: str
    media_type: str
    octets: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMail:
    """A mail, taken apart."""

    head: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Every header's values, in the order they stand, by its name in small letters."""
    content_type: str = "text/plain"
    report_type: str = ""
    """Of a report (RFC 6522): "delivery-status", "disposition-notification" and the like."""
    text: str = ""
    """What a reader sees of it: its plain text, else what its HTML shows."""
    words: str = ""
    """All its text, plain and out of HTML, for finding what a server says in it."""
    status: tuple[Fields, ...] = ()
    """The blocks of what a server reports (RFC 3464), or a reader's program (RFC 8098)."""
    returned: tuple[str, ...] = ()
    """Each mail that is sent back with it, or its head, as text."""
    enclosed: tuple[Enclosed, ...] = ()
    is_readable: bool = True

    def first(self, name: str) -> str:
        """A header's first value, or nothing."""
        return next(iter(self.head.get(name, ())), "")

    def has(self, name: str) -> bool:
        """Whether it has a header, if only an empty one."""
        return name in self.head


def read_mail(raw: bytes) -> ReadMail:
    """Take a mail apart. Never raises: what cannot be read is a mail without parts."""
    if raw.count(b"\n\n") + raw.count(b"\r\n\r\n") > MOST_BLANK_LINES:
        return ReadMail(is_readable=False)
    try:
        return _taken_apart(message_from_bytes(raw, policy=compat32))
    except (Exception, RecursionError):
        # A kind of damage that nobody has met yet must not stop the mail after it.
        _log.exception("a mail could not be taken apart")
        return ReadMail(is_readable=False)


def fields_of(text: str) -> list[Fields]:
    """The blocks of fields in a text, each folded line put together again."""
    blocks = re.split(r"\n[ \t]*\n\s*", text.replace("\r\n", "\n"))
    found = (
        {m[1].lower(): " ".join(m[2].split()) for m in reversed(list(_FIELD.finditer(block)))}
        for block in blocks
    )
    return [fields for fields in found if fields]


def _taken_apart(whole: Message) -> ReadMail:
    plain: list[str] = []
    shown: list[str] = []
    status: list[Fields] = []
    returned: list[str] = []
    enclosed: list[Enclosed] = []
    for part in _parts(whole):
        kind = part.get_content_type()
        if part is not whole and part.get("Message-ID"):
            # A server that forgets the blank line between a part's head and the mail it returns.
            returned.append(_head_text(part))
        if kind in (*_STATUS, *_RECEIPTS):
            status += fields_of(_inside(part))
        elif _is_returned(kind):
            returned.append(_inside(part))
            if not _names_a_report(whole):
                enclosed.append(_mail_enclosed(part))
        elif _is_text(part):
            (shown if kind == "text/html" else plain).append(text_of(part))
        elif (one := _file(part)) is not None:
            enclosed.append(one)
            if kind.startswith("text/") and where_sent_back(words := text_of(part)) is not None:
                returned.append(words[:_LONGEST_RETURNED])
    from_html = [shown_text(html) for html in shown]
    text = "\n\n".join(words.strip() for words in plain if words.strip())
    return ReadMail(
        head=_head(whole),
        content_type=whole.get_content_type(),
        report_type=_report_type(whole),
        text=text or "\n\n".join(words for words in from_html if words),
        words="\n\n".join((*plain, *from_html)),
        status=tuple(status),
        returned=tuple(returned),
        enclosed=tuple(enclosed),
    )


def _parts(whole: Message) -> Iterator[Message]:
    """The parts that hold something, in order; a mail inside it is one part and not opened."""
    waiting: list[tuple[Message, int]] = [(whole, 0)]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part, depth = waiting.pop()
        seen += 1
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            if depth < DEEPEST:
                waiting += [(one, depth + 1) for one in reversed(_messages(inner))]
        else:
            yield part


def _messages(inner: object) -> list[Message]:
    found = inner if isinstance(inner, list) else []
    return [one for one in found if isinstance(one, Message)]


def _head(whole: Message) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    # Raw: the other way every byte that is not ASCII comes as a mark in its place.
    for name, value in islice(whole.raw_items(), MOST_HEADERS):
        found.setdefault(str(name).lower(), []).append(header_words(value))
    return {name: tuple(values) for name, values in found.items()}


def _report_type(whole: Message) -> str:
    """What it says it reports, else what its parts are the report of."""
    named = whole.get_param("report-type")
    if isinstance(named, str) and named:
        return named.strip().lower()
    kinds = [one.get_content_type() for one in _messages(whole.get_payload())]
    if any(kind in _STATUS for kind in kinds):
        return "delivery-status"
    if any(kind in _RECEIPTS for kind in kinds):
        return "disposition-notification"
    return "feedback-report" if _COMPLAINT in kinds else ""


def _names_a_report(whole: Message) -> bool:
    return whole.get_content_type() == "multipart/report" or bool(_report_type(whole))


def _is_returned(kind: str) -> bool:
    """A mail inside the mail, or its head: sent back, or forwarded."""
    if kind == _COMPLAINT:
        return False
    return kind.startswith("message/") or "rfc822" in kind


def _inside(part: Message) -> str:
    """A message part's text: heads and bodies as they stand, their encoding undone."""
    inner = part.get_payload()
    blocks: list[str] = []
    if isinstance(inner, list):
        for one in _messages(inner):
            blocks.append(_head_text(one))
            body = one.get_payload()
            if isinstance(body, str):
                blocks.append(body)
    else:
        blocks.append(text_of(part))
    text = "\n\n".join(block for block in blocks if block)[:_LONGEST_RETURNED]
    return undone(text, str(part.get("Content-Transfer-Encoding", "")))


def _head_text(part: Message) -> str:
    return "\n".join(f"{name}: {value}" for name, value in part.items())


def _is_text(part: Message) -> bool:
    """Words to read; also of a mail whose parts cannot be told apart, because a mark is missing."""
    kind = part.get_content_maintype()
    return kind == "multipart" or (kind == "text" and not _is_file(part))


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_name(part))


def _name(part: Message) -> str:
    try:
        return header_words(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        return ""


def _file(part: Message) -> Enclosed | None:
    """A file; not a picture that the text itself shows, as the logotype of a signature is."""
    kind = part.get_content_type()
    is_shown = part.get("Content-ID") is not None and part.get_content_disposition() != "attachment"
    if is_shown and kind.startswith("image/"):
        return None
    octets = octets_of(part)
    return Enclosed(_name(part) or "bilaga", kind, octets) if octets else None


def _mail_enclosed(part: Message) -> Enclosed:
    whole = next(iter(_messages(part.get_payload())), part)
    subject = header_words(whole.get("Subject", ""))
    try:
        octets = whole.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError):
        octets = _inside(part).encode("utf-8", "replace")
    return Enclosed(_name(part) or f"{subject or 'brev'}.eml", "message/rfc822", octets)
