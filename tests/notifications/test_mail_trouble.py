"""What `agenda mail test` says when a mail did not leave, and how to mend it."""

import smtplib
import socket
import ssl

import pytest

from agenda.installation.settings import MailSecurity, Settings
from notifications.post.channels import Channels, explained
from notifications.post.mail_trouble import sentence, trouble_of
from notifications.post.outgoing import FailedAt

SILENCE = "never answer"


@pytest.fixture
def told(outgoing):
    """Send one message with these settings and say what became of it."""

    def tell(settings: Settings) -> str:
        with Channels(settings) as channels:
            return explained(channels.send(outgoing()), settings)

    return tell


def test_success_quotes_the_server(told, mail_server, settings_for):
    assert told(settings_for(mail_server)) == (
        "Brevet är mottaget. Svaret var: 250 2.0.0 OK queued as 4711"
    )


def test_a_wrong_password_points_at_the_two_settings(told, mail_servers, settings_for):
    server = mail_servers(login=("agendan", "rätt"))
    assert told(settings_for(server, mail_user="agendan", mail_password="fel")) == (
        "Mailservern svarade: 535 5.7.8 Authentication credentials invalid. "
        "Kontrollera AGENDA_MAIL_USER och AGENDA_MAIL_PASSWORD. "
        "Har kontot tvåstegsinloggning krävs ofta ett särskilt applösenord."
    )


def test_a_self_signed_certificate_is_named_with_three_ways_out(
    told, mail_servers, settings_for, certificate
):
    server = mail_servers(tls=certificate.context)
    assert told(settings_for(server, mail_security=MailSecurity.STARTTLS)) == (
        f"Mailserverns certifikat är självsignerat (127.0.0.1 port {server.port}). "
        "Inget skickades. Be den som sköter mailservern om ett giltigt certifikat, använd det "
        "servernamn som står i certifikatet, eller peka ut er egen utfärdare med SSL_CERT_FILE."
    )


def test_a_server_that_does_not_answer_names_host_and_port(told, mail_server, settings_for):
    mail_server.stop()
    assert told(settings_for(mail_server)) == (
        f"Det går inte att ansluta till mailservern 127.0.0.1 port {mail_server.port} "
        "(Connection refused). Kontrollera AGENDA_MAIL_SERVER och AGENDA_MAIL_PORT, "
        "och att brandväggen släpper fram trafiken."
    )


def test_a_mailbox_that_is_not_running_says_how_to_start_it(told, mail_server):
    mail_server.stop()
    assert told(Settings(_env_file=None, mailbox_port=mail_server.port)) == (
        f"Det går inte att ansluta till mailservern 127.0.0.1 port {mail_server.port} "
        "(Connection refused). Den lokala brevlådan är inte i gång: starta den med agenda up, "
        "eller ange en mailserver i AGENDA_MAIL_SERVER."
    )


def test_a_silent_server_points_at_port_and_firewall(told, mail_server, settings_for):
    mail_server.answer("RCPT", SILENCE)
    assert told(settings_for(mail_server, mail_timeout_seconds=0.2)) == (
        f"Mailservern 127.0.0.1 port {mail_server.port} svarade inte inom 0.2 sekunder. "
        "Kontrollera AGENDA_MAIL_PORT och att brandväggen släpper fram trafiken."
    )


@pytest.mark.parametrize(
    ("verb", "said", "told_so"),
    [
        (
            "RCPT",
            "550 5.1.1 No such user",
            "Mailservern svarade: 550 5.1.1 No such user. "
            "Mottagaren godtas inte: kontrollera adressen.",
        ),
        (
            "RCPT",
            "451 4.7.1 Greylisted.",
            "Mailservern svarade: 451 4.7.1 Greylisted. Servern vill ha brevet senare, ofta för "
            "att den inte känner avsändaren än (grålistning). Det skickas igen av sig självt; "
            "inget behöver göras.",
        ),
        (
            "MAIL",
            "553 5.7.1 Not yours",
            "Mailservern svarade: 553 5.7.1 Not yours. Avsändaren godtas inte: kontrollera "
            "AGENDA_MAIL_FROM och att kontot får skicka därifrån.",
        ),
        (
            "DATA",
            "554 5.7.1 Spam",
            "Mailservern svarade: 554 5.7.1 Spam. Servern avvisade brevets innehåll: "
            "fråga den som sköter mailservern varför.",
        ),
    ],
)
def test_a_refusal_is_quoted_with_what_to_do(told, mail_server, settings_for, verb, said, told_so):
    mail_server.answer(verb, said)
    assert told(settings_for(mail_server)) == told_so


def test_no_answer_after_the_final_dot_is_told_as_it_is(told, mail_server, settings_for):
    mail_server.answer("DATA", "drop the connection")
    assert told(settings_for(mail_server)) == (
        "Brevet lämnades till mailservern, som aldrig svarade att det är mottaget. "
        "Ingen kan veta om brevet kom fram. Det skickas igen med samma Message-ID, "
        "så att mottagarens mailprogram kan känna igen en dubblett."
    )


@pytest.mark.parametrize(
    ("error", "trouble", "words"),
    [
        (
            socket.gaierror(-2, "Name or service not known"),
            FailedAt.NAME,
            "Namnet mail.example finns inte i namntjänsten (DNS).",
        ),
        (
            UnicodeError("label too long"),
            FailedAt.NAME,
            "Namnet mail.example finns inte i namntjänsten (DNS).",
        ),
        (
            TimeoutError("timed out"),
            FailedAt.TIMEOUT,
            "Mailservern mail.example port 587 svarade inte inom 60 sekunder.",
        ),
        (
            ssl.SSLError(1, "wrong version number"),
            FailedAt.TLS,
            "Mailservern mail.example port 587 erbjuder ingen kryptering. Inget skickades.",
        ),
        (
            smtplib.SMTPConnectError(554, b"No service"),
            FailedAt.CONNECTION,
            "Det går inte att ansluta till mailservern mail.example port 587 (SMTPConnectError).",
        ),
    ],
)
def test_an_error_on_the_way_becomes_a_sentence(error, trouble, words):
    said = sentence(error, host="mail.example", port=587, timeout_seconds=60)
    assert (trouble_of(error), said) == (trouble, words)
