"""Whom a refused letter is about: its mailbox, the letter, or us and our mail server. Pure.

A wrong setting of ours makes a server refuse every recipient in the words that otherwise
mean a dead address. So the enhanced status code is read (RFC 3463 and its registry), and
the words where there is none or where it can mean several things.
"""

import re
from enum import StrEnum

from notifications.post.outgoing import FailedAt, Outcome, Result

_ENHANCED = re.compile(r"^\D{0,3}([245])\.(\d{1,3})\.(\d{1,3})\b")

NO_SUCH_MAILBOX = (550, 551, 553, 556)
"""Replies that condemn the address itself, if nothing more is said (RFC 5321 4.2.3)."""
_OUR_COMMANDS = (500, 502, 503, 504, 555)
_SIGN_IN = (530, 534, 535, 538)
_OUR_PROOFS = frozenset({3, 8, 9, 10, 11, 12, 14, 54, 57, 60, 64, *range(20, 31)})
"""Of x.7: sign-in, encryption, relaying, SPF, DKIM and DMARC; from 500 on a host's own."""

_UNKNOWN = re.compile(
    r"(user|mailbox|recipient|account|address)\b.{0,60}\b(unknown|unavailable|not found|disabled"
    r"|does(n't| not) exist)|(no such|unknown|invalid) (user|mailbox|recipient|address|account)",
    re.IGNORECASE,
)
_US = re.compile(
    r"(unable|not|cannot|refuse[sd]?|will not|won't) to relay|(can|do)(no|n')t relay|not? relay"
    r"|relay(ing)?( access)?( is)? (denied|not|prohibited|refused|rejected|disabled)"
    r"|sender\b.{0,60}\b(reject|refus|denied|not|unknown|invalid|unverified|blocked|verif)"
    r"|(not|n't)\b.{0,30}\bsend (as|from|on behalf)|from address|return path"
    r"|authenticat|must (log|sign) in|(starttls|encryption|tls)\b.{0,20}\brequired|must issue"
    r"|client host|blocked using|(block|black|deny)[ -]?list|reputation|\b(spf|dkim|dmarc)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"spam|virus|malware|content|attachment|(message|mail)\b.{0,20}\b(reject|refus)", re.IGNORECASE
)


class About(StrEnum):
    """Whom an attempt that failed is about: chooses what becomes of the letter and the address."""

    MAILBOX = "mailbox"
    """There is no such mailbox: the address is dead."""
    LETTER = "letter"
    """This letter, or this mailbox as it is now; the next one may arrive."""
    POLICY = "policy"
    """Somebody's rule, perhaps about us: the letter is kept for some days, the address for good."""
    US = "us"
    """The sender or the settings: the letter is kept, and the coordinator told."""
    SERVER = "server"
    """The mail server is away, silent, or lets nobody in: the letter is kept."""


_SERVER = {
    FailedAt.NAME,
    FailedAt.CONNECTION,
    FailedAt.SILENT,
    FailedAt.TIMEOUT,
    FailedAt.LOST,
    FailedAt.TLS,
    FailedAt.CERTIFICATE,
    FailedAt.LOGIN,
}


def about(outcome: Outcome) -> About | None:
    """Whom a failed attempt is about; None when it did not fail."""
    if outcome.result is Result.SENT:
        return None
    if outcome.result is Result.UNCERTAIN or outcome.trouble in (
        FailedAt.MESSAGE,
        FailedAt.CHANNEL,
    ):
        return About.LETTER
    if outcome.trouble in _SERVER or outcome.code == 421:
        return About.SERVER
    if outcome.trouble is FailedAt.SENDER:
        # The answer to MAIL: no recipient has been named yet.
        return About.US
    if outcome.code is None:
        return About.LETTER
    found = _by_words_and_code(outcome.code, outcome.said)
    is_for_good = outcome.result is Result.NEVER
    return found if is_for_good or found is About.US else About.LETTER


def _by_words_and_code(code: int, said: str) -> About:
    enhanced = _ENHANCED.match(said)
    if enhanced is not None:
        subject, detail = int(enhanced[2]), int(enhanced[3])
        if (found := _by_enhanced(subject, detail, said)) is not None:
            return found
    if _UNKNOWN.search(said) and code in NO_SUCH_MAILBOX:
        return About.MAILBOX
    if _US.search(said) or code in _SIGN_IN or code in _OUR_COMMANDS:
        return About.US
    return About.MAILBOX if code in NO_SUCH_MAILBOX else About.LETTER


def _by_enhanced(subject: int, detail: int, said: str) -> About | None:
    """What the enhanced code settles; None where the words and the reply's own code decide."""
    match subject, detail:
        case 1, 7 | 8:
            return About.US
        case (1, _) | (2, 1):
            return About.MAILBOX
        case (2, _) | (3, 4) | (6, _):
            return About.LETTER
        case (5, _) | (3, 2 | 5):
            # Some large mail hosts say 5.5.0 of a mailbox that is not there.
            return About.MAILBOX if _UNKNOWN.search(said) else About.US
        case 7, _:
            return _by_policy(detail, said)
    return None


def _by_policy(detail: int, said: str) -> About:
    if detail in _OUR_PROOFS or detail >= 500 or _US.search(said):
        return About.US
    if _UNKNOWN.search(said):
        return About.MAILBOX
    return About.LETTER if _CONTENT.search(said) else About.POLICY
