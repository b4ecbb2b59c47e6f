"""Messages through Apprise and our plugin in it: what arrives, and what never leaves."""

import logging
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from apprise import Apprise

from agenda.installation.settings import Settings
from notifications.post.channels import Channels
from notifications.post.outgoing import FailedAt, Outcome, Result

SENT = Outcome(Result.SENT, 250, "2.0.0 OK queued as 4711")
DROP = "drop the connection"


@pytest.fixture
def channels(mail_server, settings_for):
    with Channels(settings_for(mail_server)) as opened:
        yield opened


def test_a_message_arrives_with_one_message_id_and_one_recipient(channels, mail_server, outgoing):
    assert channels.send(outgoing()) == SENT
    (mail,) = mail_server.mails
    assert (mail.sender, mail.recipients) == (
        "agendan@regionen.example",
        ["registrator@berg.example"],
    )
    names = Counter(name.lower() for name in mail.message)
    assert [name for name, times in names.items() if times != 1] == []
    assert mail.message["Message-ID"] == "<17.1@regionen.example>"
    assert [part.get_content_type() for part in mail.message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_without_a_mail_server_mail_goes_to_the_local_mailbox(mail_server, outgoing):
    settings = Settings(_env_file=None, mailbox_port=mail_server.port)
    with Channels(settings) as channels:
        assert channels.send(outgoing()) == SENT
    assert len(mail_server.mails) == 1


def test_an_attempt_that_nobody_can_know_about_is_repeated_with_the_same_bytes(
    channels, mail_server, outgoing
):
    mail_server.answer("DATA", DROP)
    results = [channels.send(outgoing()).result for _ in range(2)]
    assert results == [Result.UNCERTAIN, Result.SENT]
    first, second = mail_server.mails
    assert first.content == second.content
    assert first.message["Message-ID"] == "<17.1@regionen.example>"


def test_one_refused_recipient_does_not_touch_the_others(channels, mail_server, outgoing):
    mail_server.answer("RCPT", "550 5.1.1 Okänd", to="b@berg.example")
    mail_server.answer("RCPT", "451 4.7.1 Senare", to="c@berg.example")
    people = ["a@berg.example", "b@berg.example", "c@berg.example", "d@berg.example"]
    assert [channels.send(outgoing(recipient=who)) for who in people] == [
        SENT,
        Outcome(Result.NEVER, 550, "5.1.1 Okänd", FailedAt.RECIPIENT),
        Outcome(Result.LATER, 451, "4.7.1 Senare", FailedAt.RECIPIENT),
        SENT,
    ]
    arrived = [mail.recipients for mail in mail_server.mails]
    assert arrived == [["a@berg.example"], ["d@berg.example"]]


def test_eight_threads_share_one_connection_and_lose_nothing(channels, mail_server, outgoing):
    def twenty(thread: int) -> list[Outcome]:
        return [
            channels.send(outgoing(message_id=f"<{thread}.{number}@regionen.example>"))
            for number in range(20)
        ]

    with ThreadPoolExecutor(8) as threads:
        outcomes = [outcome for done in threads.map(twenty, range(8)) for outcome in done]
    assert outcomes == [SENT] * 160
    arrived = Counter(mail.message["Message-ID"] for mail in mail_server.mails)
    assert arrived == Counter(f"<{t}.{n}@regionen.example>" for t in range(8) for n in range(20))
    assert mail_server.connections == 1


@pytest.mark.parametrize("mischief", ["\n", "\r\nBcc: x@annan.example", "\x00", "\x1b", "\u2028"])
@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("subject", "ämnesraden"),
        ("recipient_name", "mottagarens namn"),
        ("recipient", "mottagarens adress"),
        ("sender_name", "avsändarens namn"),
        ("sender", "avsändarens adress"),
        ("reply_to_name", "svarsadressens namn"),
        ("reply_to", "svarsadressen"),
        ("message_id", "Message-ID"),
        ("in_reply_to", "hänvisningen till ett tidigare brev"),
        ("language", "språket"),
        ("key", "brevets nyckel"),
    ],
)
def test_a_line_break_in_any_header_stops_the_message(
    channels, mail_server, outgoing, field, place, mischief
):
    message = outgoing()
    message = replace(message, **{field: f"{getattr(message, field)}{mischief}"})
    assert channels.send(message) == Outcome(
        Result.NEVER,
        None,
        f"Brevet skickades inte: {place} innehåller en radbrytning eller ett styrtecken.",
        FailedAt.MESSAGE,
    )
    assert mail_server.mails == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"subject": " "}, "det saknar ämnesrad eller text"),
        ({"text": ""}, "det saknar ämnesrad eller text"),
        ({"text": "Hej \ud800"}, "texten innehåller tecken som inte går att skicka"),
        ({"html": "<p>\x00</p>"}, "texten innehåller tecken som inte går att skicka"),
        ({"message_id": "17@regionen.example"}, "Message-ID har fel form"),
        ({"in_reply_to": "<17> <18>"}, "Message-ID har fel form"),
        ({"language": "svenska"}, "språket ska vara till exempel sv"),
        ({"calendar_method": "PUBLISH"}, "kalenderns metod ska vara REQUEST eller CANCEL"),
        ({"recipient_name": "x" * 901}, "mottagarens namn är längre än 900 tecken"),
        ({"recipient": "a@b.example, c@d.example"}, "en adress i det är ingen giltig e-postadress"),
        ({"recipient": "a@berg.example>"}, "en adress i det är ingen giltig e-postadress"),
        ({"reply_to": ""}, "en adress i det är ingen giltig e-postadress"),
    ],
)
def test_a_misshapen_message_is_refused_with_a_reason(
    channels, mail_server, outgoing, changes, why
):
    assert channels.send(outgoing(**changes)) == Outcome(
        Result.NEVER, None, f"Brevet skickades inte: {why}.", FailedAt.MESSAGE
    )
    assert mail_server.mails == []


