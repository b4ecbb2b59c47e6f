"""One reused connection to the mail server, and one outcome per message (RFC 5321).

The dialogue is written out, command by command, because what may be repeated depends on
how far it came: before DATA a lost connection costs nothing, after the final dot nobody
can know whether the message was taken.
"""

import base64
import re
import smtplib
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from agenda.settings import MailSecurity, Settings
from notifications.mail_trouble import NoLogin, is_timeout, sentence, trouble_of
from notifications.outgoing import Outcome, Result, Trouble, refused

_PORTS = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.PLAIN: 25}
_IDLE_SECONDS = 20
"""Servers hang up on idle clients; asking a dead connection costs a whole timeout."""
_MESSAGES_PER_CONNECTION = 500
_GOODBYE_SECONDS = 2
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_LONGEST_ANSWER = 500
_TROUBLES = (OSError, ValueError)
"""smtplib's errors are OSErrors; a server name that cannot be one gives a ValueError."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over. The password is kept out of `repr`, which logs would show."""

    host: str
    port: int
    security: MailSecurity
    user: str | None
    password: str | None
    timeout_seconds: float

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port}, {self.security})"

    @classmethod
    def of(cls, settings: Settings) -> "Server":
        """The configured mail server; without one, the local mailbox on loopback."""
        timeout = settings.mail_timeout_seconds
        if settings.mail_server is None:
            port = settings.mailbox_port
            return cls("127.0.0.1", port, MailSecurity.PLAIN, None, None, timeout)
        security, secret = settings.mail_security, settings.mail_password
        return cls(
            host=settings.mail_server,
            port=settings.mail_port or _PORTS[security],
            security=security,
            user=settings.mail_user,
            password=secret.get_secret_value() if secret else None,
            timeout_seconds=timeout,
        )


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the mail server is told: from whom, to whom, and the message's bytes."""

    sender: str
    recipient: str
    content: bytes
    is_international: bool = False
    """An address is not ASCII: only a server with SMTPUTF8 may have it (RFC 6531)."""


