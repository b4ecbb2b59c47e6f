"""What went wrong between us and the mail server, in words and with a way to mend it."""

import re
import smtplib
import socket
import ssl

from agenda.installation.settings import MailSecurity, Settings
from notifications.post.outgoing import FailedAt, Outcome, Result
from notifications.post.tokens import NoToken

_CERTIFICATE_FAULTS = {
    9: "är inte giltigt än",
    10: "har gått ut",
    18: "är självsignerat",
    19: "kommer från en utfärdare som den här datorn inte litar på",
    20: "kommer från en utfärdare som den här datorn inte litar på",
    21: "kommer från en utfärdare som den här datorn inte litar på",
    62: "gäller ett annat servernamn",
    64: "gäller en annan IP-adress",
}
"""OpenSSL's X509_V_ERR_… codes that people meet."""


class NoLogin(smtplib.SMTPException):
    """The server offers no way to log in that we can use."""


def trouble_of(error: Exception) -> FailedAt:
    """Where an exception raised before the final dot says that the attempt failed."""
    if is_timeout(error):
        return FailedAt.TIMEOUT
    if getattr(error, "smtp_code", None) == 421:
        return FailedAt.LOST
    kinds: tuple[tuple[type[Exception], FailedAt], ...] = (
        (ssl.SSLCertVerificationError, FailedAt.CERTIFICATE),
        (ssl.SSLError, FailedAt.TLS),
        (socket.gaierror, FailedAt.NAME),
        (ValueError, FailedAt.NAME),  # a server name that no resolver would accept
        (smtplib.SMTPAuthenticationError, FailedAt.LOGIN),
        (NoLogin, FailedAt.LOGIN),
        (NoToken, FailedAt.LOGIN),
        (smtplib.SMTPServerDisconnected, FailedAt.LOST),
        (smtplib.SMTPConnectError, FailedAt.CONNECTION),
        (smtplib.SMTPHeloError, FailedAt.CONNECTION),
        (smtplib.SMTPException, FailedAt.TLS),  # what is left is STARTTLS not to be had
    )
    found = (trouble for kind, trouble in kinds if isinstance(error, kind))
    return next(found, FailedAt.CONNECTION)


def is_timeout(error: BaseException) -> bool:
    """Whether the server was silent too long.

    smtplib turns a timeout while reading into SMTPServerDisconnected, but keeps the cause.
    """
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def sentence(error: Exception, *, host: str, port: int, timeout_seconds: float) -> str:
    """What an exception before the final dot means, in Swedish."""
    server = f"{host} port {port}"
    match trouble_of(error):
        case FailedAt.NAME:
            return f"Namnet {host} finns inte i namntjänsten (DNS)."
        case FailedAt.TIMEOUT:
            return f"Mailservern {server} svarade inte inom {timeout_seconds:g} sekunder."
        case FailedAt.LOST:
            return f"Mailservern {server} bröt förbindelsen innan brevet var lämnat."
        case FailedAt.CERTIFICATE:
            fault = _CERTIFICATE_FAULTS.get(
                getattr(error, "verify_code", 0), "går inte att lita på"
            )
            return f"Mailserverns certifikat {fault} ({server}). Inget skickades."
        case FailedAt.TLS:
            return f"Mailservern {server} erbjuder ingen kryptering. Inget skickades."
        case FailedAt.LOGIN if isinstance(error, NoToken):
            return str(error)
        case FailedAt.LOGIN:
            return f"Mailservern {server} erbjuder ingen inloggning som går att använda."
        case _:
            why = getattr(error, "strerror", None) or type(error).__name__
            return f"Det går inte att ansluta till mailservern {server} ({why})."


def explained(outcome: Outcome, settings: Settings) -> str:
    """What became of an attempt and how to mend it, in Swedish, for `agenda mail test`."""
    code = f"{outcome.code} " if outcome.code else ""
    if outcome.result is Result.SENT:
        return f"Brevet är mottaget. Svaret var: {code}{outcome.said}"
    quoted = f"Mailservern svarade: {code}{outcome.said}" if outcome.code else outcome.said
    return f"{quoted.rstrip('.')}. {_advice(outcome, settings)}"


