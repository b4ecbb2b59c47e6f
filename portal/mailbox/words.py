"""Where mail goes, in words: the panel of `agenda up` and the start page say the same."""

from agenda.installation.settings import Settings


def mail_in_words(settings: Settings) -> str:
    """Where mail goes: to the local mailbox, out by a server, or all of it to one address."""
    where = (
        f"skickas av {settings.mail_server}"
        if settings.has_mail_server
        else "stannar i den lokala brevlådan, inget lämnar datorn"
    )
    if settings.mail_redirect_to:
        return f"allt går till {settings.mail_redirect_to}, oavsett mottagare ({where})"
    return where
