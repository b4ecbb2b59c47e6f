"""A round that somebody is about to start: its plan, being written."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from agenda.models.closed_list import in_words


class DraftOrigin(StrEnum):
    """What a draft was begun from."""

    BUNDLED = "bundled"
    """The plan that comes with the product."""
    ROUND = "round"
    """An earlier round."""
    FILE = "file"
    """A plan file."""


class PlanDraft(SQLModel, table=True):
    """The plan of a round that is not started yet (utkast till omgång)."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    """The round's name: what the plan says, kept beside it to be listed by."""
    text: str = Field(sa_column=Column(Text, nullable=False))
    """The plan as its file; empty once it is over, so that nobody's address stays in it."""
    origin: DraftOrigin = Field(sa_type=in_words(DraftOrigin))
    from_round_id: int | None = Field(default=None, foreign_key="round.id")
    """The earlier round that it was begun from, and its contacts with it."""
    coordinator_id: int = Field(foreign_key="coordinator.id")
    """Who began it."""
    version: int = 1
    """Rises with every change, so that of two people who change it the second is told."""
    changed_at: datetime
    changed_by: str
    discarded_at: datetime | None = None
    round_id: int | None = Field(default=None, foreign_key="round.id")
    """The round that was started with it."""
