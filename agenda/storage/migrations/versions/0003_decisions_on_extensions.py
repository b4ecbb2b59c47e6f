"""Decisions on requests for more time: links to them, and the day that was granted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _extensionlink()
    _extensionrequest()
    _message()


def _extensionlink() -> None:
    op.create_table(
        "extensionlink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("extension_request_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["extension_request_id"],
            ["extensionrequest.id"],
            name="fk_extensionlink_extension_request_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_extensionlink"),
        sa.UniqueConstraint("token_hash", name="uq_extensionlink_token_hash"),
        sa.UniqueConstraint("uid", name="uq_extensionlink_uid"),
    )
    op.create_index(
        "ix_extensionlink_extension_request_id",
        "extensionlink",
        ["extension_request_id"],
        unique=False,
    )


def _extensionrequest() -> None:
    with op.batch_alter_table("extensionrequest") as table:
        table.add_column(sa.Column("granted_until", sa.Date(), nullable=True))
    # What was granted so far stands nowhere else than where it holds.
    op.execute(
        "UPDATE extensionrequest SET granted_until = (SELECT extended_to FROM invitation "
        "WHERE invitation.id = extensionrequest.invitation_id) WHERE is_granted"
    )


def _message() -> None:
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("extension_link_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_message_extension_link_id", "extensionlink", ["extension_link_id"], ["id"]
        )
