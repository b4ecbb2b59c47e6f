"""Files that somebody posts, looked into before anything is written, while nobody waits for it."""

from dataclasses import dataclass

from starlette.datastructures import UploadFile

from agenda.attachments import LARGEST_FILE, CheckedFile, RefusedFile, checked_file
from agenda.forms.changing import takes_file
from agenda.forms.posted import values_of
from agenda.storage.store import reading
from portal.door.posting import Posted
from portal.reply.visits import ReplyVisit


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was posted, and what was found out of it."""

    field: str
    found: CheckedFile | RefusedFile
    _posted: UploadFile

    def content(self) -> bytes:
        """What it holds; read anew, so that of many files one at a time is held."""
        return _content(self._posted)


def examined(here: ReplyVisit, posted: Posted) -> list[Examined]:
    """The files that the form asks for, each looked into, whatever it was named before.

    Outside every transaction: on SQLite one file that takes its time would stop them all.
    """
    if not posted.files:
        return []
    with reading(here.engine) as session:
        reply = here.reply(session)
        form = here.fields(reply)
    if not reply.state.is_writable:
        return []
    values = values_of(form, posted.pairs)
    return [
        Examined(name, _examined(file), file)
        for name, file in posted.files
        # Else somebody made the form themselves: kept, the file would take up room unseen.
        if takes_file(form, values, name)
    ]


def _examined(file: UploadFile) -> CheckedFile | RefusedFile:
    try:
        return checked_file(file.filename or "", _content(file))
    except RefusedFile as refused:
        return refused


def _content(file: UploadFile) -> bytes:
    file.file.seek(0)
    return file.file.read(LARGEST_FILE + 1)
