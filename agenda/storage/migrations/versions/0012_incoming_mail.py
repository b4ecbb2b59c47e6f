"""Mail that came in has tables of its own, and a contact remembers when it was trusted again."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mailbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=True),
        sa.Column("read_to", sa.BigInteger(), nullable=False),
        sa.Column("read_at", AT, nullable=True),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("fault_since", AT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mailbox"),
        sa.UniqueConstraint("name", name="uq_mailbox_name"),
    )
    op.create_table(
        "incomingmail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailbox_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("place", "sha256")),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        *(sa.Column(name, AT, nullable=False) for name in ("arrived_at", "read_at")),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("message_id", "sender", "sender_name", "subject")
        ),
        sa.Column("text", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("sort", "why")),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("is_by_address", sa.Boolean(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=True)
            for name in ("round_id", "organisation_id", "activity_id")
        ),
        sa.Column("settled_at", AT, nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("settled_by", "settled_how")),
        sa.Column("told_at", AT, nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [target], name=f"fk_incomingmail_{name}")
            for name, target in (
                ("mailbox_id", "mailbox.id"),
                ("sha256", "filecontent.sha256"),
                ("about_id", "message.id"),
                ("round_id", "round.id"),
                ("organisation_id", "organisation.id"),
                ("activity_id", "activity.id"),
                ("answer_id", "answer.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name="pk_incomingmail"),
        sa.UniqueConstraint("mailbox_id", "sha256", name="uq_incomingmail_mailbox_id_sha256"),
    )
    for name in ("sha256", "sort", "about_id", "round_id", "organisation_id"):
        op.create_index(f"ix_incomingmail_{name}", "incomingmail", [name], unique=False)
    with op.batch_alter_table("contact") as table:
        table.add_column(sa.Column("trusted_at", AT, nullable=True))
