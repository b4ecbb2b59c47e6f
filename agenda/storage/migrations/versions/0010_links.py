"""Links of every purpose stand in one table, and a message points to its link by one column."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

OPENS = (("reply", "invitation_id"), ("decision", "extension_request_id"), ("feed", "round_id"))
COMMON = ("uid", "token_hash", "created_at", "revoked_at")
UNLESS_TOLD = {"kinds": "", "label": "", "name": "", "address": "", "generation": 1}


def upgrade() -> None:
    _wider()
    above = _moved("extensionlink", "decision", "extension_request_id", "name", "address")
    message = sa.table("message", *map(sa.column, ("link_id", "extension_link_id")))
    mailed = sa.update(message).where(message.c.extension_link_id.is_not(None))
    op.execute(mailed.values(link_id=message.c.extension_link_id + above))
    _moved("feedlink", "feed", "round_id", "organisation_id", "kinds", "label", "generation")
    if op.get_bind().dialect.name == "postgresql":
        # Numbers that were given here are unknown to what gives the next one.
        op.execute(
            "SELECT setval(pg_get_serial_sequence('link', 'id'), "
            "(SELECT max(id) FROM link)) WHERE EXISTS (SELECT 1 FROM link)"
        )
    with op.batch_alter_table("message") as table:
        table.drop_column("extension_link_id")
    op.drop_table("extensionlink")
    op.drop_table("feedlink")


def _wider() -> None:
    """The table of the links to replies takes the others too."""
    with op.batch_alter_table("link") as table:
        table.add_column(sa.Column("purpose", sa.String(), nullable=False, server_default="reply"))
        for name, target in (
            ("extension_request_id", "extensionrequest"),
            ("round_id", "round"),
            ("organisation_id", "organisation"),
        ):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            table.create_foreign_key(f"fk_link_{name}", target, [name], ["id"])
        for name in ("kinds", "label"):
            table.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        table.alter_column("invitation_id", existing_type=sa.Integer(), nullable=True)
        for name in ("extension_request_id", "round_id"):
            table.create_index(f"ix_link_{name}", [name], unique=False)
    with op.batch_alter_table("link") as table:
        for name in ("purpose", "kinds", "label"):
            table.alter_column(name, existing_type=sa.String(), server_default=None)
        table.create_check_constraint(
            "ck_link_purpose",
            " AND ".join(f"(purpose = '{one}') = ({opens} IS NOT NULL)" for one, opens in OPENS),
        )


def _moved(name: str, purpose: str, *own: str) -> int:
    """Move links of another purpose, to numbers above all there are; above which.

    No number is anybody else's afterwards: the register and the keys of messages name them.
    """
    connection = op.get_bind()
    numbers = [sa.func.max(sa.table(one, sa.column("id")).c.id) for one in ("link", name)]
    above = max(connection.scalar(sa.select(number)) or 0 for number in numbers)
    columns = [*COMMON, *own, *(one for one in UNLESS_TOLD if one not in own)]
    former = sa.table(name, *map(sa.column, ("id", *COMMON, *own)))
    values = [former.c[one] if one in former.c else sa.literal(UNLESS_TOLD[one]) for one in columns]
    link = sa.table("link", *map(sa.column, ("id", "purpose", *columns)))
    rows = sa.select(former.c.id + above, sa.literal(purpose), *values)
    connection.execute(sa.insert(link).from_select(["id", "purpose", *columns], rows))
    return int(above)
