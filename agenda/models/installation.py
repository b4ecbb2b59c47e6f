"""What an installation is known by, so that nothing of another works in its database."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Installation(SQLModel, table=True):
    """The one row about the installation that the database belongs to."""

    id: int | None = Field(default=None, primary_key=True)
    key_mark: str
    """SHA-256 of something that only the secret key makes; the key itself is stored nowhere."""
    portal_url: str
    sender: str
    signed_at: datetime