class SmtpPost:
    """Hands messages to one server over one connection. Threads take turns."""

    def __init__(self, server: Server, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.server = server
        self._monotonic = monotonic
        self._turn = threading.Lock()
        self._smtp: smtplib.SMTP | None = None
        self._messages = 0
        self._used_at = 0.0

    def post(self, envelope: Envelope) -> Outcome:
        """Hand over one message. Trouble with server or network is an outcome, not an error."""
        with self._turn:
            outcome = self._attempt(envelope)
            self._used_at = self._monotonic()
            if outcome.trouble in (Trouble.LOST, Trouble.TIMEOUT) or outcome.code == 421:
                self._drop()
            return outcome

    def close(self) -> None:
        """Take leave of the server; the next message opens a new connection."""
        with self._turn:
            self._leave()

    def _attempt(self, envelope: Envelope) -> Outcome:
        self._retire()
        was_open = self._smtp is not None
        try:
            refusal = self._introduce(envelope)
        except _TROUBLES as error:
            self._drop()
            if not was_open or is_timeout(error):
                return self._no_service(error)
            # The server hung up on the connection kept from the last message. Nothing of
            # this one has left yet, so starting over cannot make two of it.
            try:
                refusal = self._introduce(envelope)
            except _TROUBLES as again:
                self._drop()
                return self._no_service(again)
        return refusal or self._hand_over(envelope.content)

    def _introduce(self, envelope: Envelope) -> Outcome | None:
        """Everything before DATA. An outcome means that the server, or we, said no."""
        smtp = self._connected()
        if envelope.is_international and not smtp.has_extn("smtputf8"):
            return refused(
                "Brevet skickades inte: adressen har andra tecken än a–z före @ "
                "och mailservern tar inte emot sådana (SMTPUTF8)."
            )
        options = ["SMTPUTF8", "BODY=8BITMIME"] if envelope.is_international else []
        code, said = smtp.mail(envelope.sender, options)
        if code == 421:  # how servers say goodbye to a connection that was kept too long
            raise smtplib.SMTPResponseException(code, said)
        if code // 100 != 2:
            self._reset()
            # 530: the server wants a login before anything else (RFC 4954 section 6). That is
            # mended in the settings, so the message must stay in the queue.
            return _login_wanted(code, said) if code == 530 else _answer(code, said, Trouble.SENDER)
        code, said = smtp.rcpt(envelope.recipient)
        if code // 100 != 2:
            self._reset()
            return _answer(code, said, Trouble.RECIPIENT)
        return None

    def _hand_over(self, content: bytes) -> Outcome:
        """DATA and what follows; never repeated here, whatever happens."""
        smtp = self._connected()
        ending = b"" if content.endswith(b"\r\n") else b"\r\n"
        try:
            code, said = smtp.docmd("DATA")
            if code != 354:
                self._reset()
                return _answer(code, said, Trouble.CONTENT)
            # One call with the final dot last: if it fails, the dot has not left.
            smtp.send(_LEADING_DOT.sub(b"..", content) + ending + b".\r\n")
        except _TROUBLES as error:
            self._drop()
            return self._no_service(error)
        self._messages += 1
        try:
            code, said = smtp.getreply()
        except OSError:
            code, said = -1, b""
        if code // 100 in (2, 4, 5):
            return _answer(code, said, Trouble.CONTENT)
        self._drop()
        return Outcome(
            Result.UNCERTAIN,
            None,
            "Brevet lämnades till mailservern, som aldrig svarade att det är mottaget.",
            Trouble.LOST,
        )

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = self._connect()
            self._messages = 0
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        if server.security is MailSecurity.TLS:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout_seconds, context=self._trust
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
        try:
            smtp.ehlo_or_helo_if_needed()
            if server.security is MailSecurity.STARTTLS:
                smtp.starttls(context=self._trust)
                smtp.ehlo()
            if server.user is not None and server.password is not None:
                _log_in(smtp, server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        # Reading the system's certificates takes 28 ms; SSL_CERT_FILE adds an own authority.
        return ssl.create_default_context()

    def _retire(self) -> None:
        """Give up a connection that the server is likely to have given up already."""
        if self._messages >= _MESSAGES_PER_CONNECTION:
            self._leave()
        elif self._monotonic() - self._used_at > _IDLE_SECONDS:
            self._drop()

    def _reset(self) -> None:
        """Forget a half-made envelope, so that the next message starts clean."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except OSError:
            self._drop()

    def _leave(self) -> None:
        if self._smtp is not None and self._smtp.sock is not None:
            self._smtp.sock.settimeout(_GOODBYE_SECONDS)
            with suppress(OSError):
                self._smtp.quit()
        self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def _no_service(self, error: Exception) -> Outcome:
        """What an exception before the final dot means: always LATER, and in which trouble."""
        code = getattr(error, "smtp_code", None)
        said = getattr(error, "smtp_error", None)
        if said is not None:
            return Outcome(Result.LATER, code, _words(said), trouble_of(error))
        server = self.server
        words = sentence(
            error, host=server.host, port=server.port, timeout_seconds=server.timeout_seconds
        )
        return Outcome(Result.LATER, None, words, trouble_of(error))


def _log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    if user.isascii() and password.isascii():
        try:
            smtp.login(user, password)
        except (smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected):
            raise
        except smtplib.SMTPException as error:
            raise NoLogin from error
        return
    # smtplib cannot encode these; PLAIN is defined to carry UTF-8 (RFC 4616 section 2).
    if "PLAIN" not in smtp.esmtp_features.get("auth", "").upper().split():
        raise NoLogin
    secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, said = smtp.docmd("AUTH", f"PLAIN {secret}")
    if code // 100 != 2:
        raise smtplib.SMTPAuthenticationError(code, said)


def _answer(code: int, said: bytes, trouble: Trouble) -> Outcome:
    if code // 100 == 2:
        return Outcome(Result.SENT, code, _words(said))
    result = Result.NEVER if code // 100 == 5 else Result.LATER
    return Outcome(result, code, _words(said), trouble)


def _login_wanted(code: int, said: bytes) -> Outcome:
    return Outcome(Result.LATER, code, _words(said), Trouble.LOGIN)


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return _CONTROL.sub(" ", text).strip()[:_LONGEST_ANSWER]
