"""Who somebody at the desk is in the region's own directory, and who is on the way there."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "directoryidentity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("issuer", "subject")),
        sa.Column("bound_at", AT, nullable=False),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinator.id"], name="fk_directoryidentity_coordinator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_directoryidentity"),
        sa.UniqueConstraint("coordinator_id", name="uq_directoryidentity_coordinator_id"),
        sa.UniqueConstraint("issuer", "subject", name="uq_directoryidentity_issuer_subject"),
    )
    op.create_table(
        "directoryvisit",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("state_hash", "browser_hash", "client_hash")
        ),
        sa.Column("binds_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("spent_at", AT, nullable=True),
        sa.ForeignKeyConstraint(
            ["binds_id"], ["coordinator.id"], name="fk_directoryvisit_binds_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_directoryvisit"),
        sa.UniqueConstraint("state_hash", name="uq_directoryvisit_state_hash"),
    )
    op.create_index(
        "ix_directoryvisit_client_hash", "directoryvisit", ["client_hash"], unique=False
    )
