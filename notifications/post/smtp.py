"""One reused connection to the mail server, and one outcome per message (RFC 5321).

The dialogue is written out, command by command, because what may be repeated depends on
how far it came: before DATA a lost connection costs nothing, after the final dot nobody
can know whether the message was taken.
"""

import re
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property

from agenda.installation.settings import MailSecurity
from notifications.post.mail_server import Server as Server
from notifications.post.mail_trouble import is_timeout, sentence, trouble_of
from notifications.post.outgoing import FailedAt, Outcome, Result, refused
from notifications.post.patience import before_the_dot_seconds
from notifications.post.sign_in import log_in, log_in_with_token

_IDLE_SECONDS = 20
"""Servers hang up on idle clients; asking a dead connection costs a whole timeout."""
_MESSAGES_PER_CONNECTION = 500
_GOODBYE_SECONDS = 2
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_LONGEST_ANSWER = 500
_LONGEST_ENVID = 100
_XTEXT_ALONE = re.compile(r"[^!-~]|[+=]")
"""What may not stand as it is in an envelope identifier (RFC 3461 section 4)."""
_TROUBLES = (OSError, ValueError)
"""smtplib's errors are OSErrors; a server name that cannot be one gives a ValueError."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the mail server is told: from whom, to whom, and the message's bytes."""

    sender: str
    recipient: str
    content: bytes
    is_international: bool = False
    """An address is not ASCII: only a server with SMTPUTF8 may have it (RFC 6531)."""
    identifier: str = ""
    """What a report of its fate is to name it by (ENVID, RFC 3461 section 4.4)."""


