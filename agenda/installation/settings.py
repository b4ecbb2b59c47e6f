"""The installation's settings: environment variables named AGENDA_…, or a file `.env`.

Typed, and checked together at the start, so that a half-filled configuration stops the
start with a sentence instead of losing mail later.
"""

import os
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from agenda.installation.base_url import EVERYWHERE, own_address, whole_address
from agenda.installation.directory import OWN, directory_fault, is_safe_address
from agenda.installation.mail_sign_in import sign_in_fault
from agenda.installation.settings_faults import misspelt, sentence
from agenda.words.addresses import Address, checked_address
from agenda.words.errors import BadSettings

LOOPBACK = "127.0.0.1"
LONGEST_MAIL_TIMEOUT_SECONDS = 120
ENV_FILE = ".env"
FEWEST_SIGNS = 10
"""Different characters in a key. "changeme" four times over has fewer; 32 hexadecimal digits
drawn by lot have fewer once in seven thousand times."""


class MailSecurity(StrEnum):
    """How the connection to the mail server is protected; there is no fall-back to plain."""

    STARTTLS = "starttls"
    TLS = "tls"
    PLAIN = "plain"


class AnswerNotices(StrEnum):
    """How the coordinator hears of answers that come in."""

    IMMEDIATELY = "immediately"
    DAILY = "daily"
    NO = "no"


def _split(value: str | tuple[str, ...]) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(part.strip() for part in parts if part.strip())


