"""How long 500 mails through our Apprise plugin take, against smtplib on one connection.

Floor and product send equally rich messages (text, HTML, the same headers, a calendar file)
to one sink in a process of its own, in turns within one run, so that only the ratio counts.
"""

import multiprocessing
import smtplib
import socketserver
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from multiprocessing.connection import Connection
from statistics import median

from agenda.installation.settings import MailSecurity, Settings
from notifications.post.channels import Channels
from notifications.post.outgoing import Outgoing, Result
from tests.bench.measuring import Figure

MAILS = 500
ROUNDS = 3

_CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//sv\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    b"DTSTART;VALUE=DATE:20201002\r\nSUMMARY:Svar senast\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
_SENTENCE = "Vi har ännu inte fått ert inspel till den länsgemensamma påverkansagendan. "
_PARAGRAPH = f"<p>{_SENTENCE * 2}</p>\n"
_MESSAGE = Outgoing(
    message_id="<0@regionen.example>",
    date_at=datetime(2020, 8, 21, 6, 0, tzinfo=UTC),
    sender="agendan@regionen.example",
    sender_name="Region Jämtland Härjedalen",
    recipient="registrator@berg.example",
    recipient_name="Bergs kommun",
    reply_to="samordnare@regionen.example",
    reply_to_name="Åsa Samordnare",
    subject="Påminnelse: inspel senast fredag 2 oktober 2020",
    text=f"{_SENTENCE * 2}\n\n" * 8,
    html=f'<html lang="sv"><body>{_PARAGRAPH * 8}</body></html>',
    language="sv",
    in_reply_to="<invitation@regionen.example>",
    calendar=_CALENDAR,
    key="inspel/paminnelse-30/berg",
)


class _Sink(socketserver.StreamRequestHandler):
    """Says yes to everything and keeps nothing: the least a mail server can do."""

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        for line in self.rfile:
            match line[:4].upper():
                case b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    while self.rfile.readline() != b".\r\n":
                        pass
                case b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
            self.wfile.write(b"250 OK\r\n")


def _serve(told: Connection) -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Sink) as server:
        told.send(server.server_address[1])
        server.serve_forever()


def _messages(attempt: int) -> list[Outgoing]:
    return [
        replace(_MESSAGE, message_id=f"<{attempt}.{number}@regionen.example>")
        for number in range(MAILS)
    ]


def _built(outgoing: Outgoing) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address(outgoing.sender_name, addr_spec=outgoing.sender)
    message["To"] = Address(outgoing.recipient_name, addr_spec=outgoing.recipient)
    message["Reply-To"] = Address(outgoing.reply_to_name, addr_spec=outgoing.reply_to)
    message["Subject"] = outgoing.subject
    message["Date"] = format_datetime(outgoing.date_at)
    message["Message-ID"] = outgoing.message_id
    message["In-Reply-To"] = message["References"] = outgoing.in_reply_to
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message["Content-Language"] = outgoing.language
    message["X-Agenda-Key"] = outgoing.key
    message.set_content(outgoing.text)
    message.add_alternative(outgoing.html, subtype="html")
    message.add_attachment(
        outgoing.calendar, maintype="text", subtype="calendar", filename="frist.ics"
    )
    return message


def _by_smtplib(port: int, messages: list[Outgoing]) -> None:
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for outgoing in messages:
            smtp.send_message(_built(outgoing))


def _by_channels(port: int, messages: list[Outgoing]) -> None:
    settings = Settings(
        _env_file=None,
        mail_server="127.0.0.1",
        mail_port=port,
        mail_security=MailSecurity.PLAIN,
        mail_from=_MESSAGE.sender,
    )
    with Channels(settings) as channels:
        results = {channels.send(outgoing).result for outgoing in messages}
    if results != {Result.SENT}:
        raise RuntimeError(f"not every mail was sent: {results}")


def _seconds(send: Callable[[int, list[Outgoing]], None], port: int, attempt: int) -> float:
    messages = _messages(attempt)
    started_at = time.perf_counter()
    send(port, messages)
    return time.perf_counter() - started_at


def measure() -> list[Figure]:
    """Our plugin against smtplib. Takes about ten seconds."""
    spawn = multiprocessing.get_context("spawn")
    heard, told = spawn.Pipe(duplex=False)
    sink = spawn.Process(target=_serve, args=(told,), daemon=True)
    sink.start()
    try:
        port = heard.recv()
        ratios = [
            _seconds(_by_channels, port, attempt) / _seconds(_by_smtplib, port, attempt)
            for attempt in range(ROUNDS)
        ]
    finally:
        sink.terminate()
        sink.join()
    name = f"{MAILS} brev genom Apprise med vår insticksmodul mot smtplib på en anslutning"
    return [Figure(name, median(ratios), "x", "högst 1,25")]
