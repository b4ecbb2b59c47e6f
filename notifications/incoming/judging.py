"""What a mail is: a bounce and of what kind, an automatic answer, or an ordinary mail. Pure.

Never by its subject, which every server writes in its own language, and never by
X-Auto-Response-Suppress or Precedence, which stand on ordinary mail too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from agenda.words.addresses import mailbox_of
from notifications.incoming.identifiers import ids_of, keys_of
from notifications.incoming.mail import ReadMail
from notifications.incoming.refused import Return, why_returned
from notifications.incoming.reports import (
    MailReport,
    addresses_of,
    reply_code_in,
    reports_of,
    servers_words,
    statuses_in,
)
from notifications.incoming.words import where_sent_back


class Sort(StrEnum):
    """What sort of mail it is."""

    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    """Answered, or confirmed, by a program: out of office, read, delivered."""
    ORDINARY = "ordinary"
    UNREADABLE = "unreadable"
    """It could not be taken apart; a person has to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a mail is, and what it speaks of."""

    sort: Sort
    ids: tuple[str, ...] = ()
    """The Message-IDs that it names, the surest first."""
    keys: tuple[str, ...] = ()
    """Our messages' keys that it names."""
    addresses: tuple[str, ...] = ()
    """Of a bounce: whom it may be about, the surest first."""
    reports: tuple[tuple[MailReport, Return], ...] = ()
    """Of a bounce: what is said of each address."""

    def about(self, address: str) -> tuple[MailReport, Return] | None:
        """What is said of an address that we wrote to; where it is not named, of the only one.

        A mail that was sent on comes back from another address than ours: where several are
        named and ours is not, the mildest holds.
        """
        own = [one for one in self.reports if mailbox_of(one[0].address) == mailbox_of(address)]
        found = own or list(self.reports)
        return min(found, key=lambda one: _MILDEST.index(one[1]), default=None)


_MILDEST = (Return.DELIVERED, Return.DELAYED, Return.REFUSED, Return.DEAD)
_MACHINES = re.compile(
    r"^(mailer-?daemon|mail-?daemon|post_?master|postmaster|poostmaster|mail\.delivery\.system"
    r"|mailer|mail-delivery|bounces?|ndr|mmdf|uucp|daemon|microsoftexchange[0-9a-f]{8,})$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"([^\s<>\"]+)@[^\s<>\"]+")
_FAILING = re.compile(
    r"undeliver|(could|can|did|was|were)(n[’']t| ?not) (be )?(deliver|reach|sent|send|complet)"
    r"|deliver\w* (\w+ ){0,4}fail|fail\w* (\w+ ){0,4}deliver|unable to (deliver|send|relay)"
    r"|returned mail|permanent (fatal )?error|returned to (the )?sender|not delivered|bounced?"
    r"|(user|host|mailbox|recipient) unknown|unknown (user|host|recipient)|mailbox full|rejected"
    r"|delayed|not been delivered|gick inte att leverera|kunde inte levereras|inte levererats",
    re.IGNORECASE,
)
_EXCHANGE = ("x-ms-exchange-message-is-ndr", "x-failed-recipients")


def judge(mail: ReadMail) -> Judged:
    """What a mail is."""
    if not mail.is_readable:
        return Judged(sort=Sort.UNREADABLE)
    ids, keys = ids_of(mail), keys_of(mail)
    if _may_be_bounce(mail):
        reports = _returns(mail)
        if any(why is not Return.DELIVERED for _, why in reports):
            addresses = addresses_of(mail)
            return Judged(
                sort=Sort.BOUNCE, ids=ids, keys=keys, addresses=addresses, reports=reports
            )
        return Judged(sort=Sort.AUTOMATIC, ids=ids, keys=keys)
    return Judged(sort=_by_head(mail), ids=ids, keys=keys)


def _returns(mail: ReadMail) -> tuple[tuple[MailReport, Return], ...]:
    spoken = servers_words(mail)
    reports: Sequence[MailReport] = reports_of(mail)
    return tuple((report, why_returned(report, spoken)) for report in reports)


def _by_head(mail: ReadMail) -> Sort:
    if mail.report_type == "disposition-notification":
        return Sort.AUTOMATIC
    submitted = mail.first("auto-submitted").partition(";")[0].split("(")[0].strip().lower()
    return Sort.AUTOMATIC if submitted not in ("", "no") else Sort.ORDINARY


def _may_be_bounce(mail: ReadMail) -> bool:
    """Whether a server wrote it to say what became of a mail."""
    if mail.report_type in ("disposition-notification", "feedback-report"):
        return False
    is_report = mail.content_type == "multipart/report" or bool(mail.status)
    if (
        is_report
        and mail.report_type in ("", "delivery-status")
        and (mail.status or _by_server(mail))
    ):
        return True
    if any(mail.has(name) for name in _EXCHANGE):
        return True
    return _by_server(mail) and _tells_of_failure(mail)


def _by_server(mail: ReadMail) -> bool:
    """No way back for an answer, or a server's name: people's programs write neither."""
    paths = mail.head.get("return-path", ())
    if any(path.strip().strip("<>").strip() == "" for path in paths):
        return True
    senders = (*paths, *mail.head.get("from", ()))
    return any(_is_machine(sender) for sender in senders)


def _is_machine(sender: str) -> bool:
    named = _ADDRESS.search(sender)
    if named is None:
        return "<>" in sender or bool(_MACHINES.match(sender.strip().strip("<>")))
    return bool(_MACHINES.match(named[1]))


def _tells_of_failure(mail: ReadMail) -> bool:
    """By a reply code, a mail sent back, or words. Absence notices have an empty path too."""
    said = servers_words(mail)
    is_answer = mail.first("auto-submitted").strip().lower().startswith("auto-replied")
    if statuses_in(said) or reply_code_in(said):
        return True
    if _FAILING.search(said[:8000]):
        return True
    return (bool(mail.returned) or where_sent_back(mail.words) is not None) and not is_answer