def _addresses(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(checked_address(value) for value in values)


class Settings(BaseSettings):
    """Everything that an installation can choose. Field NAME is set by AGENDA_NAME."""

    model_config = SettingsConfigDict(
        env_prefix="AGENDA_", env_file=ENV_FILE, extra="ignore", frozen=True
    )

    var: Path = Path("var")
    """The folder that holds all state: databases, mailbox, logs, backups."""
    database_url: SecretStr | None = None
    """PostgreSQL, e.g. postgresql+psycopg://agenda@localhost/agenda; else SQLite under `var`."""
    host: str = LOOPBACK
    portal_port: int = Field(default=8400, ge=1, le=65535)
    prefect_port: int = Field(default=4210, ge=1, le=65535)
    mailbox_port: int = Field(default=8425, ge=1, le=65535)
    """Where the local mailbox listens (SMTP, loopback) while no mail server is configured."""
    base_url: str | None = None
    """The address people reach the portal at; used in every link."""
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Addresses or networks of reverse proxies, comma-separated: what they say of who comes,
    and over what (X-Forwarded-For and -Proto), is believed; nobody else's word is."""
    secret_key: SecretStr | None = Field(default=None, min_length=32)
    """What personal links are made of; else a key that is made once under `var`."""
    former_secret_key: SecretStr | None = Field(default=None, min_length=32)
    """The key before it: links made of that one hold while it is given."""
    prefect_api_url: str | None = None
    """Another Prefect server's API; else the one that `agenda up` runs."""

    dashboard_url: str | None = None
    """The address at which people reach Prefect's dashboard, behind a proxy that asks the desk
    who comes; else it is shown on this machine alone."""

    oidc_issuer: str | None = None
    """The region's own directory, as it calls itself: OpenID Connect signs in to the desk."""
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_coordinators: str | None = None
    """Who of those in it comes to the desk: `own`, those whom the desk knows; or the app role
    that they must have besides."""

    erase_after_days: int = Field(default=30, ge=1, le=3650)
    """When a file that was taken off a draft and never sent is erased; and, counted from the
    close of its round, when colleagues' addresses are."""

    mail_server: str | None = None
    mail_port: int | None = Field(default=None, ge=1, le=65535)
    mail_security: MailSecurity = MailSecurity.STARTTLS
    mail_user: str | None = None
    mail_password: SecretStr | None = None
    mail_from: Address | None = None
    mail_from_name: str = "Region Jämtland Härjedalen"
    mail_timeout_seconds: float = Field(default=60, gt=0, le=LONGEST_MAIL_TIMEOUT_SECONDS)
    mail_oauth_tenant: str | None = None
    """The directory in Microsoft 365 (Entra) that signs us in to mail instead of passwords."""
    mail_oauth_client_id: str | None = None
    mail_oauth_client_secret: SecretStr | None = None
    mail_oauth_token_url: str | None = None
    """Where its tokens are asked for, if not at Microsoft's own address."""
    mail_redirect_to: Address | None = None
    """Every mail of a trial goes here, with the intended recipient named in it."""
    alerts: Annotated[tuple[str, ...], NoDecode] = ()
    """Further addresses and Apprise URLs for what the coordinator must know, comma-separated."""
    answer_notices: AnswerNotices = AnswerNotices.DAILY
    """Whether the coordinator hears of each answer at once, once a workday, or not."""
    channels: Annotated[tuple[str, ...], NoDecode] = ("workflows", "msteams", "slack", "46elks")
    """The Apprise schemas that an address may use besides e-mail, comma-separated."""

    imap_server: str | None = None
    """Where answers and bounces come to; read, and never changed."""
    imap_port: int | None = Field(default=None, ge=1, le=65535)
    imap_security: MailSecurity = MailSecurity.TLS
    imap_user: str | None = None
    """Of a shared mailbox in Microsoft 365: the mailbox's own address."""
    imap_password: SecretStr | None = None
    imap_folder: str = "INBOX"
    incoming_folder: Path | None = None
    """A folder of mails instead of a mailbox: files that end in .eml, or a Maildir."""
    incoming_every_minutes: int = Field(default=5, ge=1, le=1440)

    @model_validator(mode="before")
    @classmethod
    def _split_lists(cls, values: dict[str, object]) -> dict[str, object]:
        for name in ("alerts", "channels", "trusted_proxies"):
            if isinstance(given := values.get(name), str):
                values[name] = _split(given)
        return values

    @field_validator("base_url", "dashboard_url")
    @classmethod
    def _whole_address(cls, address: str | None) -> str | None:
        return whole_address(address) if address and address.strip() else None

    @field_validator("secret_key", "former_secret_key")
    @classmethod
    def _unguessable(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and len(set(key.get_secret_value())) < FEWEST_SIGNS:
            raise ValueError(
                "nyckeln är för enkel. Gör en slumpad, till exempel med: openssl rand -base64 48"
            )
        return key

    @model_validator(mode="after")
    def _whole(self) -> "Settings":
        try:
            _addresses(self.alerts)
        except ValueError as error:
            raise ValueError(f"AGENDA_ALERTS: {error}") from None
        if self.base_url is None:
            own_address(self.host, self.portal_port)
        if self.mail_server and not self.mail_from:
            raise ValueError("AGENDA_MAIL_SERVER är satt men inte AGENDA_MAIL_FROM (avsändaren)")
        if not self.mail_server and (self.mail_user or self.mail_port):
            raise ValueError("AGENDA_MAIL_USER/_PORT är satta men inte AGENDA_MAIL_SERVER")
        if fault := sign_in_fault(self) or directory_fault(self):
            raise ValueError(fault)
        if self.dashboard_url and not is_safe_address(self.dashboard_url):
            raise ValueError("AGENDA_DASHBOARD_URL ska börja med https://")
        return self

    @property
    def has_mail_oauth(self) -> bool:
        """Whether a directory signs us in to mail where no password is given."""
        return self.mail_oauth_client_secret is not None

    @property
    def reads_mail(self) -> bool:
        """Whether answers and bounces are read from anywhere."""
        return self.imap_server is not None or self.incoming_folder is not None

    @property
    def has_mail_server(self) -> bool:
        """Whether mail leaves for real; otherwise it stays in the local mailbox."""
        return self.mail_server is not None

    @property
    def portal_url(self) -> str:
        """The portal's address, without a trailing slash."""
        return self.base_url or own_address(self.host, self.portal_port)

    @property
    def url_at_machine(self) -> str:
        """The portal's address at this machine, where no proxy stands before any page of it."""
        return own_address(LOOPBACK if self.host in EVERYWHERE else self.host, self.portal_port)

    @property
    def has_directory(self) -> bool:
        """Whether the region's own directory signs in to the desk."""
        return self.oidc_issuer is not None

    @property
    def asks_for_role(self) -> bool:
        """Whether those whom the directory signs in must have an app role there."""
        return self.oidc_coordinators not in (None, OWN)

    @property
    def prefect_url(self) -> str:
        """The address of Prefect's dashboard, without a trailing slash."""
        return self.dashboard_url or self.prefect_api.removesuffix("/api")

    @property
    def shows_dashboard(self) -> bool:
        """Whether who reads the portal's pages elsewhere than at this machine reaches it too."""
        is_at_machine = urlsplit(self.portal_url).hostname in (LOOPBACK, "localhost")
        return self.dashboard_url is not None or is_at_machine

    @property
    def prefect_api(self) -> str:
        """The address of Prefect's API, ending in /api."""
        return (self.prefect_api_url or f"http://{LOOPBACK}:{self.prefect_port}/api").rstrip("/")

    @property
    def engine_url(self) -> str:
        """The SQLAlchemy URL of the product's database."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.var / 'agenda.db').absolute()}"

    @property
    def sender(self) -> str:
        """The From address of every mail."""
        return self.mail_from or "paverkansagenda@regionen.example"


@cache
def settings() -> Settings:
    """The settings in force, read once.

    Raises:
        BadSettings: a value is missing or cannot be used; the sentence names the variable.
    """
    try:
        found = Settings()
        names = (*os.environ, *dotenv_values(ENV_FILE, interpolate=False))
    except ValidationError as error:
        faults = "; ".join(sentence(fault, Settings) for fault in error.errors())
        raise BadSettings(f"Inställningarna går inte att använda: {faults}.") from None
    except UnicodeDecodeError:
        raise BadSettings("Filen .env går inte att läsa. Spara den som text i UTF-8.") from None
    if slips := list(misspelt(names, Settings.model_fields)):
        raise BadSettings(" ".join(slips))
    return found
