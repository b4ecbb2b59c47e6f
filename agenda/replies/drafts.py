"""A reply being written: a draft that several people share, and nobody's words are ever lost.

A draft has a revision. Who saves on an older one than stands is shown what the other
changed, and what they wrote themselves is kept beside it until they have chosen.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, select

from agenda.models import Draft, FormName, Invitation, Link, identity
from agenda.replies.states import refuse_unless_writable

Content = dict[str, Any]
# Made once: making a statement takes as long as running it.
_DRAFT = select(Draft).where(
    Draft.invitation_id == bindparam("invitation"), Draft.form == bindparam("form")
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved first; nothing has been overwritten."""

    theirs: Content
    revision: int
    saved_at: datetime
    saved_by: str
    """The colleague's name; empty when it was the organisation's own link."""


def save_draft(
    session: Session,
    link: Link,
    *,
    content: Content,
    revision: int,
    now: datetime,
    form: FormName = FormName.REPLY,
) -> Draft | Conflict:
    """Save what is written so far, unless somebody else has saved since `revision`.

    Raises:
        BadInput: the reply cannot be changed any longer.
    """
    invitation = session.get_one(Invitation, link.invitation_id, with_for_update=True)
    refuse_unless_writable(session, invitation, form, now)
    draft = draft_of(session, invitation, form)
    if draft is None:
        draft = Draft(
            invitation_id=identity(invitation), form=form, content={}, revision=0, saved_at=now
        )
    elif draft.revision != revision and draft.content != content:
        by = session.get(Link, draft.saved_by_id) if draft.saved_by_id else None
        return Conflict(draft.content, draft.revision, draft.saved_at, by.name if by else "")
    draft.content, draft.saved_at, draft.saved_by_id = content, now, link.id
    draft.revision += 1
    session.add(draft)
    session.flush()
    return draft


def draft_of(session: Session, invitation: Invitation, form: FormName) -> Draft | None:
    """What is written of a form so far; None when nothing is."""
    return session.exec(_DRAFT, params={"invitation": invitation.id, "form": form}).first()
