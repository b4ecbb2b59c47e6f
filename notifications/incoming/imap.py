"""A mailbox read over IMAP. It is opened for reading only: nothing is marked, moved or deleted."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from time import mktime
from typing import Any

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError

from agenda.installation.settings import MailSecurity, Settings
from notifications.incoming.fetched import (
    KEPT_OF_LARGER,
    LARGEST,
    MOST_AT_ONCE,
    CannotRead,
    Fetched,
    Position,
)
from notifications.post.tokens import NoToken, Tokens

_PORTS = {MailSecurity.TLS: 993, MailSecurity.STARTTLS: 143, MailSecurity.PLAIN: 143}
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class ImapMailbox:
    """One folder of one user on one server. The password is kept out of `repr`."""

    host: str
    port: int
    security: MailSecurity
    user: str
    folder: str
    timeout_seconds: float
    password: str | None = None
    tokens: Tokens | None = None

    def __repr__(self) -> str:
        return f"ImapMailbox({self.name})"

    @classmethod
    def of(cls, settings: Settings) -> "ImapMailbox | None":
        """The mailbox that the settings name; None where they name none."""
        if settings.imap_server is None:
            return None
        secret = settings.imap_password
        return cls(
            host=settings.imap_server,
            port=settings.imap_port or _PORTS[settings.imap_security],
            security=settings.imap_security,
            user=settings.imap_user or "",
            folder=settings.imap_folder,
            timeout_seconds=settings.mail_timeout_seconds,
            password=secret.get_secret_value() if secret else None,
            tokens=None if secret else Tokens.of(settings),
        )

    @property
    def name(self) -> str:
        """User, server and folder."""
        return f"{self.user} på {self.host}, {self.folder}"

    def fetch(self, position: Position, *, since: date) -> Iterator[Fetched]:
        """The mails after a position, oldest first; all anew when the server numbers anew.

        Raises:
            CannotRead: the server is away, lets us not in, or has no such folder.
        """
        try:
            with self._opened() as mailbox:
                yield from _new(mailbox, position, since)
        except NoToken as error:
            raise CannotRead(str(error)) from None
        except MailboxFolderSelectError:
            raise CannotRead(
                f"Mappen {self.folder} finns inte i brevlådan. Rätta AGENDA_IMAP_FOLDER."
            ) from None
        except (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError) as error:
            raise CannotRead(self._away(error)) from None

    def _opened(self) -> BaseMailBox:
        mailbox = self._connected()
        try:
            self._sign_in(mailbox)
            mailbox.folder.set(self.folder, readonly=True)
        except BaseException:
            _hang_up(mailbox.client)
            raise
        return mailbox

    def _sign_in(self, mailbox: BaseMailBox) -> None:
        try:
            if self.tokens is not None:
                mailbox.xoauth2(self.user, self.tokens.token(), initial_folder=None)
            elif (self.user + (self.password or "")).isascii():
                mailbox.login(self.user, self.password or "", initial_folder=None)
            else:
                mailbox.login_utf8(self.user, self.password or "", initial_folder=None)
        except imaplib.IMAP4.abort:
            raise  # the server hung up, and has said nothing of us
        except (MailboxLoginError, imaplib.IMAP4.error) as error:
            if self.tokens is not None:
                self.tokens.forget()
            raise CannotRead(self._not_let_in(error)) from None

    def _connected(self) -> BaseMailBox:
        wait: Any = self.timeout_seconds
        match self.security:
            case MailSecurity.TLS:
                # Without a context of ours the library would believe any certificate.
                trust = ssl.create_default_context()
                return MailBox(self.host, self.port, timeout=wait, ssl_context=trust)
            case MailSecurity.STARTTLS:
                trust = ssl.create_default_context()
                return _StartTls(self.host, self.port, timeout=wait, ssl_context=trust)
            case _:
                return MailBoxUnencrypted(self.host, self.port, timeout=wait)

    def _not_let_in(self, error: Exception) -> str:
        said = _said(error)
        if self.tokens is not None:
            return (
                f"Brevlådan {self.user} släpper inte in programmet ({said}). Kontrollera att det "
                "har rätten IMAP.AccessAsApp och tillträde till brevlådan."
            )
        is_microsoft = self.host.endswith(("office365.com", "outlook.com"))
        mended = (
            "Microsoft 365 tar inte emot lösenord: ta bort AGENDA_IMAP_PASSWORD och sätt "
            "AGENDA_MAIL_OAUTH_TENANT, _CLIENT_ID och _CLIENT_SECRET."
            if is_microsoft
            else "Kontrollera AGENDA_IMAP_USER och AGENDA_IMAP_PASSWORD."
        )
        return f"Brevlådan {self.user} går inte att logga in på ({said}). {mended}"

    def _away(self, error: Exception) -> str:
        server = f"{self.host} port {self.port}"
        if isinstance(error, TimeoutError):
            return f"Brevlådans server {server} svarade inte i tid."
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"Certifikatet hos brevlådans server {server} går inte att lita på."
        if isinstance(error, OSError):
            why = error.strerror or type(error).__name__
            return f"Det går inte att ansluta till brevlådans server {server} ({why})."
        if "TLS not supported" in str(error):
            return f"Brevlådans server {server} erbjuder ingen kryptering."
        return f"Brevlådans server {server} svarade oväntat ({_said(error)})."


class _StartTls(MailBoxStartTls):
    """As the library's own, but hangs up when the server does not go over to encryption."""

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4(self._host, self._port, self._timeout)
        try:
            client.starttls(self._ssl_context)
        except BaseException:
            _hang_up(client)
            raise
        return client


