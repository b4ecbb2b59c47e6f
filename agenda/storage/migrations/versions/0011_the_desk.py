"""Coordinators have roles, ask for a way in to their desk, and are signed in there."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    # All there are were appointed by a plan, and have done everything so far.
    op.add_column(
        "coordinator",
        sa.Column("may_start_rounds", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.add_column("coordinator", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "roundcoordinator",
        sa.Column("role", sa.String(), nullable=False, server_default="coordinator"),
    )
    for table, column in (("coordinator", "may_start_rounds"), ("roundcoordinator", "role")):
        with op.batch_alter_table(table) as changed:
            changed.alter_column(column, server_default=None)
    _sign_ins()
    _sessions()


def _sign_ins() -> None:
    op.create_table(
        "signin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("token_hash", "browser_hash", "code_hash", "address_hash", "client_hash")
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinator.id"], name="fk_signin_coordinator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signin"),
        sa.UniqueConstraint("token_hash", name="uq_signin_token_hash"),
    )
    for column in ("address_hash", "client_hash"):
        op.create_index(f"ix_signin_{column}", "signin", [column], unique=False)


def _sessions() -> None:
    op.create_table(
        "desksession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinator.id"], name="fk_desksession_coordinator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_desksession"),
        sa.UniqueConstraint("token_hash", name="uq_desksession_token_hash"),
    )
    op.create_index(
        "ix_desksession_coordinator_id", "desksession", ["coordinator_id"], unique=False
    )
