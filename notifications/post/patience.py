"""How long a conversation with the mail server may last, and the lease that outlasts it. Pure.

Everything that waits is counted here and nowhere else: a lease that ran out while the
conversation could still succeed would send the same letter twice.
"""

from datetime import timedelta

from agenda.installation.settings import LONGEST_MAIL_TIMEOUT_SECONDS

EXCHANGES = 10
"""A connection and nine replies: greeting, EHLO, STARTTLS, EHLO, two to sign in, MAIL, RCPT, DATA.
"""
TAKING_SECONDS = 600.0
"""How long a server may take to answer that it has a letter (RFC 5321 section 4.5.3.2.6)."""
TOKEN_SECONDS = 60.0
"""What an access token may take, for signing in without a password."""
_RECORDING_SECONDS = 60.0
"""What our own database may take before and after."""


def before_the_dot_seconds(timeout_seconds: float) -> float:
    """How long all that comes before a letter's final dot may take together."""
    return EXCHANGES * timeout_seconds


LEASE = timedelta(
    seconds=before_the_dot_seconds(LONGEST_MAIL_TIMEOUT_SECONDS)
    + TAKING_SECONDS
    + TOKEN_SECONDS
    + _RECORDING_SECONDS
)
"""How long a message is its sender's alone: longer than the slowest conversation can succeed."""
