"""What is in files: each content once, however many files hold it."""

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel


class FileContent(SQLModel, table=True):
    """What is in one file or in many: whatever has a file points here."""

    sha256: str = Field(primary_key=True)
    """Of the octets, in hexadecimal."""
    size: int
    """In octets."""
    octets: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """Last, so that the others are read without it."""
