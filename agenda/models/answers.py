"""What an organisation writes, sends in and asks for."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from agenda.models.closed_list import in_words


class AnswerKind(StrEnum):
    """What an organisation answered; each of them ends the reminders."""

    SUBMISSION = "submission"
    NOTHING_TO_REPORT = "nothing_to_report"
    DECLINED = "declined"


class FormName(StrEnum):
    """Which of an activity's forms is filled in."""

    REPLY = "reply"
    BALLOT = "ballot"


_FormColumn = in_words(FormName)


class Draft(SQLModel, table=True):
    """An answer that is being written, shared by everybody who has a link to it."""

    __table_args__ = (UniqueConstraint("invitation_id", "form"),)

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", index=True)
    form: FormName = Field(sa_type=_FormColumn)
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
    sha256: str = Field(foreign_key="filecontent.sha256", index=True)
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
    granted_until: date | None = None
    """The day that was granted, which need not be the one asked for."""
    decided_by: str = ""
    note: str = ""


class Answer(SQLModel, table=True):
    """One version of an organisation's answer; the newest that is not withdrawn holds."""

    __table_args__ = (UniqueConstraint("invitation_id", "form", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", index=True)
    form: FormName = Field(default=FormName.REPLY, sa_type=_FormColumn)
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
    sha256: str = Field(foreign_key="filecontent.sha256", index=True)
