"""Links that open something: a reply, a decision, a calendar. Only their hashes are stored."""

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import CheckConstraint, Column, ForeignKey
from sqlmodel import Field, SQLModel

from agenda.models.closed_list import in_words


class Purpose(StrEnum):
    """What a link opens; one of one purpose opens nothing of another."""

    REPLY = "reply"
    """One organisation's reply to one activity (personlig länk)."""
    DECISION = "decision"
    """The decision on one request for more time."""
    FEED = "feed"
    """A subscriber's calendar: a whole round, or one organisation's own deadlines."""


_OPENS = (
    (Purpose.REPLY, "invitation_id"),
    (Purpose.DECISION, "extension_request_id"),
    (Purpose.FEED, "round_id"),
)
"""By purpose, the column that says what a link opens: the only one of them that it has."""


class Link(SQLModel, table=True):
    """A link to one thing, for one holder."""

    __table_args__ = (
        CheckConstraint(
            " AND ".join(f"(purpose = '{one}') = ({column} IS NOT NULL)" for one, column in _OPENS),
            name="ck_link_purpose",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=lambda: uuid4().hex, unique=True)
    purpose: Purpose = Field(sa_type=in_words(Purpose))
    # Never None where they are read: who finds a link names its purpose.
    invitation_id: int = Field(default=None, foreign_key="invitation.id", index=True, nullable=True)
    extension_request_id: int = Field(
        default=None,
        sa_column=Column(
            # A request points to the link that it was made through, so neither table is first.
            ForeignKey("extensionrequest.id", name="fk_link_extension_request_id", use_alter=True),
            index=True,
        ),
    )
    round_id: int = Field(default=None, foreign_key="round.id", index=True, nullable=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    """Whose deadlines a calendar is limited to."""
    kinds: str = ""
    """The kinds of activity it is limited to, separated by blanks; empty for all."""
    label: str = ""
    """What a calendar's maker calls it."""
    name: str = ""
    """Whom it was made for; empty for the organisation's own link."""
    address: str = ""
    invited_by_id: int | None = Field(default=None, foreign_key="link.id")
    generation: int = 1
    """Rises when it is renewed; the address made of an earlier one opens nothing more."""
    token_hash: str = Field(default="", unique=True)
    """SHA-256 of the token, which itself is stored nowhere."""
    created_at: datetime
    revoked_at: datetime | None = None


class FormerToken(SQLModel, table=True):
    """A token that was renewed: whoever comes with it is told how to get the new one."""

    token_hash: str = Field(primary_key=True)
    link_id: int = Field(foreign_key="link.id", index=True)
