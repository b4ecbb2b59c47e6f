"""Signing in to the mail server, with a user and a password of any letters."""

import base64
import smtplib

from notifications.post.mail_trouble import NoLogin


def log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """Sign in, in the first way that the server offers and smtplib knows.

    Raises:
        NoLogin: the server offers none.
        smtplib.SMTPException: the server says no, or hangs up.
    """
    if user.isascii() and password.isascii():
        try:
            smtp.login(user, password)
        except (smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected):
            raise
        except smtplib.SMTPException as error:
            raise NoLogin from error
        return
    # smtplib cannot encode these; PLAIN is defined to carry UTF-8 (RFC 4616 section 2).
    if "PLAIN" not in smtp.esmtp_features.get("auth", "").upper().split():
        raise NoLogin
    secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, said = smtp.docmd("AUTH", f"PLAIN {secret}")
    if code // 100 != 2:
        raise smtplib.SMTPAuthenticationError(code, said)
