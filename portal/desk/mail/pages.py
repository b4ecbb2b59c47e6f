"""`/samordna/…/inkommande`: mail that came in, as text; the mail and its files to be saved."""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Final

from fastapi import APIRouter, Response

from agenda.attachments import KINDS, safe_name
from agenda.models import DeskRole
from agenda.storage.store import reading
from agenda.words.errors import NotFound
from notifications.incoming.enclosed import EnclosedFile
from notifications.incoming.judging import Sort
from notifications.incoming.settled import Settled
from notifications.readings.incoming import (
    MailLine,
    OneMail,
    mail_at_desk,
    mails_at_desk,
    raw_mail,
)
from portal.desk.cookies import HOME
from portal.desk.paging import page_of
from portal.desk.visits import InRound, NotYours, RoundVisit
from portal.door.downloads import download

IDS = range(1, 2**31)
"""What a database can be asked for."""
DONE = ("set_mail_aside", "take_mail_back")
_UNKNOWN = "application/octet-stream"
_SHOWN: Final[Mapping[str, Callable[[MailLine], bool]]] = {
    "": lambda line: line.settled_at is None,
    "undan": lambda line: line.settled_how == Settled.SET_ASIDE,
    "studsar": lambda line: line.sort == Sort.BOUNCE,
    "svar": lambda line: line.answer_id is not None,
    "alla": lambda _: True,
}
"""What can be shown alone, by what stands in the address."""

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/inkommande")


@router.api_route("", methods=["GET", "HEAD"])
def mails(
    here: InRound, visa: str = "", vem: str = "", sok: str = "", sida: str = "", gjort: str = ""
) -> Response:
    """What waits for somebody; by what it is, whose it is and words."""
    with reading(here.engine) as session:
        every = mails_at_desk(session, here.round, coordinates=coordinates(here))
    chosen = visa if visa in _SHOWN else ""
    words = sok.strip().casefold()
    found = [
        line
        for line in every
        if _SHOWN[chosen](line) and vem in ("", line.organisation) and words in _words(line)
    ]
    return here.show(
        "mails.html",
        page="incoming",
        found=page_of(found, sida),
        choices=list(_SHOWN),
        chosen=chosen,
        whose=vem,
        words=sok,
        done=gjort if gjort in DONE else "",
        reads_mail=here.settings.reads_mail,
    )


@router.api_route("/{number:int}/mejl.eml", methods=["GET", "HEAD"])
def raw(here: InRound, number: int) -> Response:
    """The mail exactly as it came, to be saved."""
    found = mail_of(here, number)
    with reading(here.engine) as session:
        octets = raw_mail(session, number)
    name = safe_name(f"{found.line.subject or 'mejl'} {number}.eml")
    return download(name, "message/rfc822", octets)


@router.api_route("/{number:int}/fil/{which:int}", methods=["GET", "HEAD"])
def enclosed_file(here: InRound, number: int, which: int) -> Response:
    """A file of a mail, to be saved; what it says it is does not matter then."""
    files = mail_of(here, number).files
    if not 1 <= which <= len(files):
        raise NotYours(here)
    file = files[which - 1]
    media_type = file.checked.media_type if file.checked else _UNKNOWN
    return download(safe_name(file.name), media_type, file.octets)


def mail_of(here: RoundVisit, number: int) -> OneMail:
    """A mail that whoever is here may see.

    Raises:
        NotYours: they may not, or there is none.
    """
    try:
        with reading(here.engine) as session:
            wanted = number if number in IDS else 0
            return mail_at_desk(session, here.round, wanted, coordinates=coordinates(here))
    except NotFound:
        raise NotYours(here) from None


def coordinates(here: RoundVisit) -> bool:
    """Whether they coordinate the round."""
    return here.role is DeskRole.COORDINATOR


def what_it_is(file: EnclosedFile) -> str:
    """What a file that may be kept really is, as the ending of its kind; else nothing."""
    if file.checked is None:
        return ""
    ending = PurePath(file.checked.name).suffix.lower()
    return ending.removeprefix(".").upper() if ending in KINDS else ""


def _words(line: MailLine) -> str:
    named = (line.sender, line.sender_name, line.subject, line.organisation_name or "")
    return " ".join(named).casefold()