class SmtpPost:
    """Hands messages to one server over one connection. Threads take turns."""

    def __init__(self, server: Server, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.server = server
        self._monotonic = monotonic
        self._turn = threading.Lock()
        self._smtp: smtplib.SMTP | None = None
        self._opening: smtplib.SMTP | None = None
        self._is_late = False
        self._messages = 0
        self._used_at = 0.0

    def post(self, envelope: Envelope) -> Outcome:
        """Hand over one message. FailedAt with server or network is an outcome, not an error."""
        with self._turn:
            outcome = self._attempt(envelope)
            self._used_at = self._monotonic()
            if outcome.trouble in (FailedAt.LOST, FailedAt.TIMEOUT) or outcome.code == 421:
                self._drop()
            return outcome

    def close(self) -> None:
        """Take leave of the server; the next message opens a new connection."""
        with self._turn:
            self._leave()

    def _attempt(self, envelope: Envelope) -> Outcome:
        self._retire()
        with self._hanging_up_after(before_the_dot_seconds(self.server.timeout_seconds)):
            failed = self._introduced(envelope) or self._handed_over(envelope.content)
        return failed or self._taken()

    def _introduced(self, envelope: Envelope) -> Outcome | None:
        """Everything before DATA, over a new connection if the kept one was given up."""
        was_open = self._smtp is not None
        try:
            return self._introduce(envelope)
        except _TROUBLES as error:
            lost = self._no_service(error)
            if not was_open or is_timeout(error) or self._is_late:
                return lost
        # The server hung up on the connection kept from the last message. Nothing of
        # this one has left yet, so starting over cannot make two of it.
        try:
            return self._introduce(envelope)
        except _TROUBLES as again:
            return self._no_service(again)

    def _introduce(self, envelope: Envelope) -> Outcome | None:
        """Everything before DATA. An outcome means that the server, or we, said no."""
        smtp = self._connected()
        if envelope.is_international and not smtp.has_extn("smtputf8"):
            return refused(
                "Brevet skickades inte: adressen har andra tecken än a–z före @ "
                "och mailservern tar inte emot sådana (SMTPUTF8)."
            )
        code, said = smtp.mail(envelope.sender, _options(smtp, envelope))
        if code == 421:  # how servers say goodbye to a connection that was kept too long
            raise smtplib.SMTPResponseException(code, said)
        if code // 100 != 2:
            self._reset()
            # 530: the server wants a login before anything else (RFC 4954 section 6). That is
            # mended in the settings, so the message must stay in the queue.
            return (
                _login_wanted(code, said) if code == 530 else _answer(code, said, FailedAt.SENDER)
            )
        code, said = smtp.rcpt(envelope.recipient)
        if code // 100 != 2:
            self._reset()
            return _answer(code, said, FailedAt.RECIPIENT)
        return None

    def _handed_over(self, content: bytes) -> Outcome | None:
        """DATA and the content; an outcome means that the final dot has not left."""
        smtp = self._connected()
        ending = b"" if content.endswith(b"\r\n") else b"\r\n"
        try:
            if self._is_late:
                raise TimeoutError  # told as the server's other silences are
            code, said = smtp.docmd("DATA")
            if code != 354:
                self._reset()
                return _answer(code, said, FailedAt.CONTENT)
            # One call with the final dot last: if it fails, the dot has not left.
            smtp.send(_LEADING_DOT.sub(b"..", content) + ending + b".\r\n")
        except _TROUBLES as error:
            return self._no_service(error)
        return None

    def _taken(self) -> Outcome:
        """What the server says after the final dot; never repeated here, whatever happens."""
        smtp, seconds = self._connected(), self.server.taking_seconds
        self._messages += 1
        try:
            with self._hanging_up_after(seconds):
                self._wait_at_most(seconds)
                code, said = smtp.getreply()
                self._wait_at_most(self.server.timeout_seconds)
        except OSError:
            code, said = -1, b""
        if code // 100 in (2, 4, 5):
            return _answer(code, said, FailedAt.CONTENT)
        self._drop()
        return Outcome(
            Result.UNCERTAIN,
            None,
            "Brevet lämnades till mailservern, som aldrig svarade att det är mottaget.",
            FailedAt.LOST,
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
        self._opening = smtp
        try:
            smtp.ehlo_or_helo_if_needed()
            if server.security is MailSecurity.STARTTLS:
                smtp.starttls(context=self._trust)
                smtp.ehlo()
            if server.user is not None and server.password is not None:
                log_in(smtp, server.user, server.password)
            elif server.user is not None and server.tokens is not None:
                log_in_with_token(smtp, server.user, server.tokens)
        except BaseException:
            smtp.close()
            raise
        finally:
            self._opening = None
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

    @contextmanager
    def _hanging_up_after(self, seconds: float) -> Iterator[None]:
        """Bound what happens within: a server that drips one sign at a time meets no timeout."""
        self._is_late = False
        clock = threading.Timer(seconds, self._hang_up)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()

    def _hang_up(self) -> None:
        self._is_late = True
        smtp = self._smtp or self._opening
        if smtp is not None and smtp.sock is not None:
            # Shut down, not closed: the other thread may be reading from it.
            with suppress(OSError):
                socket.socket.shutdown(smtp.sock, socket.SHUT_RDWR)

    def _wait_at_most(self, seconds: float) -> None:
        if self._smtp is not None and self._smtp.sock is not None:
            self._smtp.sock.settimeout(seconds)

    def _reset(self) -> None:
        """Forget a half-made envelope, so that the next message starts clean."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except OSError:
            self._drop()

    def _leave(self) -> None:
        self._wait_at_most(_GOODBYE_SECONDS)
        if self._smtp is not None and self._smtp.sock is not None:
            with suppress(OSError):
                self._smtp.quit()
        self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def _no_service(self, error: Exception) -> Outcome:
        """What an exception before the final dot means: always LATER, and in which trouble."""
        is_let_in = self._smtp is not None
        self._drop()
        outcome = self._in_words(TimeoutError() if self._is_late else error)
        if outcome.trouble is FailedAt.TIMEOUT and not is_let_in:
            return replace(outcome, trouble=FailedAt.SILENT)
        return outcome

    def _in_words(self, error: Exception) -> Outcome:
        code = getattr(error, "smtp_code", None)
        said = getattr(error, "smtp_error", None)
        if said is not None:
            return Outcome(Result.LATER, code, _words(said), trouble_of(error))
        server = self.server
        words = sentence(
            error, host=server.host, port=server.port, timeout_seconds=server.timeout_seconds
        )
        return Outcome(Result.LATER, None, words, trouble_of(error))


def _options(smtp: smtplib.SMTP, envelope: Envelope) -> list[str]:
    options = ["SMTPUTF8", "BODY=8BITMIME"] if envelope.is_international else []
    if smtp.has_extn("dsn"):
        # A report then sends back the head alone, and names the message whatever relays do to it.
        options.append("RET=HDRS")
        named = _XTEXT_ALONE.sub(lambda sign: f"+{ord(sign[0]):02X}", envelope.identifier)
        if named and len(named) <= _LONGEST_ENVID and named.isascii():
            options.append(f"ENVID={named}")
    return options


def _answer(code: int, said: bytes, trouble: FailedAt) -> Outcome:
    if code // 100 == 2:
        return Outcome(Result.SENT, code, _words(said))
    result = Result.NEVER if code // 100 == 5 else Result.LATER
    return Outcome(result, code, _words(said), trouble)


def _login_wanted(code: int, said: bytes) -> Outcome:
    return Outcome(Result.LATER, code, _words(said), FailedAt.LOGIN)


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return _CONTROL.sub(" ", text).strip()[:_LONGEST_ANSWER]
