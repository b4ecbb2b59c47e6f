"""The dated states of a kind of activity stand together, by name."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_FORMER = {"ballot_opened": "ballot_opened_at", "ballot_closed": "ballot_closed_at"}


def upgrade() -> None:
    with op.batch_alter_table("activity") as table:
        table.add_column(sa.Column("since", sa.JSON(), nullable=False, server_default="{}"))
    _bring_over()
    with op.batch_alter_table("activity") as table:
        table.alter_column("since", server_default=None)
        for column in _FORMER.values():
            table.drop_column(column)


def _bring_over() -> None:
    instants = [sa.column(name, sa.DateTime(timezone=True)) for name in _FORMER.values()]
    activity = sa.table("activity", sa.column("id"), sa.column("since", sa.JSON()), *instants)
    connection = op.get_bind()
    opened = activity.c.ballot_opened_at.is_not(None)
    for row in connection.execute(sa.select(activity).where(opened)).mappings().all():
        this = activity.c.id == row["id"]
        connection.execute(sa.update(activity).where(this).values(since=_since(row)))


def _since(row: Mapping[Any, Any]) -> dict[str, str]:
    return {
        state: _in_utc(row[column]).isoformat()
        for state, column in _FORMER.items()
        if row[column] is not None
    }


def _in_utc(at: datetime) -> datetime:
    # SQLite stores UTC without saying so.
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
