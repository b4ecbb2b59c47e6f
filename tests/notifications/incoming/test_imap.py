"""A mailbox on a real IMAP server: read to its end, and left as it was."""

import imaplib
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from agenda.installation.settings import MailSecurity, Settings
from notifications.incoming import imap
from notifications.incoming.fetched import CannotRead, Fetched, Position
from notifications.incoming.imap import ImapMailbox
from notifications.incoming.looking import look, source_of
from tests.notifications.directory import Directory
from tests.notifications.incoming.dovecot import PASSWORD, PROGRAM, USER, Dovecot
from tests.notifications.incoming.inbox import bounce, contact_of, letter, mails_in
from tests.rounds_under_way import OFFICE, RoundUnderWay, a_plan, address, sv

pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="there is no Dovecot (apt install dovecot-imapd)"),
    pytest.mark.xdist_group("dovecot"),
    pytest.mark.slow,
]
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's own users may enter, as pytest's is not."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def server(folder: Path) -> Iterator[Dovecot]:
    made = Dovecot(folder)
    made.start()
    yield made
    made.stop()


def mailbox(server: Dovecot, **changes: object) -> ImapMailbox:
    values = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": MailSecurity.PLAIN,
        "user": USER,
        "folder": "INBOX",
        "timeout_seconds": 10.0,
        "password": PASSWORD,
    }
    return ImapMailbox(**(values | changes))  # type: ignore[arg-type]


def read(source: ImapMailbox, position: Position = Position()) -> list[Fetched]:  # noqa: B008
    return list(source.fetch(position, since=LONG_AGO))


def flags(server: Dovecot) -> bytes:
    with imaplib.IMAP4("127.0.0.1", server.port) as client:
        client.login(USER, PASSWORD)
        client.select("INBOX", readonly=True)
        return b" ".join(client.fetch("1:*", "(FLAGS)")[1])  # type: ignore[arg-type]


def test_mails_come_in_order_once_and_the_server_keeps_them_unseen(server) -> None:
    raws = [letter(address("berg"), f"Mejl {number}").replace(b"\n", b"\r\n") for number in "123"]
    for number, raw in enumerate(raws):
        server.put(f"{number}.eml", raw)
    found = read(mailbox(server))
    assert [one.raw for one in found] == raws
    assert [one.position.read_to for one in found] == [1, 2, 3]
    assert read(mailbox(server), found[-1].position) == []
    server.put("4.eml", raws[0])
    [newer] = read(mailbox(server), found[-1].position)
    assert newer.position.read_to == 4
    assert b"Seen" not in flags(server)


def test_a_mailbox_that_numbers_anew_is_read_anew(server) -> None:
    server.put("1.eml", letter(address("berg")))
    [first] = read(mailbox(server))
    server.stop()
    numbers = server.mail / "dovecot-uidlist"
    told = numbers.read_text()
    numbers.write_text(re.sub(r"V\d+", "V77", told, count=1))
    for index in server.mail.glob("dovecot.index*"):
        index.unlink()
    server.start()
    [again] = read(mailbox(server), first.position)
    assert again.raw == first.raw
    assert again.position == Position(77, 1)


def test_mail_that_came_before_we_wrote_to_anybody_is_left_alone(server) -> None:
    server.put("1.eml", letter(address("berg")))
    assert list(mailbox(server).fetch(Position(), since=date(2120, 1, 1))) == []


def test_of_a_mail_that_is_too_large_the_beginning_is_kept(server, monkeypatch) -> None:
    monkeypatch.setattr(imap, "LARGEST", 500)
    monkeypatch.setattr(imap, "KEPT_OF_LARGER", 400)
    server.put("1.eml", letter(address("berg"), "x" * 1000))
    [found] = read(mailbox(server))
    assert (len(found.raw), found.is_whole) == (400, False)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "fel"}, "Kontrollera AGENDA_IMAP_USER och AGENDA_IMAP_PASSWORD"),
        ({"password": "fel å"}, "Kontrollera AGENDA_IMAP_USER och AGENDA_IMAP_PASSWORD"),
        ({"folder": "Finns inte"}, "Rätta AGENDA_IMAP_FOLDER"),
        ({"port": 1}, "Det går inte att ansluta"),
        ({"security": MailSecurity.STARTTLS}, "erbjuder ingen kryptering"),
        ({"security": MailSecurity.TLS}, "Det går inte att ansluta"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_keeps_it_from_being_read_is_said_in_words_without_the_password(
    server, changes, said
) -> None:
    with pytest.raises(CannotRead, match=said) as told:
        read(mailbox(server, **changes))
    assert PASSWORD not in str(told.value)
    assert PASSWORD not in repr(mailbox(server))


@pytest.fixture
def tls_server(folder: Path, certificate) -> Iterator[Dovecot]:
    key = certificate.path.parent / "key.pem"
    made = Dovecot(
        folder,
        certificate=f"ssl_cert = <{certificate.path}\nssl_key = <{key}",
    )
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
def test_a_certificate_that_nobody_vouches_for_is_refused_and_one_of_ours_taken(
    tls_server, certificate, monkeypatch, security
) -> None:
    port = tls_server.tls_port if security is MailSecurity.TLS else tls_server.port
    source = mailbox(tls_server, security=security, port=port)
    with pytest.raises(CannotRead, match="går inte att lita på"):
        read(source)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    assert read(source) == []


def test_a_token_of_the_directory_opens_the_mailbox(folder: Path) -> None:
    directory = Directory()
    directory.user = USER
    server = Dovecot(folder, introspection=directory.url)
    server.start()
    try:
        settings = Settings(
            _env_file=None,
            imap_server="127.0.0.1",
            imap_port=server.port,
            imap_security=MailSecurity.PLAIN,
            imap_user=USER,
            mail_oauth_tenant="t",
            mail_oauth_client_id="c",
            mail_oauth_client_secret="s",
            mail_oauth_token_url=directory.url,
        )
        source = source_of(settings)
        assert source is not None
        assert list(source.fetch(Position(), since=LONG_AGO)) == []
        directory.asked.append({})  # the token given out is no longer the one in force
        with pytest.raises(CannotRead, match=re.escape("IMAP.AccessAsApp")):
            list(source.fetch(Position(), since=LONG_AGO))
        assert list(source.fetch(Position(), since=LONG_AGO)) == []
    finally:
        server.stop()
        directory.stop()


def test_a_bounce_in_the_mailbox_marks_the_address_that_it_is_about(server, engine: Engine) -> None:
    under_way = RoundUnderWay(engine, a_plan("berg", "bracke"))
    under_way.attend("2020-05-08 08:00")
    message = next(
        one for one in under_way.messages("invitation") if one.recipient == address("berg")
    )
    server.put("1.eml", bounce(message))
    server.put("2.eml", letter(address("bracke")))
    source = mailbox(server)
    for _ in range(2):
        look(engine, OFFICE, source, now=sv("2126-05-08 09:00"))
    assert contact_of(under_way, address("berg")).bounced_at is not None
    assert [mail.sort for mail in mails_in(under_way)] == ["bounce", "ordinary"]
