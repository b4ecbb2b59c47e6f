"""The primary key of a stored row."""

from typing import Any


def identity(row: Any) -> int:
    """The primary key of a row that has been stored; it is only None before that."""
    if row.id is None:
        raise ValueError(f"{type(row).__name__} is not stored yet")
    return int(row.id)
