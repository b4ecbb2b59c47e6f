"""Who is asked or told, where they are reached, and what is expected of them."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from agenda.plan.model import Role


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
    trusted_at: datetime | None = None
    """When it was last trusted again: what was sent before then and comes back says nothing."""


class Invitation(SQLModel, table=True):
    """What is expected of whom by when: an activity and an organisation (förfrågan)."""

    __table_args__ = (UniqueConstraint("activity_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    extended_to: date | None = None
    """A later last day for this organisation alone (anstånd)."""
    revision: int = 0
    """Rises with every change of its own that a calendar must show: a later last day, an answer
    that was withdrawn. Counts in RFC 5545 SEQUENCE with the activity's."""
    changed_at: datetime | None = None

    def due_on(self, everybodys: date) -> date:
        """The organisation's own last day: the activity's, or a later one that it was granted."""
        return max(everybodys, self.extended_to or everybodys)
