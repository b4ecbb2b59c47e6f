"""Links that open something: a reply, a decision, a calendar. Only their hashes are stored."""

from datetime import datetime

from sqlmodel import Field, SQLModel


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


class ExtensionLink(SQLModel, table=True):
    """A personal link to the decision on one request for more time, and to nothing else.

    A table of its own, so that nothing that opens, lists, mails or renews the links to a
    reply can ever come upon one.
    """

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    extension_request_id: int = Field(foreign_key="extensionrequest.id", index=True)
    name: str
    """Whom it was mailed to."""
    address: str
    token_hash: str = Field(unique=True)
    created_at: datetime
    revoked_at: datetime | None = None
