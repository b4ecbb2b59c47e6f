"""The register."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class RegisterEntry(SQLModel, table=True):
    """One line of the register: who did what, when, from what, to what. Append-only."""

    __tablename__ = "register"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    who: str
    """As the actor was called at the time."""
    actor_kind: str | None = None
    """What the actor is: "person", "link" or "product"; unknown in the oldest lines."""
    actor_id: int | None = None
    """Which coordinator it is, or which link; None where no row is known."""
    what: str
    round_id: int | None = Field(default=None, index=True)
    subject: str = ""
    """What it concerns, by keys: "inspel", "inspel/krokom"."""
    before: str = Field(default="", sa_column=Column(Text, nullable=False))
    after: str = Field(default="", sa_column=Column(Text, nullable=False))
