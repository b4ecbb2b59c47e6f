"""Signing in to mail without a password: an access token from the organisation's directory.

Microsoft 365 takes no passwords for IMAP and soon none for SMTP; an application gets a token
by its own secret (OAuth 2.0 client credentials, RFC 6749 section 4.4) and shows it (XOAUTH2).
"""

import smtplib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from agenda.installation.settings import Settings

SCOPE = "https://outlook.office365.com/.default"
TIMEOUT_SECONDS = 15.0
"""Of the connection and of every silence after it."""
_RENEWED_BEFORE_SECONDS = 300.0
_USUAL_SECONDS = 3600.0
_LONGEST_WORDS = 300


class NoToken(smtplib.SMTPException):
    """No access token was to be had; the sentence says why and what to mend."""


@dataclass(frozen=True, slots=True, repr=False)
class Application:
    """Who asks for tokens, and where."""

    token_url: str
    client_id: str
    client_secret: str


class Tokens:
    """The access token in force, asked for when it is needed and kept until it nears its end."""

    def __init__(
        self, application: Application, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._application = application
        self._monotonic = monotonic
        self._turn = threading.Lock()
        self._token = ""
        self._until = 0.0

    @classmethod
    def of(cls, settings: Settings) -> "Tokens | None":
        """What the settings name; None where they name no directory."""
        secret = settings.mail_oauth_client_secret
        if secret is None:
            return None
        usual = f"https://login.microsoftonline.com/{settings.mail_oauth_tenant}/oauth2/v2.0/token"
        url = settings.mail_oauth_token_url or usual
        return cls(Application(url, settings.mail_oauth_client_id or "", secret.get_secret_value()))

    def token(self) -> str:
        """An access token that holds for some minutes more.

        Raises:
            NoToken: the directory is away or says no.
        """
        with self._turn:
            if not self._token or self._monotonic() >= self._until:
                self._renew()
            return self._token

    def forget(self) -> None:
        """Ask for another one next time: this one was refused."""
        with self._turn:
            self._token = ""

    def _renew(self) -> None:
        asked_at = self._monotonic()
        told = _asked(self._application)
        token = told.get("access_token")
        if not isinstance(token, str) or not token:
            raise NoToken(f"Katalogen gav ingen inloggning till e-posten. {_why(told)}".strip())
        seconds = told.get("expires_in")
        holds = float(seconds) if isinstance(seconds, int | float) else _USUAL_SECONDS
        self._token = token
        self._until = asked_at + max(holds - _RENEWED_BEFORE_SECONDS, holds / 2)


def xoauth2(user: str, token: str) -> str:
    """What is said to sign in with a token, before base64."""
    return f"user={user}\1auth=Bearer {token}\1\1"


def _asked(application: Application) -> dict[str, Any]:
    form = {
        "grant_type": "client_credentials",
        "client_id": application.client_id,
        "client_secret": application.client_secret,
        "scope": SCOPE,
    }
    try:
        answer = httpx.post(application.token_url, data=form, timeout=TIMEOUT_SECONDS)
        told = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL):
        host = httpx.URL(application.token_url).host
        raise NoToken(
            f"Katalogen som loggar in oss till e-posten ({host}) går inte att nå."
        ) from None
    except ValueError:
        raise NoToken("Katalogen som loggar in oss till e-posten svarade oläsligt.") from None
    return told if isinstance(told, dict) else {}


_CAUSES = {
    "AADSTS7000215": "Hemligheten är fel: kontrollera AGENDA_MAIL_OAUTH_CLIENT_SECRET.",
    "AADSTS7000222": "Hemligheten har gått ut: gör en ny i Entra och byt "
    "AGENDA_MAIL_OAUTH_CLIENT_SECRET.",
    "AADSTS700016": "Programmet finns inte i katalogen: kontrollera AGENDA_MAIL_OAUTH_CLIENT_ID.",
    "AADSTS90002": "Katalogen finns inte: kontrollera AGENDA_MAIL_OAUTH_TENANT.",
}


def _why(told: dict[str, Any]) -> str:
    words = str(told.get("error_description") or told.get("error") or "")
    for code, sentence in _CAUSES.items():
        if f"{code}:" in words or words == code:
            return sentence
    said = " ".join(words.split())[:_LONGEST_WORDS]
    return f"Den svarade: {said}" if said else ""