def _hang_up(client: imaplib.IMAP4) -> None:
    with suppress(OSError):
        client.shutdown()


def _new(mailbox: BaseMailBox, position: Position, since: date) -> Iterator[Fetched]:
    validity = _validity(mailbox)
    read_to = position.read_to if position.validity == validity else 0
    day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
    # The server's last mail answers to any range that begins after it.
    found = mailbox.uids(f"UID {read_to + 1}:* SINCE {day}", charset=None)
    uids = sorted(uid for uid in map(int, found) if uid > read_to)
    for uid in uids[:MOST_AT_ONCE]:
        told = _told(mailbox, uid, "RFC822.SIZE INTERNALDATE")
        if told is None:
            continue  # somebody has moved it in the meantime
        size = int(found_size[1]) if (found_size := _SIZE.search(told[0])) else LARGEST + 1
        is_whole = size <= LARGEST
        part = "BODY.PEEK[]" if is_whole else f"BODY.PEEK[]<0.{KEPT_OF_LARGER}>"
        content = _told(mailbox, uid, part)
        if content is not None:
            yield Fetched(
                place=f"{validity}:{uid}",
                raw=content[1],
                arrived_at=_arrived(told[0]),
                position=Position(validity, uid),
                is_whole=is_whole,
            )


def _validity(mailbox: BaseMailBox) -> int:
    _, told = mailbox.client.response("UIDVALIDITY")
    value = told[0] if told else None
    return int(value) if isinstance(value, bytes) and value.isdigit() else 0


def _told(mailbox: BaseMailBox, uid: int, what: str) -> tuple[bytes, bytes] | None:
    """What the server says of one mail: its line, and the content if that was asked for."""
    status, told = mailbox.client.uid("FETCH", str(uid), f"({what})")
    if status != "OK":
        raise imaplib.IMAP4.error(f"FETCH {status}")
    for one in told:
        if isinstance(one, tuple):
            return one[0], one[1]
        if isinstance(one, bytes) and b"FETCH" not in what.encode() and b"(" in one:
            return one, b""
    return None


def _arrived(told: bytes) -> datetime:
    """When the mailbox got it (RFC 3501 2.3.3)."""
    at = imaplib.Internaldate2tuple(told)
    if at is None:
        raise imaplib.IMAP4.error("no INTERNALDATE")
    return datetime.fromtimestamp(mktime(at), UTC)


def _said(error: Exception) -> str:
    """The server's own words in an error of the library's, without quotes and bytes marks."""
    words = " ".join(re.sub(r"[\x00-\x1f]+", " ", str(error)).split())
    found = re.search(r"\[b['\"](.{1,200}?)['\"]\]", words)
    return (found[1] if found else words)[:200]