def test_a_date_without_a_time_zone_is_refused(channels, mail_server, outgoing):
    naive = outgoing().date_at.replace(tzinfo=None)
    outcome = channels.send(outgoing(date_at=naive))
    assert outcome.said == "Brevet skickades inte: datumet saknar tidszon."
    assert mail_server.mails == []


def test_no_log_at_any_level_names_a_recipient_or_a_password(
    mail_servers, settings_for, outgoing, caplog
):
    server = mail_servers(login=("agendan", "hemligt"))
    server.answer("RCPT", "550 5.1.1 Okänd")
    caplog.set_level(logging.DEBUG)
    settings = settings_for(server, mail_user="agendan", mail_password="hemligt")
    with Channels(settings) as channels:
        results = [channels.send(outgoing()).result for _ in range(2)]
    assert results == [Result.NEVER, Result.SENT]
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.")]
    assert [line for line in ours if "berg" in line or "hemligt" in line] == []


def test_the_plugin_refuses_a_message_that_did_not_come_through_us(channels, mail_server):
    assert Apprise("agendamail://127.0.0.1:25").notify(body="Hej") is False
    assert mail_server.mails == []


def test_a_fault_in_our_own_code_fails_the_message_and_is_logged(
    channels, mail_server, outgoing, monkeypatch, caplog
):
    def broken(message):
        raise KeyError(message.recipient)

    monkeypatch.setattr("notifications.post.channels.render_bytes", broken)
    assert channels.send(outgoing()) == Outcome(
        Result.NEVER,
        None,
        "Brevet skickades inte: programmet gjorde fel när det byggdes.",
        FailedAt.MESSAGE,
    )
    assert [record.getMessage() for record in caplog.records] == [
        "Message inspel/paminnelse-30/berg met a fault in the program"
    ]
