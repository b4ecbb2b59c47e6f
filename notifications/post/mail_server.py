"""Where mail is handed over, as the settings say."""

from dataclasses import dataclass

from agenda.installation.settings import MailSecurity, Settings
from notifications.post.patience import TAKING_SECONDS
from notifications.post.tokens import Tokens

_PORTS = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.PLAIN: 25}


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over. The password is kept out of `repr`, which logs would show."""

    host: str
    port: int
    security: MailSecurity
    user: str | None
    password: str | None
    timeout_seconds: float
    taking_seconds: float = TAKING_SECONDS
    """How long it may take to say that it has a letter."""
    tokens: Tokens | None = None
    """What signs the user in where there is no password."""

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port}, {self.security})"

    @classmethod
    def of(cls, settings: Settings) -> "Server":
        """The configured mail server; without one, the local mailbox on loopback."""
        timeout = settings.mail_timeout_seconds
        if settings.mail_server is None:
            port = settings.mailbox_port
            return cls("127.0.0.1", port, MailSecurity.PLAIN, None, None, timeout)
        security, secret = settings.mail_security, settings.mail_password
        return cls(
            host=settings.mail_server,
            port=settings.mail_port or _PORTS[security],
            security=security,
            user=settings.mail_user,
            password=secret.get_secret_value() if secret else None,
            timeout_seconds=timeout,
            tokens=None if secret or not settings.mail_user else Tokens.of(settings),
        )
