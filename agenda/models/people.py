"""The people at the region who coordinate rounds, and how they come to their desk."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from agenda.models.closed_list import in_words


class DeskRole(StrEnum):
    """What somebody may do in a round, on the desk."""

    COORDINATOR = "coordinator"
    """Reads everything, and acts."""
    READER = "reader"
    """Reads everything."""


class Coordinator(SQLModel, table=True):
    """Somebody who coordinates rounds (samordnare): one identity through all of them.

    What letters and pages say of a round's coordinator is the round's plan's own.
    """

    __table_args__ = (UniqueConstraint("name", "address"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    address: str
    may_start_rounds: bool = False
    """Whether they may start a round; in one that is under way it is their role that counts."""
    left_at: datetime | None = None
    """Since when they come to no desk any longer."""


class RoundCoordinator(SQLModel, table=True):
    """That somebody coordinates a round, or reads it."""

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    coordinator_id: int = Field(foreign_key="coordinator.id", primary_key=True)
    role: DeskRole = Field(default=DeskRole.COORDINATOR, sa_type=in_words(DeskRole))


class SignIn(SQLModel, table=True):
    """A way in to the desk that somebody asked for, on its way by mail. Only hashes are stored.

    One is stored for an address that nobody has, too: whoever asks must not see a difference,
    and those who ask too often are counted by what they asked for.
    """

    id: int | None = Field(default=None, primary_key=True)
    coordinator_id: int | None = Field(default=None, foreign_key="coordinator.id")
    token_hash: str = Field(unique=True)
    browser_hash: str = ""
    """The browser that asked; empty where whoever has the address may use it in any."""
    code_hash: str = ""
    """The short code on the page of that browser, for the link in another."""
    address_hash: str = Field(default="", index=True)
    client_hash: str = Field(default="", index=True)
    """Where somebody came from."""
    asked_at: datetime
    wrong_codes: int = 0
    spent_at: datetime | None = None
    """When it was used, or given up after too many wrong codes."""


class DeskSession(SQLModel, table=True):
    """A browser in which somebody is signed in. Only the hash of its cookie is stored."""

    id: int | None = Field(default=None, primary_key=True)
    coordinator_id: int = Field(foreign_key="coordinator.id", index=True)
    token_hash: str = Field(unique=True)
    signed_in_at: datetime
    """When they last showed who they are; the session ends a time after that at the latest."""
    seen_at: datetime
    """When they last came, to within a few minutes."""
    ended_at: datetime | None = None


class DirectoryIdentity(SQLModel, table=True):
    """Who somebody at the desk is in the region's own directory (OpenID Connect Core 2).

    An issuer and its subject are one person for ever; an address can be given to another.
    """

    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    coordinator_id: int = Field(foreign_key="coordinator.id", unique=True)
    """Each has one; another takes its place."""
    issuer: str
    """Without a slash at its end."""
    subject: str
    bound_at: datetime


class DirectoryVisit(SQLModel, table=True):
    """A browser on its way to the directory and back. Only hashes are stored."""

    id: int | None = Field(default=None, primary_key=True)
    state_hash: str = Field(unique=True)
    browser_hash: str
    client_hash: str = Field(index=True)
    """Where somebody came from."""
    binds_id: int | None = Field(default=None, foreign_key="coordinator.id")
    """Who was signed in, and wants to come in by the directory from now on."""
    asked_at: datetime
    spent_at: datetime | None = None
