"""Why a mail came back: the address is dead, it was refused, or it is delayed. Pure.

In doubt it was refused: a dead address is no longer written to, so it takes a server that
says so in words or by a code that mean nothing else. A full mailbox, a filter, a policy and
a queue that ran out are said with the same codes, and any word of them takes the doubt's side.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from notifications.incoming.reports import MailReport, reply_code_in, statuses_in


class Return(StrEnum):
    """Why a mail came back."""

    DEAD = "dead"
    """There is no such address: nothing more is sent there."""
    REFUSED = "refused"
    """Refused, full, or not to be known: the address is kept, and the coordinator told."""
    DELAYED = "delayed"
    """The server is still trying."""
    DELIVERED = "delivered"
    """It arrived: no bounce at all."""


_ARRIVED = {"delivered", "relayed", "expanded"}
_DEAD_CODES = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}
_UNCLEAR_CODES = {"5.0.0", "5.1.0", "5.3.0", "5.4.1", "5.4.4", "5.5.0"}
"""Said of many things: here the words decide. Any other code speaks against a dead address."""
_NO_SUCH = (550, 551, 553, 554, 556)

_DELAYED = re.compile(
    r"\bdelayed\b|will (be )?(retr|keep trying|continue|try)|still (being )?(retr|try)|warning only"
    r"|do(es)? not (need to )?resend|no action is required|not yet been|försenat|försöker igen",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\bfull\b|quota|exceed|storage|insufficient|too (large|big|many|long|often)|oversize"
    r"|size limit|max(imum)?\b.{0,20}\bsize|over limit|utrymme|\bfullt?\b"
    r"|spam|junk|virus|malware|phish|content|attachment|gr[ae]y-?list|black ?list|block|\brbl\b"
    r"|reputation|polic(y|ies)|denied|den(y|ies)|refused|nekad|restrict|client host"
    r"|not (authori[sz]|allow|permit|accept)|authenticat|relay|\bdmarc\b|\bdkim\b|\bspf\b"
    r"|(reverse|ptr)\b.{0,20}\b(dns|record|lookup)"
    r"|try (again|later)|tempor|timed? ?out|timeout|throttl|rate limit|expired|loop"
    r"|procmail|(could|can)(n[’']t| ?not) (create|open|lock|write|execute)",
    re.IGNORECASE,
)
"""What is said of room, of filters and rules, of something that passes, of a server's own fault."""
_ASLEEP = re.compile(
    r"disabled|suspend|inactive|deactivat|not (?:active|enabled)|locked", re.IGNORECASE
)
"""Of a mailbox that may wake up; unless the code says that there is none."""
_NO_ROOM = re.compile(
    r"not enough (?:disk )?space|(?:mailbox|inbox) (?:is )?full|over ?quota|quota exceeded",
    re.IGNORECASE,
)
"""Said around a report whose code says something else."""
_SOMEBODY = (
    r"(?:e-?mail )?(?:user|mailbox|recipient|account|address(?:ee)?|person|customer|subscriber)s?"
)
_DEAD = re.compile(
    rf"\bno such (?:local )?{_SOMEBODY}\b|\bno {_SOMEBODY}\b.{{0,30}}\b(?:here|by that name)\b"
    rf"|\b(?:invalid|non-?existent|unrouteable|unroutable) {_SOMEBODY}\b"
    rf"|\b{_SOMEBODY}\b.{{0,80}}\b(?:(?:does|do)(?:n[’']t| not) exist|not exists?"
    r"|no longer (?:exists?|valid|in use|here|on|with|works?)"
    r"|has (?:been )?(?:moved|deleted|removed)"
    r"|(?:could|can)(?:n[’']t| ?not) be found|wasn[’']t found|not listed in|not (?:a )?known"
    r"|is not recogni[sz]ed|not found)"
    r"|this user doesn[’']t have|recip(?:ient)?not ?found|unrouteable address|not our customer"
    r"|(?:användaren|mottagaren|adressen|brevlådan)\b.{0,60}"
    r"\b(?:hittades inte|finns inte|kunde inte hittas|existerar inte)",
    re.IGNORECASE,
)
"""Not "user unknown", which filters say too: with that it takes the code."""
_STOCK = re.compile(r"requested action not taken", re.IGNORECASE)
"""The standard's own sentence (RFC 5321 4.2.3), which filters say too, whatever follows it."""
_SELF_EVIDENT = re.compile(
    r"not listed in .{0,30}directory|recipient name is not recogni[sz]ed|unrouteable address",
    re.IGNORECASE,
)
"""What certain programs say without any code, and of nothing else."""
_NO_HOST = re.compile(
    r"\b(?:host|domain)(?: name| or domain name)?s?(?: \S{1,80})? (?:is )?(?:not found|unknown"
    r"|(?:does|do)(?:n[’']t| not) exist|(?:could|can)(?:n[’']t| ?not) be found)"
    r"|\bunknown (?:host|domain)\b|name or service not known|nxdomain|no such (?:host|domain)"
    r"|null ?mx|indicated no smtp service|couldn[’']t find (?:a|any) (?:mail exchanger|host)"
    r"|does(?:n[’']t| not) (?:accept|receive) (?:e-?)?mail\b",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(r"try again|temporar|tempor|timed? ?out|refused", re.IGNORECASE)
_OURS = re.compile(
    r"sender|from (?:address|domain)|return[- ]path|mail from|helo|ehlo", re.IGNORECASE
)
_ACCEPTED_FIRST = re.compile(
    r"end of data|reply to (?:end of )?data|after data|sending data", re.IGNORECASE
)
"""The server had taken the address: what it refused is the letter."""
_EDGE = re.compile(r"recipient address rejected: access denied", re.IGNORECASE)
"""Exchange Online's words, with 5.4.1, of an address that its directory does not have."""


def why_returned(report: MailReport, spoken: str = "") -> Return:
    """Why one mail came back.

    Args:
        report: What is said of its address.
        spoken: The words around the report, for what is only said there.
    """
    has_failed = report.action in ("failed", "delayed")
    if report.action in _ARRIVED or (report.status.startswith("2.") and not has_failed):
        return Return.DELIVERED
    if _is_delayed(report, spoken):
        return Return.DELAYED
    is_dead = _is_dead(report) and not _NO_ROOM.search(spoken[:4000])
    return Return.DEAD if is_dead else Return.REFUSED


def _is_delayed(report: MailReport, spoken: str) -> bool:
    if report.action:
        return report.action == "delayed"
    is_final = report.status.startswith("5") or (reply_code_in(report.said) or 0) >= 500
    return not is_final and bool(_DELAYED.search(f"{report.said} {spoken}"[:4000]))


def _is_dead(report: MailReport) -> bool:
    said, codes = report.said, _for_good(report.status, statuses_in(report.said))
    if codes is None or _ACCEPTED_FIRST.search(said):
        return False
    if "5.4.1" in codes and _EDGE.search(said):
        return True
    if _OURS.search(said):
        return False
    if _NO_HOST.search(said) and not _FOR_NOW.search(said):
        return True
    if _KEPT.search(said):
        return False
    if _SELF_EVIDENT.search(said) or any(code in _DEAD_CODES for code in codes):
        return True
    if _ASLEEP.search(said) or _STOCK.search(said):
        return False
    return reply_code_in(said) in _NO_SUCH and bool(_DEAD.search(said))


def _for_good(status: str, said: Sequence[str]) -> list[str] | None:
    """The codes that count; None where one of them says that it is for now, or of another kind."""
    codes = [code for code in dict.fromkeys((*said, status)) if code and not code.endswith(".0.0")]
    if any(code not in _DEAD_CODES | _UNCLEAR_CODES for code in codes):
        return None
    return codes
