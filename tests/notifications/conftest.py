"""A real mail server on loopback that can be told to misbehave, and a message to send."""

import asyncio
import ssl
import threading
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from agenda.installation.settings import MailSecurity, Settings
from notifications.post.outgoing import Outgoing

DROP, SILENCE = "drop the connection", "never answer"


@dataclass(frozen=True)
class Received:
    """One mail as the server took it."""

    sender: str
    recipients: list[str]
    content: bytes
    connection: tuple[str, int]

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)


@dataclass
class MailServer:
    """aiosmtpd in a thread. `answer()` scripts what it says, command by command."""

    tls: ssl.SSLContext | None = None
    is_tls_from_start: bool = False
    login: tuple[str, str] | None = None
    offers_smtputf8: bool = True
    port: int = 0
    mails: list[Received] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._script: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._sessions: list[SMTP] = []
        self._stop: Any = None
        self._thread: threading.Thread | None = None

    def answer(self, verb: str, *answers: str, to: str = "") -> None:
        """What the next commands get, in turn: a reply, DROP or SILENCE. Then all is well."""
        self._script[verb, to] += answers

    @property
    def connections(self) -> int:
        """Over how many connections the mails came."""
        return len({mail.connection for mail in self.mails})

    def start(self) -> None:
        is_ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(is_ready)))
        self._thread.start()
        is_ready.wait(10)

    def stop(self) -> None:
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(10)
        self._thread = None

    def hang_up(self) -> None:
        """Close every connection, as servers do with idle ones."""

        async def abort() -> None:
            self._abort()

        asyncio.run_coroutine_threadsafe(abort(), self._loop).result(10)

    async def _serve(self, is_ready: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        listening = await self._loop.create_server(
            self._session,
            "127.0.0.1",
            self.port,
            ssl=self.tls if self.is_tls_from_start else None,
        )
        self.port = listening.sockets[0].getsockname()[1]
        is_ready.set()
        await self._stop.wait()
        listening.close()
        self._abort()

    def _session(self) -> SMTP:
        is_starttls = self.tls is not None and not self.is_tls_from_start
        session = SMTP(
            self,
            tls_context=self.tls if is_starttls else None,
            require_starttls=is_starttls,
            enable_SMTPUTF8=self.offers_smtputf8,
            authenticator=self._authenticate if self.login else None,
            auth_require_tls=self.login is None,
            loop=self._loop,
        )
        self._sessions.append(session)
        return session

    def _abort(self) -> None:
        for session in self._sessions:
            if session.transport is not None:
                session.transport.abort()
        self._sessions.clear()

    def _authenticate(self, server, session, envelope, mechanism, given) -> AuthResult:
        self.logins.append((given.login.decode(), given.password.decode()))
        is_right = self.logins[-1] == self.login
        # Without `handled`, aiosmtpd leaves the refusal to us and says nothing.
        return AuthResult(success=is_right, handled=False)

    def _scripted(self, verb: str, to: str = "") -> str | None:
        answers = self._script[verb, to] or self._script[verb, ""]
        return answers.pop(0) if answers else None

    async def _said(self, server: SMTP, scripted: str | None, *, usual: str) -> str:
        if scripted == DROP:
            server.transport.abort()
        if scripted in (DROP, SILENCE):
            await asyncio.Event().wait()
        return scripted or usual

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        scripted = self._scripted("MAIL")
        envelope.mail_from = None if scripted else address
        return await self._said(server, scripted, usual="250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        scripted = self._scripted("RCPT", address)
        if scripted is None:
            envelope.rcpt_tos.append(address)
        return await self._said(server, scripted, usual="250 OK")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        scripted = self._scripted("DATA")
        if scripted in (None, DROP, SILENCE):
            self.mails.append(
                Received(envelope.mail_from, envelope.rcpt_tos, envelope.content, session.peer)
            )
        return await self._said(server, scripted, usual="250 2.0.0 OK queued as 4711")


@pytest.fixture
def mail_servers():
    """Start a mail server: `mail_servers(tls=..., login=...)`; all stop with the test."""
    started: list[MailServer] = []

    def start(**choices: Any) -> MailServer:
        started.append(MailServer(**choices))
        started[-1].start()
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def mail_server(mail_servers) -> MailServer:
    """A mail server without encryption."""
    return mail_servers()


@pytest.fixture
def settings_for():
    """The settings of an installation that sends through a server of ours."""

    def settings(server: MailServer, **choices: Any) -> Settings:
        values = {
            "mail_server": "127.0.0.1",
            "mail_port": server.port,
            "mail_security": MailSecurity.PLAIN,
            "mail_from": "agendan@regionen.example",
            "mail_timeout_seconds": 10,
        }
        return Settings(_env_file=None, **(values | choices))

    return settings


@pytest.fixture
def outgoing():
    """A message, with whatever the test wants otherwise: `outgoing(subject="Hej")`."""
    usual = Outgoing(
        message_id="<17.1@regionen.example>",
        date_at=datetime(2020, 8, 21, 6, 0, tzinfo=UTC),
        sender="agendan@regionen.example",
        sender_name="Region Jämtland Härjedalen",
        recipient="registrator@berg.example",
        recipient_name="Bergs kommun",
        reply_to="samordnare@regionen.example",
        reply_to_name="Åsa Samordnare",
        subject="Påminnelse: inspel senast fredag 2 oktober 2020",
        text="Hej!\n\nVi har inte fått ert inspel än.\n",
        html='<!doctype html><html lang="sv"><body><p>Vi har inte fått ert inspel än.</p></body>',
        language="sv",
        key="inspel/paminnelse-30/berg",
    )
    return lambda **changes: replace(usual, **changes)


@dataclass(frozen=True)
class Certificate:
    """A self-signed certificate for 127.0.0.1, and the server side that shows it."""

    path: Path
    context: ssl.SSLContext


def _certificate(folder: Path, *, from_at: datetime, until_at: datetime) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.regionen.example")])
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(from_at)
        .not_valid_after(until_at)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    path, key_path = folder / "certificate.pem", folder / "key.pem"
    path.write_bytes(certificate.public_bytes(pem))
    key_path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path, key_path)
    return Certificate(path, context)


@pytest.fixture
def certificate(tmp_path) -> Certificate:
    now = datetime.now(UTC)
    day = timedelta(days=1)
    return _certificate(tmp_path, from_at=now - day, until_at=now + day)


@pytest.fixture
def expired_certificate(tmp_path) -> Certificate:
    now = datetime.now(UTC)
    day = timedelta(days=1)
    return _certificate(tmp_path, from_at=now - 2 * day, until_at=now - day)
