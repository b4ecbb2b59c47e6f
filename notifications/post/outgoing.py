"""One message on its way to one recipient, and what became of it.

Pure: knows neither the database nor the mail server.
"""

import html
import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from agenda.words.addresses import channel_schema, shown_address

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
_LONGEST_LINE = 900
"""Octets; RFC 5321 section 4.5.3.1.6 allows 998, some is left for what surrounds the value."""

_HEADERS = {
    "message_id": "Message-ID",
    "sender": "avsändarens adress",
    "sender_name": "avsändarens namn",
    "recipient": "mottagarens adress",
    "recipient_name": "mottagarens namn",
    "reply_to": "svarsadressen",
    "reply_to_name": "svarsadressens namn",
    "subject": "ämnesraden",
    "language": "språket",
    "in_reply_to": "hänvisningen till ett tidigare brev",
    "key": "brevets nyckel",
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered message to exactly one recipient.

    Two attempts to send it give the same bytes: everything that would differ is in here.
    """

    message_id: str
    """`<...@domain>`, minted once by the outbox (RFC 5322 section 3.6.4)."""
    date_at: datetime
    """The Date header, with a time zone, minted once."""
    sender: str
    sender_name: str
    recipient: str
    """An e-mail address, or another channel's Apprise URL."""
    recipient_name: str
    reply_to: str
    reply_to_name: str
    subject: str
    text: str
    html: str
    language: str
    """`sv` or `en`; becomes Content-Language (RFC 3282)."""
    in_reply_to: str | None = None
    """The invitation's Message-ID: mail programs show reminders under it."""
    calendar: bytes | None = None
    """An iCalendar file."""
    calendar_method: str | None = None
    """None: a plain attachment. REQUEST or CANCEL: an alternative too (RFC 6047 section 2.4)."""
    key: str = ""
    """The header X-Agenda-Key: some relays replace the Message-ID, none touches this."""


class Result(StrEnum):
    """What became of an attempt."""

    SENT = "sent"
    """The mail server, or the channel, has taken responsibility for the message."""
    LATER = "later"
    """4xx, no connection, no login: the message is good, try again."""
    NEVER = "never"
    """5xx, or refused by us: somebody has to mend the address or the message."""
    UNCERTAIN = "uncertain"
    """No answer after the final dot. Try again: the Message-ID is the same."""


class FailedAt(StrEnum):
    """Where an attempt failed: chooses the advice that goes with it."""

    NAME = "name"
    CONNECTION = "connection"
    SILENT = "silent"
    """Not even a greeting: nobody is let in."""
    TIMEOUT = "timeout"
    """Silence in the middle of a letter, which may be the letter's own doing."""
    LOST = "lost"
    TLS = "tls"
    CERTIFICATE = "certificate"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"
    MESSAGE = "message"
    CHANNEL = "channel"


_OF_THE_SERVER = {
    FailedAt.NAME,
    FailedAt.CONNECTION,
    FailedAt.SILENT,
    FailedAt.TLS,
    FailedAt.CERTIFICATE,
    FailedAt.LOGIN,
    FailedAt.SENDER,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one attempt to send one message."""

    result: Result
    code: int | None
    """The mail server's reply code (RFC 5321 section 4.2), when it gave one."""
    said: str
    """The server's own words, or a sentence of ours in Swedish."""
    trouble: FailedAt | None = None
    """Where it failed; None when it did not."""

    @property
    def is_about_server(self) -> bool:
        """Whether the next message would fail in the same way: stop, and tell the coordinator."""
        return self.trouble in _OF_THE_SERVER


def refused(why: str) -> Outcome:
    """What becomes of a message that we ourselves do not let out."""
    return Outcome(Result.NEVER, None, why, FailedAt.MESSAGE)


def header_fault(outgoing: Outgoing) -> str | None:
    """Why the message must not leave, as a Swedish sentence; None when it may.

    A line break in a name or a subject would let its author write headers of their own,
    a further recipient among them, so such a message is refused, not mended.
    """
    for field, header in _HEADERS.items():
        value = getattr(outgoing, field) or ""
        if _CONTROL.search(value):
            return (
                f"Brevet skickades inte: {header} innehåller en radbrytning eller ett styrtecken."
            )
        if field != "subject" and len(value) > _LONGEST_LINE:
            return f"Brevet skickades inte: {header} är längre än {_LONGEST_LINE} tecken."
    return _misshapen(outgoing)


def _misshapen(outgoing: Outgoing) -> str | None:
    faults = {
        "det saknar ämnesrad eller text": not (outgoing.subject.strip() and outgoing.text.strip()),
        "texten innehåller tecken som inte går att skicka": bool(
            _UNSENDABLE.search(outgoing.text) or _UNSENDABLE.search(outgoing.html)
        ),
        "Message-ID har fel form": not all(
            _MESSAGE_ID.fullmatch(value)
            for value in (outgoing.message_id, outgoing.in_reply_to)
            if value is not None
        ),
        "datumet saknar tidszon": outgoing.date_at.tzinfo is None,
        "språket ska vara till exempel sv": not _LANGUAGE.fullmatch(outgoing.language),
        "kalenderns metod ska vara REQUEST eller CANCEL": outgoing.calendar_method
        not in (None, "REQUEST", "CANCEL"),
    }
    found = next((fault for fault, is_so in faults.items() if is_so), None)
    return f"Brevet skickades inte: {found}." if found else None


def redirected(outgoing: Outgoing, *, to: str) -> Outgoing:
    """The same message to the trial's address, saying whom it would have gone to.

    A channel's URL is itself a key to the channel, so only its schema is named.
    """
    meant = shown_address(outgoing.recipient)
    if not channel_schema(outgoing.recipient):
        meant = f"<{meant}>"
    whom = f"{outgoing.recipient_name} {meant}".strip()
    note = f"Provutskick: skulle ha gått till {whom}"
    paragraph = f"<p><strong>{html.escape(note)}</strong></p>"
    body = _BODY.search(outgoing.html)
    at = body.end() if body else 0
    return replace(
        outgoing,
        recipient=to,
        recipient_name="",
        subject=f"[Provutskick till {whom}] {outgoing.subject}",
        text=f"{note}\n\n{outgoing.text}",
        html=outgoing.html[:at] + paragraph + outgoing.html[at:],
    )
