"""The people at the region who coordinate rounds."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Coordinator(SQLModel, table=True):
    """Somebody who coordinates rounds (samordnare): one identity through all of them.

    What letters and pages say of a round's coordinator is the round's plan's own.
    """

    __table_args__ = (UniqueConstraint("name", "address"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    address: str


class RoundCoordinator(SQLModel, table=True):
    """That somebody coordinates a round."""

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    coordinator_id: int = Field(foreign_key="coordinator.id", primary_key=True)
