"""The register: who did what, when, from what, to what. Lines are added, never changed.

The database itself refuses to change or delete a line (triggers in the first migration),
so what stands here can be shown to an auditor as it was written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Session, col, or_, select

from agenda.models import Activity, Invitation, Message, Organisation, RegisterEntry


class ActorKind(StrEnum):
    """What somebody who does something is."""

    PERSON = "person"
    """Somebody of the region's: a coordinator, or whoever gives commands."""
    LINK = "link"
    """Whoever holds a personal link of that identity."""
    PRODUCT = "product"
    """A part of the product itself."""


class ProductPart(StrEnum):
    """The parts of the product that do something by themselves, as the register names them."""

    POST = "utskick"
    ERASING = "gallring"
    EXAMPLE = "exempel"
    FIRST_START = "första start"
    REPLAY = "replay"
    RENEWAL = "begäran om ny länk"
    INCOMING = "inkommande post"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, as the register names them for ever."""

    kind: ActorKind
    name: str
    """A person's name as it is at the time, or what a part of the product is called."""
    identity: int | None = None
    """The coordinator's, or the link's; None for somebody who is neither."""

    def __str__(self) -> str:
        """The words of the register."""
        return f"länk {self.identity}" if self.kind is ActorKind.LINK else self.name


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and at what instant: what every act is told."""

    actor: Actor
    at: datetime
    """In UTC."""

    @classmethod
    def person(cls, name: str, at: datetime, *, identity: int | None = None) -> "By":
        """Somebody of the region's; with the identity of the coordinator that it is."""
        return cls(Actor(ActorKind.PERSON, name, identity), at)

    @classmethod
    def holder(cls, link_id: int | None, at: datetime) -> "By":
        """Whoever holds a personal link."""
        return cls(Actor(ActorKind.LINK, "", link_id), at)

    @classmethod
    def product(cls, part: ProductPart, at: datetime) -> "By":
        """A part of the product."""
        return cls(Actor(ActorKind.PRODUCT, part.value), at)


class What(StrEnum):
    """What can happen that is worth a line; the values are what the archive gets to see."""

    ROUND_STARTED = "round_started"
    ROUND_CLOSED = "round_closed"
    DRAFT_DISCARDED = "draft_discarded"
    SENDING_PAUSED = "sending_paused"
    SENDING_RESUMED = "sending_resumed"
    CONTACTS_IMPORTED = "contacts_imported"
    CONTACT_BOUNCED = "contact_bounced"
    ANSWER_RECORDED = "answer_recorded"
    ANSWER_NUMBERED = "answer_numbered"
    ANSWER_WITHDRAWN = "answer_withdrawn"
    EXTENSION_GRANTED = "extension_granted"
    DEADLINE_MOVED = "deadline_moved"
    START_MOVED = "start_moved"
    ACTIVITY_DONE = "activity_done"
    ACTIVITY_REOPENED = "activity_reopened"
    STEP_HELD = "step_held"
    STEP_RELEASED = "step_released"
    STEP_SENT_AHEAD = "step_sent_ahead"
    STEP_WORDED = "step_worded"
    STEP_UNWORDED = "step_unworded"
    REMINDED_NOW = "reminded_now"
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
    MESSAGE_RETURNED = "message_returned"
    MESSAGE_DELAYED = "message_delayed"
    CONTACT_TRUSTED = "contact_trusted"
    MAIL_REGISTERED = "mail_registered"
    MAIL_SET_ASIDE = "mail_set_aside"
    MAIL_TAKEN_BACK = "mail_taken_back"
    RESTORED = "restored"
    SIGNED_IN = "signed_in"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    PERSON_ADDED = "person_added"
    PERSON_LEFT = "person_left"
    MAY_START_CHANGED = "may_start_changed"
    ROLE_GIVEN = "role_given"
    ROLE_WITHDRAWN = "role_withdrawn"
    DIRECTORY_BOUND = "directory_bound"
    DIRECTORY_UNBOUND = "directory_unbound"


class Subject(NamedTuple):
    """What a line concerns."""

    words: str = ""
    """By keys: "inspel", "inspel/krokom"; a link by its number, a message by its Message-ID."""
    round_id: int | None = None
    """The round it belongs to; None when it concerns the whole installation."""


def subject_of(activity: Activity, organisation: Organisation | None = None) -> Subject:
    """An activity, or one organisation in it."""
    part = f"/{organisation.key}" if organisation else ""
    return Subject(f"{activity.key}{part}", activity.round_id)


def subject_of_reply(session: Session, invitation: Invitation) -> Subject:
    """What one organisation is asked for in one activity."""
    activity = session.get_one(Activity, invitation.activity_id)
    return subject_of(activity, session.get_one(Organisation, invitation.organisation_id))


def subject_of_message(message: Message) -> Subject:
    """A message, by its Message-ID."""
    return Subject(message.message_id, message.round_id)


def record(
    session: Session,
    by: By,
    what: What,
    subject: Subject = Subject(),  # noqa: B008  # a constant: it cannot change
    *,
    before: str = "",
    after: str = "",
) -> RegisterEntry:
    """Add a line, in the transaction of the change that it tells of.

    Args:
        session: A transaction.
        by: Who did it, and when.
        what: What was done.
        subject: What it concerns.
        before: What held until now.
        after: What holds from now on.
    """
    entry = RegisterEntry(
        at=by.at,
        who=str(by.actor),
        actor_kind=by.actor.kind.value,
        actor_id=by.actor.identity,
        what=what.value,
        round_id=subject.round_id,
        subject=subject.words,
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
