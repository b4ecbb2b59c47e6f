"""The outbox: every message and every try at sending it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel


class MessageState(StrEnum):
    """Where a message is on its way out."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set_aside"
    """A person has to look: it cannot be made, or nobody can know whether it arrived."""


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
    ahead_at: datetime | None = None
    """When a person had its step leave before its day."""
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
    text_links: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The places in the text that show a stand-in for the personal link's address."""
    html_links: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    worded_of: str = ""
    """A mark of what its words were made of; empty when that was not kept."""
    said: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """What they were made of besides what is known of the activity."""
    calendar: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """The deadline as an iCalendar file."""
    calendar_method: str | None = None
    """REQUEST or CANCEL when the file is a real invitation (RFC 5546)."""
    link_id: int | None = Field(default=None, foreign_key="link.id")
    """The link that stands in it; its address is put in when it leaves."""
    message_id: str = Field(unique=True)
    in_reply_to: str | None = None
    queued_at: datetime
    retried_at: datetime | None = None
    """When a person put it back: what was tried before no longer counts."""
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


class MessageStep(SQLModel, table=True):
    """A dated step that a message tells besides what it is about: one letter, several steps."""

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    step_key: str


class Attempt(SQLModel, table=True):
    """One try at sending a message and what came of it."""

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    at: datetime
    outcome: str
    code: int | None = None
    about: str = ""
    """Whom a failure is about (notifications.post.refusals.About); empty when there was none."""
    said: str = Field(default="", sa_column=Column(Text, nullable=False))
