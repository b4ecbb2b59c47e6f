"""Signing in to mail by a token from the organisation's directory instead of a password."""

import base64
from collections.abc import Iterator

import pytest
from aiosmtpd.smtp import MISSING, SMTP, AuthResult
from pydantic import ValidationError

from agenda.installation.settings import Settings
from notifications.post.channels import Channels, explained
from notifications.post.outgoing import Result
from notifications.post.tokens import Application, NoToken, Tokens, xoauth2
from tests.notifications.conftest import MailServer
from tests.notifications.directory import Directory

OAUTH = {
    "mail_oauth_tenant": "regionen.example",
    "mail_oauth_client_id": "agendan",
    "mail_oauth_client_secret": "mycket hemligt",
}


class TokenServer(MailServer):
    """Takes XOAUTH2, and says what Exchange Online says where it refuses."""

    wanted: str = ""
    refusal: str = ""

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        given = base64.b64decode(args[1]).decode()
        self.logins.append(("XOAUTH2", given))
        if given == self.wanted:
            return AuthResult(success=True)
        answer = await server.challenge_auth(b'{"status":"400"}')
        if answer is MISSING:
            return AuthResult(success=False)
        await server.push(f"535 {self.refusal}")
        return AuthResult(success=False, handled=True)


@pytest.fixture
def directory() -> Iterator[Directory]:
    made = Directory()
    yield made
    made.stop()


@pytest.fixture
def server() -> Iterator[TokenServer]:
    made = TokenServer(login=("-", "-"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def settings(settings_for, server, directory) -> Settings:
    server.wanted = xoauth2("agendan@regionen.example", "token-1")
    return settings_for(
        server,
        mail_user="agendan@regionen.example",
        mail_oauth_token_url=directory.url,
        **OAUTH,
    )


def test_mail_leaves_by_a_token_that_the_applications_secret_gave(
    settings, server, directory, outgoing
) -> None:
    with Channels(settings) as channels:
        assert channels.send(outgoing()).result is Result.SENT
    assert len(server.mails) == 1
    [asked] = directory.asked
    assert asked["grant_type"] == "client_credentials"
    assert (asked["client_id"], asked["client_secret"]) == ("agendan", "mycket hemligt")
    assert asked["scope"] == "https://outlook.office365.com/.default"


def test_a_secret_that_has_gone_out_is_named_and_no_mail_is_lost(
    settings, server, directory, outgoing
) -> None:
    directory.answers = [(401, {"error": "x", "error_description": "AADSTS7000222: expired"})]
    with Channels(settings) as channels:
        refused = channels.send(outgoing())
        assert refused.result is Result.LATER
        assert explained(refused, settings).startswith(
            "Katalogen gav ingen inloggning till e-posten. Hemligheten har gått ut: gör en ny i "
            "Entra och byt AGENDA_MAIL_OAUTH_CLIENT_SECRET."
        )
        server.wanted = xoauth2("agendan@regionen.example", "token-2")
        assert channels.send(outgoing()).result is Result.SENT


def test_a_directory_that_is_away_is_told_without_the_secret(settings, directory, outgoing) -> None:
    directory.stop()
    with Channels(settings) as channels:
        told = explained(channels.send(outgoing()), settings)
    assert "går inte att nå" in told
    assert "mycket hemligt" not in told


def test_an_application_that_may_not_send_is_told_apart_from_a_wrong_password(
    settings, server, outgoing
) -> None:
    server.wanted, server.refusal = "nobody", "5.7.3 Authentication unsuccessful [DB3PR01]"
    with Channels(settings) as channels:
        told = explained(channels.send(outgoing()), settings)
    assert told.startswith("Mailservern svarade: 535 5.7.3 Authentication unsuccessful")
    assert "SMTP.SendAsApp" in told


@pytest.mark.parametrize(
    "said",
    [
        "5.7.139 Authentication unsuccessful, basic authentication is disabled. [DB3PR01]",
        "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
        "5.7.3 Authentication unsuccessful [DB3PR01]",
    ],
)
def test_exchange_that_takes_no_password_is_told_with_the_way_out(
    mail_server, settings_for, outgoing, said
) -> None:
    chosen = settings_for(mail_server, mail_user="agendan", mail_password="hemligt")
    mail_server.login = ("agendan", "hemligt")
    mail_server.answer("MAIL", f"535 {said}")
    with Channels(chosen) as channels:
        told = explained(channels.send(outgoing()), chosen)
    assert "Microsoft 365" in told
    assert "AGENDA_MAIL_OAUTH_TENANT" in told


def test_a_token_is_kept_until_it_nears_its_end_and_asked_for_anew_when_refused(
    directory,
) -> None:
    now = [0.0]
    tokens = Tokens(Application(directory.url, "a", "b"), monotonic=lambda: now[0])
    assert [tokens.token(), tokens.token()] == ["token-1", "token-1"]
    now[0] = 3299
    assert tokens.token() == "token-1"
    now[0] = 3301
    assert tokens.token() == "token-2"
    tokens.forget()
    assert tokens.token() == "token-3"


@pytest.mark.parametrize("answer", [{}, [], {"access_token": 7}, {"error": "server_error"}])
def test_an_answer_without_a_token_is_no_token(directory, answer) -> None:
    directory.answers = [(200, answer)]
    with pytest.raises(NoToken):
        Tokens(Application(directory.url, "a", "b")).token()


def given(**values: object) -> Settings:
    return Settings(_env_file=None, mail_from="a@regionen.example", **values)  # type: ignore[arg-type]


HALVES = [
    ({"mail_server": "m", "mail_user": "u"}, "AGENDA_MAIL_USER är satt men inte"),
    ({"mail_server": "m", "mail_password": "p"}, "AGENDA_MAIL_PASSWORD är satt men inte"),
    ({"mail_oauth_tenant": "t"}, "AGENDA_MAIL_OAUTH_CLIENT_ID och AGENDA_MAIL_OAUTH_CLIENT_SECRET"),
    ({"mail_oauth_token_url": "https://x.example"}, "bara halv"),
    (OAUTH, "varken AGENDA_MAIL_USER eller AGENDA_IMAP_USER"),
    (OAUTH | {"mail_oauth_token_url": "http://x.example"}, "https://"),
    ({"imap_server": "m"}, "AGENDA_IMAP_SERVER är satt men inte AGENDA_IMAP_USER"),
    ({"imap_server": "m", "imap_user": "u"}, "AGENDA_IMAP_PASSWORD"),
    ({"imap_user": "u"}, "inte AGENDA_IMAP_SERVER"),
    (
        {"imap_server": "m", "imap_user": "u", "imap_password": "p", "incoming_folder": "f"},
        "välj en",
    ),
]


@pytest.mark.parametrize(("values", "said"), HALVES)
def test_half_a_sign_in_is_refused_with_what_is_missing(values, said) -> None:
    with pytest.raises(ValidationError, match=said):
        given(**values)


def test_whole_sign_ins_are_taken() -> None:
    given(mail_server="m", mail_user="u", mail_password="p")
    given(mail_server="m", mail_user="u", **OAUTH)
    given(imap_server="m", imap_user="u", imap_password="p")
    assert given(imap_server="m", imap_user="u", **OAUTH).reads_mail
