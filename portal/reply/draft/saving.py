"""Saving what somebody posted: its files, its rows, and what another saved meanwhile."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from agenda import replies
from agenda.attachments import RefusedFile
from agenda.forms.changing import (
    Press,
    pressed,
    uploads_in,
    with_row_added,
    with_row_removed,
    with_upload,
    with_uploads,
)
from agenda.forms.fields import Form
from agenda.forms.merging import Seen, merged, seen_in
from agenda.forms.posted import most_posted, values_of
from agenda.forms.stored import fitted, keyed, settled
from agenda.forms.values import Values
from agenda.replies import Conflict, DraftFile, Reply
from agenda.storage.store import transaction
from portal.door.posting import Posted, TooMuchText
from portal.door.protection import MOST_FIELDS
from portal.reply.draft.examining import Examined, examined
from portal.reply.visits import ReplyVisit

REVISION_FIELD, SEEN_FIELD = "_revision", "_sett"
MERGE, CHOICE = "_jamka", "_val:"


@dataclass(frozen=True, slots=True)
class Saved:
    """What somebody posted is the draft now, or was already."""

    values: Values
    revision: int
    at: datetime | None
    """None when there was nothing to save."""
    is_answered: bool = False
    press: Press | None = None
    refused: Mapping[str, str] = field(default_factory=dict)
    """By posted field name, why a file was not taken."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else saved first: both versions, and what they were made from."""

    conflict: Conflict
    mine: Values
    base: Seen
    refused: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Closed:
    """The reply cannot be changed any longer."""

    reply: Reply


def save(here: ReplyVisit, posted: Posted) -> Saved | Clash | Closed:
    """Save what was posted as the draft, in one transaction.

    A file that is refused does not hinder the rest. A clash keeps the files that came with it.

    Raises:
        TooMuchText: it has more rows than a page can post again; nothing is saved.
    """
    files = examined(here, posted)
    with transaction(here.engine) as session:
        reply = here.reply(session)
        if not reply.state.is_writable:
            return Closed(reply)
        form, press = here.fields(reply), pressed(posted.pairs)
        before = fitted(form, reply.content)
        values, refused = _filled_in(session, here, reply, form, posted, files)
        values = _postable(here, form, _with_press(form, values, press))
        is_same = settled(form, values) == settled(form, fitted(form, reply.sent_content))
        if reply.draft is None and press is None and is_same:
            return Saved(values, 0, None, reply.answer is not None, refused=refused)
        draft = replies.save_draft(
            session,
            here.link,
            content=values,
            revision=number_in(posted.get(REVISION_FIELD)),
            now=here.now,
            form=here.form,
        )
        if isinstance(draft, Conflict):
            return Clash(draft, values, seen_in(posted.get(SEEN_FIELD)), refused)
        for gone in set(uploads_in(form, before)) - set(uploads_in(form, values)):
            replies.remove_upload(session, here.link, upload_id=gone, now=here.now)
        is_answered = reply.answer is not None
        return Saved(values, draft.revision, draft.saved_at, is_answered, press, refused)


def _filled_in(
    session: Session,
    here: ReplyVisit,
    reply: Reply,
    form: Form,
    posted: Posted,
    files: list[Examined],
) -> tuple[Values, dict[str, str]]:
    """What is filled in, joined with what is saved if that was chosen; and files refused."""
    uploads = list(reply.uploads)
    values, refused = _with_files(
        session, here, form, values_of(form, posted.pairs), files, uploads
    )
    # Without files that are not, or are no longer, of this reply.
    present = {upload.id for upload in uploads}
    values = with_uploads(form, values, present.__contains__)
    values = keyed(form, values, like=fitted(form, reply.content), new_key=_new_key)
    if MERGE in posted:
        choices = dict(posted.pairs)
        values = merged(
            form,
            theirs=fitted(form, reply.content),
            mine=values,
            base=seen_in(posted.get(SEEN_FIELD)),
            choose=lambda question: choices.get(CHOICE + question.name) or question.usual,
        )
    return values, refused


def _with_press(form: Form, values: Values, press: Press | None) -> Values:
    """What is filled in, after the form's own button if one was pressed."""
    if press is None:
        return values
    if press.what == "add":
        return keyed(form, with_row_added(form, values, press.field), like={}, new_key=_new_key)
    if press.what == "remove":
        return with_row_removed(values, press.field, press.number)
    return with_uploads(form, values, lambda number: number != press.number)


def _new_key() -> str:
    return secrets.token_hex(6)


def _postable(here: ReplyVisit, form: Form, values: Values) -> Values:
    """What is filled in, if its page can be posted again, be it to take something away."""
    if most_posted(form, values) > MOST_FIELDS:
        raise TooMuchText(here.language)
    return values


def _with_files(
    session: Session,
    here: ReplyVisit,
    form: Form,
    values: Values,
    files: list[Examined],
    uploads: list[DraftFile],
) -> tuple[Values, dict[str, str]]:
    """What is filled in, with the files that came; and by field, why one was not taken."""
    refused = dict[str, str]()
    for file in files:
        try:
            upload = _kept(session, here, file, uploads)
            values = with_upload(form, values, file.field, upload.id)
        except RefusedFile as error:
            said = error.said_in(here.language)
            before = refused.get(file.field)
            refused[file.field] = f"{before} {said}" if before else said
    return values, refused


def _kept(
    session: Session, here: ReplyVisit, file: Examined, uploads: list[DraftFile]
) -> DraftFile:
    """The file, stored; the very same one a second time is the one that is there."""
    checked = file.found
    if isinstance(checked, RefusedFile):
        raise checked
    for upload in uploads:
        if (upload.field, upload.sha256) == (file.field, checked.sha256):
            return upload
    uploads.append(
        replies.add_upload(
            session,
            here.link,
            field=file.field,
            file=checked,
            content=file.content(),
            now=here.now,
        )
    )
    return uploads[-1]


def number_in(text: str) -> int:
    """A whole number that a page of ours posted; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
