"""Mail that came in: where it is read from and how far, and every mail as it came."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class Mailbox(SQLModel, table=True):
    """Where mail is read from, how far it has been read, and what keeps it from being read."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    """What the settings call it: user, server and folder, or the folder's path."""
    validity: int | None = Field(default=None, sa_type=BigInteger)
    """The server's UIDVALIDITY: another one means that its numbers begin anew (RFC 3501)."""
    read_to: int = Field(default=0, sa_type=BigInteger)
    """The highest UID that is read."""
    read_at: datetime | None = None
    """When it was last read to its end."""
    fault: str = Field(default="", sa_column=Column(Text, nullable=False))
    """Why it cannot be read, in Swedish; empty while it can."""
    fault_since: datetime | None = None


class IncomingMail(SQLModel, table=True):
    """One mail, kept as it came, and what has become of it."""

    __table_args__ = (UniqueConstraint("mailbox_id", "sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    mailbox_id: int = Field(foreign_key="mailbox.id")
    place: str
    """Where it stands there: UIDVALIDITY and UID, or the file's name."""
    sha256: str = Field(foreign_key="filecontent.sha256", index=True)
    is_whole: bool = True
    """Of one that is too large only the beginning is kept."""
    arrived_at: datetime
    """When it reached the mailbox."""
    read_at: datetime
    message_id: str = ""
    """Its own Message-ID."""
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    """What a reader sees of it."""
    sort: str = Field(index=True)
    """What it is (notifications.incoming.judging.Sort)."""
    why: str = ""
    """Of a bounce: why our mail came back (notifications.incoming.refused.Return)."""
    said: str = Field(default="", sa_column=Column(Text, nullable=False))
    """Of a bounce: the server's own words."""
    about_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    """The message of ours that it speaks of."""
    is_by_address: bool = False
    """It names no message: that one was found by an address alone."""
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    settled_at: datetime | None = None
    """When there was nothing more to do about it."""
    settled_by: str = ""
    settled_how: str = ""
    """What was done (notifications.incoming.keeping.Settled)."""
    told_at: datetime | None = None
    """Of a bounce that was acted on: when the coordinator's notice of it was queued."""
    answer_id: int | None = Field(default=None, foreign_key="answer.id")
    """The answer that it was registered as."""
