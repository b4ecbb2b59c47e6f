"""The register: who did what, when, from what, to what. Lines are added, never changed.

The database itself refuses to change or delete a line (triggers in the first migration),
so what stands here can be shown to an auditor as it was written.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, or_, select

from agenda.models import RegisterEntry


class What(StrEnum):
    """What can happen that is worth a line; the values are what the archive gets to see."""

    ROUND_STARTED = "round_started"
    ROUND_CLOSED = "round_closed"
    SENDING_PAUSED = "sending_paused"
    SENDING_RESUMED = "sending_resumed"
    CONTACTS_IMPORTED = "contacts_imported"
    CONTACT_BOUNCED = "contact_bounced"
    ANSWER_RECORDED = "answer_recorded"
    ANSWER_NUMBERED = "answer_numbered"
    ANSWER_WITHDRAWN = "answer_withdrawn"
    EXTENSION_GRANTED = "extension_granted"
    DEADLINE_MOVED = "deadline_moved"
    ACTIVITY_DONE = "activity_done"
    ACTIVITY_REOPENED = "activity_reopened"
    STEP_HELD = "step_held"
    STEP_RELEASED = "step_released"
    LINK_RENEWED = "link_renewed"
    LINK_MAILED = "link_mailed"
    LINK_REVOKED = "link_revoked"
    COLLEAGUE_INVITED = "colleague_invited"
    EXTENSION_REQUESTED = "extension_requested"
    EXTENSION_DENIED = "extension_denied"
    ANSWERS_LOCKED = "answers_locked"
    ANSWERS_UNLOCKED = "answers_unlocked"
    FILE_ATTACHED = "file_attached"
    FILE_REMOVED = "file_removed"
    FILES_ERASED = "files_erased"
    BALLOT_OPENED = "ballot_opened"
    BALLOT_CLOSED = "ballot_closed"
    ACTIVITY_CANCELLED = "activity_cancelled"
    ACTIVITY_REINSTATED = "activity_reinstated"
    FEED_MADE = "feed_made"
    FEED_RENEWED = "feed_renewed"
    FEED_REVOKED = "feed_revoked"
    MESSAGE_SENT = "message_sent"
    MESSAGE_FAILED = "message_failed"
    MESSAGE_UNCERTAIN = "message_uncertain"
    MESSAGE_WITHDRAWN = "message_withdrawn"
    MESSAGE_SET_ASIDE = "message_set_aside"
    MESSAGE_PUT_BACK = "message_put_back"
    CONTACT_TRUSTED = "contact_trusted"
    RESTORED = "restored"


def record(
    session: Session,
    *,
    now: datetime,
    who: str,
    what: What,
    round_id: int | None = None,
    subject: str = "",
    before: str = "",
    after: str = "",
) -> RegisterEntry:
    """Add a line, in the transaction of the change that it tells of.

    Args:
        session: A transaction.
        now: The instant of the change, in UTC.
        who: The person or the part of the product that did it.
        what: What was done.
        round_id: The round it belongs to; None when it concerns the whole installation.
        subject: What it concerns, by keys: "inspel", "inspel/krokom".
        before: What held until now.
        after: What holds from now on.
    """
    entry = RegisterEntry(
        at=now,
        who=who,
        what=what.value,
        round_id=round_id,
        subject=subject,
        before=before,
        after=after,
    )
    session.add(entry)
    session.flush()
    return entry


def entries(
    session: Session, *, round_id: int | None = None, subject: str | None = None
) -> Sequence[RegisterEntry]:
    """The lines in the order they were written.

    Args:
        session: Any session.
        round_id: Only this round's.
        subject: Only what concerns this, its parts included: "inspel" finds "inspel/krokom".
    """
    found = select(RegisterEntry).order_by(col(RegisterEntry.id))
    if round_id is not None:
        found = found.where(col(RegisterEntry.round_id) == round_id)
    if subject is not None:
        concerns = col(RegisterEntry.subject)
        part_of_it = concerns.startswith(f"{subject}/", autoescape=True)
        found = found.where(or_(concerns == subject, part_of_it))
    return session.exec(found).all()
