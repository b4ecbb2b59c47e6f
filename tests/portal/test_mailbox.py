import smtplib
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from agenda.installation.settings import Settings
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine
from portal.app import create_app
from portal.mailbox import keeping as mailbox_module
from portal.mailbox.keeping import TrialMailbox
from portal.mailbox.received import Heading, ReceivedFile, ReceivedLetter, read_heading, read_letter

EARLY = datetime(2026, 11, 23, 7, 0, 0, 5, tzinfo=UTC)
LATE = datetime(2026, 11, 23, 7, 0, 1, tzinfo=UTC)


def a_mail(subject: str = "Påminnelse om inspel") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Region Jämtland Härjedalen <agenda@regionen.example>"
    mail["To"] = "Bräcke kommun <registrator@bracke.example>"
    mail["Subject"] = subject
    mail.set_content("Hej!\n\nSvara här: http://127.0.0.1/svar\n<script>\n")
    mail.add_alternative("<p>Hej <b>Bräcke</b>!</p>", subtype="html")
    mail.add_attachment(
        b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="sista dag å.ics"
    )
    return mail


def send(settings: Settings, *mails: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", settings.mailbox_port) as server:
        for mail in mails:
            server.send_message(mail)


def send_bytes(settings: Settings, content: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", settings.mailbox_port) as server:
        server.sendmail("a@b.example", ["c@d.example"], content)


def kept(settings: Settings) -> TrialMailbox:
    return TrialMailbox(settings.var / "brevlada")


@pytest.mark.parametrize(
    ("visitor", "proxies", "is_shown"),
    [
        ("127.0.0.1", "", True),
        ("::1", "", True),
        ("127.0.0.1", "10.0.0.5", True),
        ("10.1.2.3", "", False),
        ("192.0.2.7", "10.0.0.5", False),
        ("okänd", "10.0.0.5", False),
    ],
)
def test_only_who_sits_at_the_machine_sees_the_trial_mailbox(
    settings: Settings, visitor: str, proxies: str, is_shown: bool
) -> None:
    chosen = Settings(_env_file=None, var=settings.var, trusted_proxies=proxies)
    name = kept(chosen).keep(
        a_mail().as_bytes(), sender="a@b.example", recipients=["c@d.example"], received_at=EARLY
    )
    engine = open_engine(chosen.engine_url)
    migrate(engine)
    engine.dispose()
    browser = TestClient(create_app(chosen), client=(visitor, 50_000), base_url=chosen.portal_url)

    assert ("/brevlada" in browser.get("/").text) is is_shown
    for path in ("", f"/{name}", f"/{name}/html", f"/{name}/raw", f"/{name}/bilaga/1"):
        answer = browser.get(f"/brevlada{path}")
        assert answer.status_code == (200 if is_shown else 404), path
        assert is_shown or "Påminnelse" not in answer.text


def test_a_mail_is_kept_as_it_came_under_what_the_sender_told_the_server(tmp_path: Path) -> None:
    mailbox = TrialMailbox(tmp_path / "brevlada")
    name = mailbox.keep(
        b"Subject: Hej\r\n\r\n\xe5",
        sender="a@b.example",
        recipients=["c@d.example"],
        received_at=EARLY,
    )
    mail = mailbox.read(name)
    assert mail is not None
    assert (mail.received_at, mail.content) == (
        EARLY,
        b"Return-Path: <a@b.example>\r\nDelivered-To: c@d.example\r\nSubject: Hej\r\n\r\n\xe5",
    )
    assert [file.name for file in (tmp_path / "brevlada").iterdir()] == [f"{name}.eml"]


def test_the_newest_mail_comes_first_and_an_unfinished_one_not_at_all(tmp_path: Path) -> None:
    mailbox = TrialMailbox(tmp_path)
    first, second = (
        mailbox.keep(b"\r\n", sender="", recipients=[], received_at=at) for at in (EARLY, LATE)
    )
    (tmp_path / "20261123T070002000000-00000000.part").write_bytes(b"half")
    assert mailbox.names() == [second, first]


@pytest.mark.parametrize("name", ["../secret", "secret", "", "20261123T070000000000-zzzzzzzz"])
def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.eml").write_bytes(b"not a mail of the mailbox")
    assert TrialMailbox(tmp_path / "brevlada").read(name) is None
    assert TrialMailbox(tmp_path).read(name) is None


def test_a_mail_that_cannot_be_stored_is_to_be_sent_again_later(
    browser: TestClient, portal_settings: Settings
) -> None:
    (portal_settings.var / "brevlada").write_text("a file where the folder should be")
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(portal_settings, a_mail())
    assert refused.value.smtp_code == 452


def test_a_mail_beyond_the_limit_is_refused_and_the_next_one_taken(
    monkeypatch: pytest.MonkeyPatch, portal_settings: Settings
) -> None:
    monkeypatch.setattr(mailbox_module, "MAIL_BYTES", 2000)
    with TestClient(create_app(portal_settings)):
        with pytest.raises(smtplib.SMTPException, match="552"):
            send_bytes(portal_settings, b"Subject: stort\r\n\r\n" + b"x" * 70 + b"\r\n" * 2000)
        send(portal_settings, a_mail())
    assert len(kept(portal_settings).names()) == 1


def test_a_letter_is_read_with_its_text_html_and_attachments() -> None:
    assert read_letter(a_mail().as_bytes()) == ReceivedLetter(
        heading=Heading(
            sender="Region Jämtland Härjedalen <agenda@regionen.example>",
            to="Bräcke kommun <registrator@bracke.example>",
            subject="Påminnelse om inspel",
        ),
        text="Hej!\n\nSvara här: http://127.0.0.1/svar\n<script>\n",
        html="<p>Hej <b>Bräcke</b>!</p>\n",
        attachments=(ReceivedFile("sista dag å.ics", b"BEGIN:VCALENDAR"),),
    )


@pytest.mark.parametrize(
    ("content", "heading"),
    [
        (b"", Heading("", "", "")),
        (b"Delivered-To: c@d.example\r\nno headers \xff\xfe\r\n", Heading("", "c@d.example", "")),
        (b"Subject: =?bogus?Q?=E5?=\r\n\r\n", Heading("", "", "\ufffd")),
        (b"From: \xe5 <\r\nTo: <<>>@\r\nSubject: a\x00b\r\n\r\n", None),
        (b"Content-Type: multipart/mixed\r\n\r\nno boundary", Heading("", "", "")),
        (b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xe5", Heading("", "", "")),
    ],
)
def test_an_odd_mail_can_still_be_read(content: bytes, heading: Heading | None) -> None:
    letter = read_letter(content)
    assert letter.heading == read_heading(content)
    if heading is not None:
        assert letter.heading == heading
    assert str(letter).encode()


def test_a_mail_in_an_unknown_charset_shows_what_can_be_shown() -> None:
    content = b"Content-Type: text/plain; charset=nonsense\r\n\r\nR\xe4ksm\xf6rg\xe5s"
    assert read_letter(content).text == "Räksmörgås"


def test_the_list_shows_every_mail_newest_first(
    browser: TestClient, portal_settings: Settings
) -> None:
    send(portal_settings, a_mail("Första <b>"), a_mail("Andra"))
    text = browser.get("/brevlada").text
    assert "2 mejl, de senaste först." in text
    assert text.index("Andra") < text.index("Första &lt;b&gt;")
    assert "<b>" not in text


def test_an_empty_mailbox_says_so(browser: TestClient) -> None:
    assert "Här är tomt än så länge." in browser.get("/brevlada").text


def test_the_text_of_a_mail_is_shown_escaped_and_its_links_can_be_followed(
    browser: TestClient, portal_settings: Settings
) -> None:
    send(portal_settings, a_mail())
    text = browser.get(f"/brevlada/{kept(portal_settings).names()[0]}").text
    assert '<a href="http://127.0.0.1/svar"' in text
    assert "&lt;script&gt;" in text
    assert "<script>" not in text


def test_the_html_of_a_mail_is_shut_in(browser: TestClient, portal_settings: Settings) -> None:
    send(portal_settings, a_mail())
    [name] = kept(portal_settings).names()
    framing = browser.get(f"/brevlada/{name}", params={"visa": "html"})
    assert f'<iframe src="/brevlada/{name}/html" sandbox="allow-popups' in framing.text
    assert "frame-src 'self'" in framing.headers["Content-Security-Policy"]
    framed = browser.get(f"/brevlada/{name}/html")
    assert framed.text == "<p>Hej <b>Bräcke</b>!</p>\r\n"
    policy = framed.headers["Content-Security-Policy"]
    assert policy.startswith(
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'"
    )
    assert "script" not in policy


def test_the_source_of_a_mail_is_plain_text(browser: TestClient, portal_settings: Settings) -> None:
    send_bytes(portal_settings, b"Subject: <script>\r\n\r\n<script>\r\n")
    [name] = kept(portal_settings).names()
    answer = browser.get(f"/brevlada/{name}/raw")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.text == (
        "Return-Path: <a@b.example>\r\nDelivered-To: c@d.example\r\n"
        "Subject: <script>\r\n\r\n<script>\r\n"
    )


def test_an_attachment_is_only_ever_downloaded(
    browser: TestClient, portal_settings: Settings
) -> None:
    send(portal_settings, a_mail())
    [name] = kept(portal_settings).names()
    answer = browser.get(f"/brevlada/{name}/bilaga/1")
    assert (answer.content, answer.headers["Content-Type"]) == (
        b"BEGIN:VCALENDAR",
        "application/octet-stream",
    )
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''sista%20dag%20%C3%A5.ics"
    )
    assert browser.get(f"/brevlada/{name}/bilaga/2").status_code == 404
    assert browser.get(f"/brevlada/{name}/bilaga/0").status_code == 404


def test_a_mail_without_html_has_no_such_page(
    browser: TestClient, portal_settings: Settings
) -> None:
    send_bytes(portal_settings, b"Subject: bara text\r\n\r\nhej\r\n")
    [name] = kept(portal_settings).names()
    assert browser.get(f"/brevlada/{name}/html").status_code == 404
    assert "visa=html" not in browser.get(f"/brevlada/{name}").text


@pytest.mark.parametrize("path", ["", "/{name}", "/{name}/html", "/{name}/raw", "/{name}/bilaga/1"])
def test_with_a_real_mail_server_there_is_no_mailbox(portal_settings: Settings, path: str) -> None:
    mailbox = kept(portal_settings)
    name = mailbox.keep(a_mail().as_bytes(), sender="", recipients=[], received_at=EARLY)
    real = portal_settings.model_copy(
        update={"mail_server": "smtp.regionen.example", "mail_from": "agenda@regionen.example"}
    )
    with TestClient(create_app(real), base_url="http://127.0.0.1") as browser:
        answer = browser.get("/brevlada" + path.format(name=name))
        assert answer.status_code == 404
        assert "Påminnelse om inspel" not in answer.text
        with pytest.raises(ConnectionRefusedError):
            send(real, a_mail())
