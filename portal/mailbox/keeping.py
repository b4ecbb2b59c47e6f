"""The local mailbox: while no mail server is configured, every mail ends here, on disk.

For trying out only. A mail is a file of its own, written to disk before the sender hears
that it was taken.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from agenda.clock import utc_now

MAIL_BYTES = 25 * 1024 * 1024
_NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")
_INSTANT = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it came in."""

    name: str
    received_at: datetime
    content: bytes


class TrialMailbox:
    """A folder of mails, one .eml file each, named by the instant it came."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(
        self, content: bytes, *, sender: str, recipients: list[str], received_at: datetime
    ) -> str:
        """Put a mail on disk for good; its name.

        What the sender told the server is added above the mail's own headers, as a mail
        server does at final delivery (RFC 5321, 4.4).

        Raises:
            OSError: it cannot be written; nothing of it is in the mailbox.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{received_at.strftime(_INSTANT)}-{secrets.token_hex(4)}"
        told = f"Return-Path: <{sender}>\r\nDelivered-To: {', '.join(recipients)}\r\n"
        unfinished = self._folder / f"{name}.part"
        with unfinished.open("xb") as file:
            file.write(told.encode() + content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self._file(name))
        _sync_folder(self._folder)
        return name

    def names(self) -> list[str]:
        """The names of all mails, newest first."""
        stems = (path.stem for path in self._folder.glob("*.eml"))
        return sorted((stem for stem in stems if _NAME.fullmatch(stem)), reverse=True)

    def read(self, name: str) -> Mail | None:
        """A mail by its name, or None when there is none of that name."""
        # A name from an address could otherwise lead out of the folder.
        if not _NAME.fullmatch(name):
            return None
        try:
            content = self._file(name).read_bytes()
        except FileNotFoundError:
            return None
        received_at = datetime.strptime(name.partition("-")[0], _INSTANT).replace(tzinfo=UTC)
        return Mail(name, received_at, content)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.eml"


class _Intake:
    """What the SMTP server calls when a mail has come in."""

    def __init__(self, mailbox: TrialMailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        try:
            name = self._mailbox.keep(
                content,
                sender=envelope.mail_from or "",
                recipients=list(envelope.rcpt_tos),
                received_at=utc_now(),
            )
        except OSError as error:
            # "Later", not "never": the sender keeps it and tries again.
            return f"452 Kan inte sparas: {error.strerror}"
        # Said in explanations too, which are Swedish; replies are ASCII (RFC 5321, 4.2).
        return f"250 Mottaget som {name}"


@contextmanager
def listening(mailbox: TrialMailbox, *, port: int) -> Iterator[None]:
    """Take in mail over SMTP from this machine alone, in a thread of its own.

    Raises:
        OSError: the port is taken.
    """
    controller = Controller(
        _Intake(mailbox),
        hostname="127.0.0.1",
        port=port,
        server_hostname="localhost",
        data_size_limit=MAIL_BYTES,
        enable_SMTPUTF8=True,
    )
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def _sync_folder(folder: Path) -> None:
    # Without it a power cut can forget the new name although the file itself was written.
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
