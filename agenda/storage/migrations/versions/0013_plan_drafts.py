"""A round that is about to be started has a table for its plan."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "plandraft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("from_round_id", sa.Integer(), nullable=True),
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", AT, nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("discarded_at", AT, nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [target], name=f"fk_plandraft_{name}")
            for name, target in (
                ("from_round_id", "round.id"),
                ("coordinator_id", "coordinator.id"),
                ("round_id", "round.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plandraft"),
    )
