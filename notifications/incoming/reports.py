"""What a server says of each address it could not reach: report fields or plain sentences. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notifications.incoming.mail import Fields, ReadMail, fields_of
from notifications.incoming.words import where_sent_back

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)(?=[ \-#:][^\d]|[ \-][45]\.\d)")
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]+)+"
)
LONGEST_SAID = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReport:
    """What is said of one address; of all, where none is named."""

    address: str = ""
    action: str = ""
    """"failed", "delayed", "delivered" and the like (RFC 3464 2.3.3); empty where not said."""
    status: str = ""
    """The enhanced status code (RFC 3463), as 5.1.1."""
    said: str = ""
    """The server's own words."""


def reports_of(mail: ReadMail) -> tuple[MailReport, ...]:
    """What is said of each address, from the report's fields, else from the mail's words."""
    blocks: Sequence[Fields] = mail.status or [
        fields for fields in fields_of(servers_words(mail)) if "final-recipient" in fields
    ]
    found = [_reported(fields) for fields in blocks if _is_of_an_address(fields)]
    if not found:
        return (_told(mail),)
    text = servers_words(mail)
    return tuple(found if any(one.said for one in found) else _with_words(found, text))


def servers_words(mail: ReadMail) -> str:
    """The text as far as the server's own words go: not what it sends back."""
    text = mail.words
    begins = where_sent_back(text)
    # A mail that begins with what it sends back has the server's words after it, or none.
    return text[:begins] if begins is not None and text[:begins].strip() else text


def addresses_of(mail: ReadMail) -> tuple[str, ...]:
    """The addresses that the mail may be about, the surest first."""
    named = [report.address for report in reports_of(mail) if report.address]
    failed = [one for value in mail.head.get("x-failed-recipients", ()) for one in _in(value)]
    returned = [one for text in mail.returned for one in _recipients(text)]
    spoken = _in(servers_words(mail)) if not (named or failed) else []
    own = {one.casefold() for name in ("from", "to") for one in _in(mail.first(name))}
    unsure = (one for one in (*returned, *spoken) if one.casefold() not in own)
    return tuple(dict.fromkeys((*named, *failed, *unsure)))[:20]


def reply_code_in(text: str) -> int | None:
    """The first reply code of SMTP in some words (RFC 5321 4.2)."""
    found = _REPLY.search(text)
    return int(found[1]) if found else None


def statuses_in(text: str) -> list[str]:
    """The enhanced status codes in some words, in order."""
    return _STATUS.findall(text)


def _is_of_an_address(fields: Fields) -> bool:
    return bool({"final-recipient", "original-recipient", "action"} & fields.keys())


def _reported(fields: Fields) -> MailReport:
    diagnostic = fields.get("diagnostic-code", "")
    said = diagnostic.partition(";")[2].strip() if ";" in diagnostic[:20] else diagnostic
    named = fields.get("original-recipient") or fields.get("final-recipient") or ""
    status = _STATUS.findall(fields.get("status", ""))
    return MailReport(
        address=next(iter(_in(named)), ""),
        action=fields.get("action", "").split(" ")[0].strip("();,").lower(),
        status=status[0] if status else "",
        said=said[:LONGEST_SAID],
    )


def _with_words(reports: Sequence[MailReport], text: str) -> Iterator[MailReport]:
    """A report without a diagnosis, with what the text before it says."""
    said = _telling(text)
    for one in reports:
        yield MailReport(address=one.address, action=one.action, status=one.status, said=said)


def _told(mail: ReadMail) -> MailReport:
    said = _telling(servers_words(mail))
    codes = _STATUS.findall(said)
    named = [one for value in mail.head.get("x-failed-recipients", ()) for one in _in(value)]
    return MailReport(address=next(iter(named), ""), status=codes[0] if codes else "", said=said)


def _telling(text: str) -> str:
    """The lines with a server's reply and what follows them; without one, the whole beginning."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    kept: list[str] = []
    for at, line in enumerate(lines):
        if _REPLY.search(line) or _STATUS.search(line):
            kept += lines[max(at - 1, 0) : at + 3]
    chosen = dict.fromkeys(line for line in (kept or lines) if line)
    return " ".join(chosen)[:LONGEST_SAID]


def _recipients(returned: str) -> list[str]:
    head = returned.partition("\n\n")[0]
    fields = fields_of(head)
    return _in(fields[0].get("to", "")) if fields else []


def _in(value: str) -> list[str]:
    return _ADDRESS.findall(value)
