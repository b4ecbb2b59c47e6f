"""Signing in to the mail server, with a user and a password of any letters, or with a token."""

import base64
import smtplib

from notifications.post.mail_trouble import NoLogin
from notifications.post.tokens import Tokens, xoauth2


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


def log_in_with_token(smtp: smtplib.SMTP, user: str, tokens: Tokens) -> None:
    """Sign in with an access token (XOAUTH2).

    Raises:
        NoLogin: the server does not offer it.
        NoToken: none is to be had.
        smtplib.SMTPException: the server says no, or hangs up.
    """
    if "XOAUTH2" not in smtp.esmtp_features.get("auth", "").upper().split():
        raise NoLogin

    token = tokens.token()

    def answered(challenge: bytes | None = None) -> str:
        # A challenge says why it is refused, and wants an empty answer before it says so by code.
        return "" if challenge else xoauth2(user, token)

    try:
        smtp.auth("XOAUTH2", answered)
    except smtplib.SMTPAuthenticationError:
        tokens.forget()
        raise
