"""A mailbox that a test fills, and the mails that servers and people put into it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from sqlmodel import select

from agenda.models import Contact, IncomingMail, Message, MessageState
from agenda.storage.store import reading
from notifications.incoming.fetched import CannotRead, Fetched, Position
from notifications.incoming.looking import look
from tests.rounds_under_way import OFFICE, RoundUnderWay, sv

USER_UNKNOWN = "550 5.1.1 User unknown in virtual mailbox table"
FULL = "552 5.2.2 Mailbox full"
_numbers = count(1)


@dataclass
class Inbox:
    """A source of mail that stands still until a test puts something in."""

    name: str = "svar@regionen.example"
    mails: list[tuple[bytes, datetime]] = field(default_factory=list)
    validity: int = 1
    away: str = ""
    breaks_after: int | None = None
    """Ends with a fault of ours after so many mails, as a process that is killed does."""

    def put(self, raw: bytes, at: str) -> None:
        self.mails.append((raw, sv(at)))

    def fetch(self, position: Position, *, since: date) -> Iterator[Fetched]:
        if self.away:
            raise CannotRead(self.away)
        read_to = position.read_to if position.validity == self.validity else 0
        for given, (uid, (raw, at)) in enumerate(enumerate(self.mails[read_to:], read_to + 1)):
            if given == self.breaks_after:
                raise KeyboardInterrupt
            yield Fetched(f"{self.validity}:{uid}", raw, at, Position(self.validity, uid))


def bounce(
    message: Message,
    said: str = USER_UNKNOWN,
    *,
    action: str = "failed",
    about: str | None = None,
    to: str | None = None,
) -> bytes:
    """What a server sends back of a message; `about` another id, or none at all for ""."""
    named = message.message_id if about is None else about
    head = f"Message-ID: {named}\n" if named else ""
    status = said.split()[1]
    address = to or message.recipient
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example
To: agendan@regionen.example
Message-ID: <bounce{next(_numbers)}@mx.example>
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

It did not arrive.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--B
Content-Type: text/rfc822-headers

From: agendan@regionen.example
To: {address}
{head}
--B--
""".encode()


def letter(
    sender: str,
    text: str = "Vi föreslår Väg 84.",
    *,
    answers: str | None = None,
    more: str = "",
    parts: str = "",
) -> bytes:
    """A mail that a person has written, or their program with a header more."""
    thread = f"In-Reply-To: {answers}\n" if answers else ""
    content = 'multipart/mixed; boundary="L"' if parts else "text/plain; charset=utf-8"
    body = f"--L\nContent-Type: text/plain; charset=utf-8\n\n{text}\n{parts}--L--\n"
    return f"""Return-Path: <{sender}>
From: Anna Ek <{sender}>
To: svar@regionen.example
Subject: Sv: Inspel
Message-ID: <letter{next(_numbers)}@mail.example>
{thread}{more}MIME-Version: 1.0
Content-Type: {content}

{body if parts else text}
""".encode()


def look_into(under_way: RoundUnderWay, inbox: Inbox, at: str) -> int:
    return look(under_way.engine, OFFICE, inbox, now=sv(at))


def mails_in(under_way: RoundUnderWay) -> list[IncomingMail]:
    with reading(under_way.engine) as session:
        return list(session.exec(select(IncomingMail).order_by(IncomingMail.id)))


def contact_of(under_way: RoundUnderWay, address: str) -> Contact:
    with reading(under_way.engine) as session:
        return session.exec(select(Contact).where(Contact.address == address)).one()


def state_of(under_way: RoundUnderWay, message: Message) -> MessageState:
    with reading(under_way.engine) as session:
        return session.get_one(Message, message.id).state
