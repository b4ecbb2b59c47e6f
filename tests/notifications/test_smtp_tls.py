"""Encryption: verified, or nothing is sent."""

import pytest

from agenda.installation.settings import MailSecurity
from notifications.post.outgoing import FailedAt, Outcome, Result
from notifications.post.smtp import Envelope, Server, SmtpPost

MESSAGE = Envelope(
    "agendan@regionen.example", "registrator@berg.example", b"Subject: Hej\r\n\r\nHej\r\n"
)
SENT = Outcome(Result.SENT, 250, "2.0.0 OK queued as 4711")
BOTH = pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])


def posted(server, security: MailSecurity, *, times: int = 1, host: str = "127.0.0.1"):
    post = SmtpPost(Server(host, server.port, security, "agendan", "hemligt", 5))
    outcomes = [post.post(MESSAGE) for _ in range(times)]
    post.close()
    return outcomes


def started(mail_servers, certificate, security: MailSecurity):
    return mail_servers(
        tls=certificate.context,
        is_tls_from_start=security is MailSecurity.TLS,
        login=("agendan", "hemligt"),
    )


@BOTH
def test_a_trusted_certificate_lets_mail_out_over_one_connection(
    mail_servers, certificate, security, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    server = started(mail_servers, certificate, security)
    assert posted(server, security, times=3) == [SENT] * 3
    assert (len(server.mails), server.connections, len(server.logins)) == (3, 1, 1)


@BOTH
def test_a_self_signed_certificate_stops_mail_and_password(mail_servers, certificate, security):
    server = started(mail_servers, certificate, security)
    assert posted(server, security) == [
        Outcome(
            Result.LATER,
            None,
            f"Mailserverns certifikat är självsignerat (127.0.0.1 port {server.port}). "
            "Inget skickades.",
            FailedAt.CERTIFICATE,
        )
    ]
    assert (server.mails, server.logins) == ([], [])


@BOTH
def test_an_expired_certificate_stops_mail(
    mail_servers, expired_certificate, security, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(expired_certificate.path))
    server = started(mail_servers, expired_certificate, security)
    assert posted(server, security) == [
        Outcome(
            Result.LATER,
            None,
            f"Mailserverns certifikat har gått ut (127.0.0.1 port {server.port}). Inget skickades.",
            FailedAt.CERTIFICATE,
        )
    ]
    assert server.mails == []


@BOTH
def test_a_certificate_for_another_name_stops_mail(
    mail_servers, certificate, security, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    server = started(mail_servers, certificate, security)
    assert posted(server, security, host="localhost") == [
        Outcome(
            Result.LATER,
            None,
            "Mailserverns certifikat gäller ett annat servernamn "
            f"(localhost port {server.port}). Inget skickades.",
            FailedAt.CERTIFICATE,
        )
    ]
    assert server.mails == []


@BOTH
def test_a_server_without_encryption_gets_nothing_in_the_clear(mail_server, security):
    assert posted(mail_server, security) == [
        Outcome(
            Result.LATER,
            None,
            f"Mailservern 127.0.0.1 port {mail_server.port} erbjuder ingen kryptering. "
            "Inget skickades.",
            FailedAt.TLS,
        )
    ]
    assert (mail_server.mails, mail_server.logins) == ([], [])
