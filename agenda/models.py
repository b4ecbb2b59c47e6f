"""The tables: what is known of rounds, who was asked, what came in and what was sent.

Instants are stored in UTC. Rows are never deleted in the course of a round.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from agenda.plan.model import Role


class AnswerKind(StrEnum):
    """What an organisation answered; each of them ends the reminders."""

    SUBMISSION = "submission"
    NOTHING_TO_REPORT = "nothing_to_report"
    DECLINED = "declined"


class MessageState(StrEnum):
    """Where a message is on its way out."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class Round(SQLModel, table=True):
    """One run-through of a plan (omgång)."""

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    name: str = Field(unique=True)
    plan: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """The plan without its activities and organisations, which have tables of their own."""
    is_example: bool = False
    tracked_from: datetime
    """Steps before this instant are never sent."""
    started_at: datetime
    attended_at: datetime | None = None
    """When somebody last looked at what is due in it."""
    sending_paused_at: datetime | None = None
    """Since when nothing of it leaves, e.g. after a restored backup, until a person says so."""
    closed_at: datetime | None = None


class Activity(SQLModel, table=True):
    """One row of a round's plan; the dates are the ones that hold now."""

    __table_args__ = (UniqueConstraint("round_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    key: str
    position: int
    starts_on: date
    due_on: date
    is_quarter: bool = False
    terms: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """What the plan says of it besides its dates."""
    done_at: datetime | None = None
    cancelled_at: datetime | None = None
    locked_at: datetime | None = None
    """Since when its answers are locked, because the work with them has begun."""
    ballot_opened_at: datetime | None = None
    ballot_closed_at: datetime | None = None
    revision: int = 0
    """Rises with every change that a calendar must show (RFC 5545 SEQUENCE)."""
    changed_at: datetime


class DeadlineMove(SQLModel, table=True):
    """A last day that was moved: the steps that counted from it no longer leave."""

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    from_on: date
    to_on: date
    moved_at: datetime


class ActivityFile(SQLModel, table=True):
    """A file that goes with an activity, for those who are asked: the draft to comment on."""

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    name: str
    media_type: str
    sha256: str
    size: int
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    attached_at: datetime
    attached_by: str
    removed_at: datetime | None = None


class Hold(SQLModel, table=True):
    """A step that the coordinator holds back until it is released."""

    __table_args__ = (UniqueConstraint("activity_id", "step", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    step: str
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    held_at: datetime
    reason: str = ""


class Organisation(SQLModel, table=True):
    """Somebody who is asked or told in a round: a municipality, a consultee, a body."""

    __table_args__ = (UniqueConstraint("round_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    key: str
    name: str
    kind: str
    language: str = "sv"
    position: int


class Contact(SQLModel, table=True):
    """Where an organisation is reached."""

    __table_args__ = (UniqueConstraint("organisation_id", "address", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str
    address: str
    role: Role = Role.PRIMARY
    is_removed: bool = False
    bounced_at: datetime | None = None
    bounce_reason: str = ""


class Invitation(SQLModel, table=True):
    """What is expected of whom by when: an activity and an organisation (förfrågan)."""

    __table_args__ = (UniqueConstraint("activity_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    extended_to: date | None = None
    """A later last day for this organisation alone (anstånd)."""
    revision: int = 0
    """Rises with every change of its own last day (RFC 5545 SEQUENCE, with the activity's)."""
    changed_at: datetime | None = None


class Link(SQLModel, table=True):
    """A personal link: it opens one organisation's reply to one activity, nothing else."""

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    invitation_id: int = Field(foreign_key="invitation.id", index=True)
    name: str = ""
    """The colleague it was made for; empty for the organisation's own link."""
    address: str = ""
    invited_by_id: int | None = Field(default=None, foreign_key="link.id")
    generation: int = 1
    """Rises when it is renewed; the address made of an earlier one opens nothing more."""
    token_hash: str = Field(unique=True)
    """SHA-256 of the token, which itself is stored nowhere."""
    created_at: datetime
    revoked_at: datetime | None = None


class FormerToken(SQLModel, table=True):
    """A token that was renewed: whoever comes with it is told how to get the new one."""

    token_hash: str = Field(primary_key=True)
    link_id: int = Field(foreign_key="link.id", index=True)


class Draft(SQLModel, table=True):
    """An answer that is being written, shared by everybody who has a link to it."""

    __table_args__ = (UniqueConstraint("invitation_id", "form"),)

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", index=True)
    form: str
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    revision: int = 0
    """Rises with every save; a save made on an older one is a conflict, never a loss."""
    saved_at: datetime
    saved_by_id: int | None = Field(default=None, foreign_key="link.id")


class Upload(SQLModel, table=True):
    """A file that somebody attached to a draft, kept as it came."""

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", index=True)
    field: str
    name: str
    media_type: str
    sha256: str
    size: int
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    uploaded_at: datetime
    uploaded_by_id: int | None = Field(default=None, foreign_key="link.id")
    removed_at: datetime | None = None


class ExtensionRequest(SQLModel, table=True):
    """An organisation's wish for a later last day (begäran om anstånd)."""

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", index=True)
    until: date
    reason: str = Field(sa_column=Column(Text, nullable=False))
    requested_at: datetime
    requested_by_id: int | None = Field(default=None, foreign_key="link.id")
    decided_at: datetime | None = None
    is_granted: bool | None = None
    decided_by: str = ""
    note: str = ""


class FeedLink(SQLModel, table=True):
    """A subscriber's calendar link: a whole round, or one organisation's own deadlines."""

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    kinds: str = ""
    """The kinds of activity it is limited to, separated by blanks; empty for all."""
    label: str = ""
    generation: int = 1
    token_hash: str = Field(unique=True)
    created_at: datetime
    revoked_at: datetime | None = None


class Answer(SQLModel, table=True):
    """One version of an organisation's answer; the newest that is not withdrawn holds."""

    __table_args__ = (UniqueConstraint("invitation_id", "form", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", index=True)
    form: str = "reply"
    """Which of the activity's forms it fills in: the reply, or the ballot."""
    version: int
    kind: AnswerKind
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """The form's fields, as they were filled in."""
    submission_key: str | None = Field(default=None, unique=True)
    """The same press of the button, sent twice, is one answer."""
    sent_by_id: int | None = Field(default=None, foreign_key="link.id")
    received_at: datetime
    """When it reached the region (inkommen, förvaltningslagen 22 §)."""
    recorded_at: datetime
    recorded_by: str
    is_late: bool = False
    registry_no: str | None = None
    withdrawn_at: datetime | None = None


class AnswerFile(SQLModel, table=True):
    """A file that came with an answer, kept as it came."""

    id: int | None = Field(default=None, primary_key=True)
    answer_id: int = Field(foreign_key="answer.id", index=True)
    name: str
    media_type: str
    sha256: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Message(SQLModel, table=True):
    """One message to one recipient: the outbox. Its key makes it exist once."""

    __table_args__ = (Index("ix_message_ready", "state", "next_attempt_at"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    activity_id: int | None = Field(default=None, foreign_key="activity.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    audience: str
    step_key: str
    """The step it carries out, or what else caused it."""
    step: str
    """The step's name, e.g. "reminder-10"."""
    template: str
    due_on: date | None = None
    """The last day that it names; when that no longer holds, it must not leave."""
    is_prompt: bool = False
    """It answers a person's own act, so quiet hours do not hold it."""
    leaves_by: datetime | None = None
    """The end of the last day: quiet hours do not hold it longer than this."""
    recipient_name: str
    recipient: str
    language: str
    subject: str
    text: str = Field(sa_column=Column(Text, nullable=False))
    html: str = Field(sa_column=Column(Text, nullable=False))
    calendar: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """The deadline as an iCalendar file."""
    calendar_method: str | None = None
    """REQUEST or CANCEL when the file is a real invitation (RFC 5546)."""
    link_id: int | None = Field(default=None, foreign_key="link.id")
    """The personal link that stands in it; its address is put in when it leaves."""
    message_id: str = Field(unique=True)
    in_reply_to: str | None = None
    queued_at: datetime
    state: MessageState = MessageState.QUEUED
    next_attempt_at: datetime
    attempts: int = 0
    lease: str | None = None
    leased_until: datetime | None = None
    sent_at: datetime | None = None
    is_uncertain: bool = False
    """The mail server may have taken it although we never heard so."""
    outcome: str = ""
    """What the mail server said last, or why it was withdrawn."""


class Attempt(SQLModel, table=True):
    """One try at sending a message and what came of it."""

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    at: datetime
    outcome: str
    code: int | None = None
    said: str = Field(default="", sa_column=Column(Text, nullable=False))


class RegisterEntry(SQLModel, table=True):
    """One line of the register: who did what, when, from what, to what. Append-only."""

    __tablename__ = "register"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    who: str
    what: str
    round_id: int | None = Field(default=None, index=True)
    subject: str = ""
    """What it concerns, by keys: "inspel", "inspel/krokom"."""
    before: str = Field(default="", sa_column=Column(Text, nullable=False))
    after: str = Field(default="", sa_column=Column(Text, nullable=False))


def identity(row: Any) -> int:
    """The primary key of a row that has been stored; it is only None before that."""
    if row.id is None:
        raise ValueError(f"{type(row).__name__} is not stored yet")
    return int(row.id)