def _advice(outcome: Outcome, settings: Settings) -> str:
    if outcome.result is Result.UNCERTAIN:
        return (
            "Ingen kan veta om brevet kom fram. Det skickas igen med samma Message-ID, "
            "så att mottagarens mailprogram kan känna igen en dubblett."
        )
    if outcome.trouble is FailedAt.RECIPIENT and outcome.result is Result.LATER:
        return (
            "Servern vill ha brevet senare, ofta för att den inte känner avsändaren än "
            "(grålistning). Det skickas igen av sig självt; inget behöver göras."
        )
    if outcome.trouble is FailedAt.CONNECTION and not settings.has_mail_server:
        return (
            "Den lokala brevlådan är inte i gång: starta den med agenda up, "
            "eller ange en mailserver i AGENDA_MAIL_SERVER."
        )
    if outcome.trouble in (FailedAt.LOGIN, FailedAt.SENDER) and _EXCHANGE.search(outcome.said):
        return _NO_BASIC_SIGN_IN if not settings.has_mail_oauth else _NOT_LET_IN
    if outcome.trouble is FailedAt.LOGIN and settings.has_mail_oauth and not settings.mail_password:
        return _OAUTH
    silences = (FailedAt.TIMEOUT, FailedAt.SILENT)
    if outcome.trouble in silences and settings.mail_security is MailSecurity.STARTTLS:
        return _ADVICE[FailedAt.TIMEOUT] + " Port 465 kräver AGENDA_MAIL_SECURITY=tls."
    return _ADVICE[outcome.trouble or FailedAt.CONTENT]


_EXCHANGE = re.compile(
    r"5\.7\.139|^5\.7\.3\b|5\.7\.57|SmtpClientAuthentication|basic authentication is disabled"
    r"|authentication unsuccessful",
    re.IGNORECASE,
)
"""What Exchange Online says to a password, and to an application that may not send."""
_NO_BASIC_SIGN_IN = (
    "Så svarar Microsoft 365 när det inte tar emot lösenord för SMTP. Logga in utan lösenord: "
    "ta bort AGENDA_MAIL_PASSWORD och sätt AGENDA_MAIL_OAUTH_TENANT, "
    "AGENDA_MAIL_OAUTH_CLIENT_ID och AGENDA_MAIL_OAUTH_CLIENT_SECRET, "
    "eller be den som sköter Microsoft 365 om ett relä. Är lösenordet bara fel svarar det likadant."
)
_NOT_LET_IN = (
    "Så svarar Microsoft 365 när programmet inte får använda brevlådan. Be den som sköter "
    "Microsoft 365 att ge programmet rätten SMTP.SendAsApp och tillträde till brevlådan i "
    "AGENDA_MAIL_USER, och att slå på SMTP AUTH för den."
)
_OAUTH = "Kontrollera AGENDA_MAIL_USER och AGENDA_MAIL_OAUTH_TENANT, _CLIENT_ID och _CLIENT_SECRET."
_ADVICE = {
    FailedAt.NAME: "Kontrollera stavningen i AGENDA_MAIL_SERVER och att datorn når nätet.",
    FailedAt.CONNECTION: (
        "Kontrollera AGENDA_MAIL_SERVER och AGENDA_MAIL_PORT, "
        "och att brandväggen släpper fram trafiken."
    ),
    FailedAt.TIMEOUT: "Kontrollera AGENDA_MAIL_PORT och att brandväggen släpper fram trafiken.",
    FailedAt.SILENT: "Kontrollera AGENDA_MAIL_PORT och att brandväggen släpper fram trafiken.",
    FailedAt.LOST: "Det är oftast tillfälligt: försök igen om en stund.",
    FailedAt.TLS: (
        "Kontrollera att AGENDA_MAIL_SECURITY och AGENDA_MAIL_PORT hör ihop: "
        "starttls oftast med port 587, tls med port 465."
    ),
    FailedAt.CERTIFICATE: (
        "Be den som sköter mailservern om ett giltigt certifikat, använd det servernamn som "
        "står i certifikatet, eller peka ut er egen utfärdare med SSL_CERT_FILE."
    ),
    FailedAt.LOGIN: (
        "Kontrollera AGENDA_MAIL_USER och AGENDA_MAIL_PASSWORD. "
        "Har kontot tvåstegsinloggning krävs ofta ett särskilt applösenord."
    ),
    FailedAt.SENDER: (
        "Avsändaren godtas inte: kontrollera AGENDA_MAIL_FROM och att kontot får skicka därifrån."
    ),
    FailedAt.RECIPIENT: "Mottagaren godtas inte: kontrollera adressen.",
    FailedAt.CONTENT: "Servern avvisade brevets innehåll: fråga den som sköter mailservern varför.",
    FailedAt.MESSAGE: "Rätta det och försök igen.",
    FailedAt.CHANNEL: "Kontrollera kanalens adress och att kanalen finns kvar.",
}
