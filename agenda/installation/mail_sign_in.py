"""Whether the settings about signing in to mail make a whole: each part with what it needs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agenda.installation.settings import Settings

_SECRETS = "{0}_PASSWORD, eller AGENDA_MAIL_OAUTH_TENANT, _CLIENT_ID och _CLIENT_SECRET"


def sign_in_fault(settings: "Settings") -> str | None:
    """What is missing or too much, as a Swedish sentence; None when all belongs together."""
    return _oauth_fault(settings) or _smtp_fault(settings) or _imap_fault(settings)


def _oauth_fault(settings: "Settings") -> str | None:
    given = {
        "_TENANT": settings.mail_oauth_tenant,
        "_CLIENT_ID": settings.mail_oauth_client_id,
        "_CLIENT_SECRET": settings.mail_oauth_client_secret,
    }
    missing = [name for name, value in given.items() if not value]
    if missing and (len(missing) < len(given) or settings.mail_oauth_token_url):
        names = " och ".join(f"AGENDA_MAIL_OAUTH{name}" for name in missing)
        return f"inloggningen till e-post med OAuth är bara halv: {names} saknas"
    url = settings.mail_oauth_token_url
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        return "AGENDA_MAIL_OAUTH_TOKEN_URL ska börja med https://"
    if not missing and not (settings.mail_user or settings.imap_user):
        return (
            "AGENDA_MAIL_OAUTH_TENANT är satt men varken AGENDA_MAIL_USER eller AGENDA_IMAP_USER "
            "(brevlådans adress)"
        )
    return None


def _smtp_fault(settings: "Settings") -> str | None:
    if settings.mail_password and not settings.mail_user:
        return "AGENDA_MAIL_PASSWORD är satt men inte AGENDA_MAIL_USER"
    if settings.mail_user and not (settings.mail_password or settings.mail_oauth_client_secret):
        return f"AGENDA_MAIL_USER är satt men inte {_SECRETS.format('AGENDA_MAIL')}"
    return None


def _imap_fault(settings: "Settings") -> str | None:
    if not settings.imap_server:
        named = settings.imap_user or settings.imap_password or settings.imap_port
        return "AGENDA_IMAP_USER/_PORT är satta men inte AGENDA_IMAP_SERVER" if named else None
    if settings.incoming_folder:
        return "AGENDA_IMAP_SERVER och AGENDA_INCOMING_FOLDER är båda satta; välj en av dem"
    if not settings.imap_user:
        return "AGENDA_IMAP_SERVER är satt men inte AGENDA_IMAP_USER"
    if not (settings.imap_password or settings.mail_oauth_client_secret):
        return f"AGENDA_IMAP_USER är satt men inte {_SECRETS.format('AGENDA_IMAP')}"
    return None
