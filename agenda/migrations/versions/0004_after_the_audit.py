"""What an audit and real use asked of the tables."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _activity()
    _letters_kept_and_set_aside()


def _activity() -> None:
    op.add_column(
        "activity", sa.Column("single_day_since", sa.DateTime(timezone=True), nullable=True)
    )


def _letters_kept_and_set_aside() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TYPE messagestate ADD VALUE IF NOT EXISTS 'SET_ASIDE'")
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("retried_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("attempt") as table:
        table.add_column(sa.Column("about", sa.String(), nullable=False, server_default=""))
