"""The files of a mail, each looked at as one that is uploaded: may it be kept? Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from agenda.attachments import CheckedFile, RefusedFile, check_room, checked_file
from notifications.incoming.mail import read_mail

NO_FILE = "text/calendar"
"""An answer to an invitation has one, which a calendar program reads."""


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file that came with a mail."""

    name: str
    size: int
    octets: bytes = field(repr=False)
    checked: CheckedFile | None = None
    """What it is, if it may be kept."""
    fault: str = ""
    """Why it may not, in Swedish."""


def enclosed_files(raw: bytes) -> tuple[EnclosedFile, ...]:
    """The files of a mail, in order; to be called before a transaction, for it takes its time."""
    found: list[EnclosedFile] = []
    for one in read_mail(raw).enclosed:
        if one.media_type != NO_FILE:
            found.append(_looked_at(one.name, one.octets, found))
    return tuple(found)


def _looked_at(name: str, octets: bytes, before: Sequence[EnclosedFile]) -> EnclosedFile:
    kept = [(one.name, one.size) for one in before if one.checked is not None]
    try:
        checked = checked_file(name, octets)
        check_room(checked, kept)
    except RefusedFile as error:
        return EnclosedFile(name, len(octets), octets, fault=str(error))
    return EnclosedFile(checked.name, checked.size, octets, checked)
