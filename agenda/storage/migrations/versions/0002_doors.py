"""The doors: personal links, shared drafts, files, requests for more time, calendar feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _activityfile()
    _feedlink()
    _link()
    _draft()
    _extensionrequest()
    _formertoken()
    _upload()
    _activity()
    _answer()
    _message()


def _activityfile() -> None:
    op.create_table(
        "activityfile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attached_by", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name="fk_activityfile_activity_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_activityfile"),
    )
    op.create_index("ix_activityfile_activity_id", "activityfile", ["activity_id"], unique=False)


def _feedlink() -> None:
    op.create_table(
        "feedlink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("kinds", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_feedlink_organisation_id"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_feedlink_round_id"),
        sa.PrimaryKeyConstraint("id", name="pk_feedlink"),
        sa.UniqueConstraint("token_hash", name="uq_feedlink_token_hash"),
        sa.UniqueConstraint("uid", name="uq_feedlink_uid"),
    )
    op.create_index("ix_feedlink_round_id", "feedlink", ["round_id"], unique=False)


def _link() -> None:
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name="fk_link_invitation_id"),
        sa.ForeignKeyConstraint(["invited_by_id"], ["link.id"], name="fk_link_invited_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
        sa.UniqueConstraint("token_hash", name="uq_link_token_hash"),
        sa.UniqueConstraint("uid", name="uq_link_uid"),
    )
    op.create_index("ix_link_invitation_id", "link", ["invitation_id"], unique=False)


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_draft_invitation_id"
        ),
        sa.ForeignKeyConstraint(["saved_by_id"], ["link.id"], name="fk_draft_saved_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("invitation_id", "form", name="uq_draft_invitation_id_form"),
    )
    op.create_index("ix_draft_invitation_id", "draft", ["invitation_id"], unique=False)


def _extensionrequest() -> None:
    op.create_table(
        "extensionrequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_extensionrequest_invitation_id"
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["link.id"], name="fk_extensionrequest_requested_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_extensionrequest"),
    )
    op.create_index(
        "ix_extensionrequest_invitation_id", "extensionrequest", ["invitation_id"], unique=False
    )


def _formertoken() -> None:
    op.create_table(
        "formertoken",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name="fk_formertoken_link_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_formertoken"),
    )
    op.create_index("ix_formertoken_link_id", "formertoken", ["link_id"], unique=False)


def _upload() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_upload_invitation_id"
        ),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["link.id"], name="fk_upload_uploaded_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
    )
    op.create_index("ix_upload_invitation_id", "upload", ["invitation_id"], unique=False)


def _activity() -> None:
    with op.batch_alter_table("activity") as table:
        for name in ("cancelled_at", "locked_at", "ballot_opened_at", "ballot_closed_at"):
            table.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def _answer() -> None:
    with op.batch_alter_table("answer") as table:
        # The defaults are for the answers that are there; new ones always say what they are.
        table.add_column(sa.Column("form", sa.String(), nullable=False, server_default="reply"))
        table.add_column(sa.Column("content", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("submission_key", sa.String(), nullable=True))
        table.add_column(sa.Column("sent_by_id", sa.Integer(), nullable=True))
        table.drop_constraint("uq_answer_invitation_id_version", type_="unique")
        table.create_unique_constraint(
            "uq_answer_invitation_id_form_version", ["invitation_id", "form", "version"]
        )
        table.create_unique_constraint("uq_answer_submission_key", ["submission_key"])
        table.create_foreign_key("fk_answer_sent_by_id", "link", ["sent_by_id"], ["id"])
    with op.batch_alter_table("answer") as table:
        table.alter_column("form", server_default=None)
        table.alter_column("content", server_default=None)


def _message() -> None:
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("calendar_method", sa.String(), nullable=True))
        table.add_column(sa.Column("link_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_message_link_id", "link", ["link_id"], ["id"])
