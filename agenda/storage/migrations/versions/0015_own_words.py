"""A step's own words have a table, and a letter tells whether a person had it leave early."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # Nullable, so that no row of the outbox is written anew.
    op.add_column("message", sa.Column("ahead_at", AT, nullable=True))
    op.create_table(
        "stepwords",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("words", "line")),
        sa.Column("written_at", AT, nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_stepwords_activity_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_stepwords_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stepwords"),
        sa.UniqueConstraint(
            *("activity_id", "step", "organisation_id", "language"),
            name="uq_stepwords_activity_id_step_organisation_id_language",
        ),
    )
    op.create_index("ix_stepwords_activity_id", "stepwords", ["activity_id"], unique=False)
