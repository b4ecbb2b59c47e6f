"""What an audit and real use asked of the tables."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _activity()


def _activity() -> None:
    op.add_column(
        "activity", sa.Column("single_day_since", sa.DateTime(timezone=True), nullable=True)
    )
