"""Which of our messages a mail speaks of: every identifier in it, the surest first. Pure.

Whether one of them is ours the outbox says: here they are only found.
"""

import re
from collections.abc import Iterator

from notifications.incoming.mail import ReadMail
from notifications.incoming.words import header_words

MOST = 60
_ID = re.compile(r"<\s{0,9}([^<>\s@]{1,240}@[^<>\s@]{1,240})\s{0,9}>")
_ID_LINE = re.compile(
    r"^[>| \t]*(?:X-)?(?:Original-)?Message-ID[ \t]*:\s{0,80}<?\s{0,9}"
    r"([^<>\s@]{1,240}@[^<>\s@]{1,240})",
    re.IGNORECASE | re.MULTILINE,
)
_KEY_LINE = re.compile(
    r"^[>| \t]*X-Agenda-Key[ \t]*:\s*(\S.*(?:\n[ \t]+\S.*)*)", re.IGNORECASE | re.MULTILINE
)
_XTEXT = re.compile(r"\+([0-9A-F]{2})")
_THREAD = ("in-reply-to", "references", "x-original-message-id", "original-message-id")


def ids_of(mail: ReadMail) -> tuple[str, ...]:
    """The Message-IDs that a mail names, in angle brackets: the surest first, its own left out.

    Envelope identifier; what it answers; what it sends back, whose own Message-ID stands
    before those of the mails that it answers; last whatever looks like one, addresses too.
    """
    texts = (*mail.returned, mail.words)
    loose = (f"<{one}>" for text in texts for one in _ID.findall(text))
    found = dict.fromkeys((*named_ids_of(mail), *loose))
    found.pop(_bracketed(mail.first("message-id")), None)
    return tuple(found)[:MOST]


def named_ids_of(mail: ReadMail) -> tuple[str, ...]:
    """Those of them that the mail itself calls a Message-ID, or an envelope's."""
    found = dict.fromkeys(f"<{one}>" for one in _named(mail))
    found.pop(_bracketed(mail.first("message-id")), None)
    return tuple(found)[:MOST]


def keys_of(mail: ReadMail) -> tuple[str, ...]:
    """Our own header as it comes back: some servers replace a Message-ID, none touches this."""
    texts = (*mail.returned, mail.words)
    keys = (header_words(key) for text in texts for key in _KEY_LINE.findall(text))
    return tuple(dict.fromkeys(keys))[:MOST]


def _named(mail: ReadMail) -> Iterator[str]:
    for fields in mail.status:
        yield from _envelope(fields.get("original-envelope-id", ""))
        for name in ("x-original-message-id", "original-message-id", "message-id"):
            yield from _in(fields.get(name, ""))
    for name in _THREAD:
        for value in mail.head.get(name, ()):
            yield from _in(value)
    for text in (*mail.returned, mail.words):
        yield from _ID_LINE.findall(text)


def _envelope(value: str) -> Iterator[str]:
    """The envelope identifier (RFC 3461 4.4): the Message-ID without its brackets, as xtext."""
    text = _XTEXT.sub(lambda sign: chr(int(sign[1], 16)), value.strip()).strip("<>")
    if re.fullmatch(r"[^<>\s@]{1,240}@[^<>\s@]{1,240}", text):
        yield text


def _in(value: str) -> list[str]:
    return _ID.findall(value) or re.findall(r"[^<>\s@]{1,240}@[^<>\s@]{1,240}", value)


def _bracketed(value: str) -> str:
    return f"<{value.strip().strip('<>').strip()}>"
