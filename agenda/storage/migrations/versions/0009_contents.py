"""What is in files stands once, in a table of its own, and every file points to it."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

FILES = {"upload": True, "answerfile": False, "activityfile": True}
"""The tables of files, and whether each told a file's size."""


def upgrade() -> None:
    op.create_table(
        "filecontent",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_filecontent"),
    )
    for table in FILES:
        _moved(table)
    for table, told_size in FILES.items():
        with op.batch_alter_table(table) as changed:
            changed.drop_column("content")
            if told_size:
                changed.drop_column("size")
            changed.create_foreign_key(f"fk_{table}_sha256", "filecontent", ["sha256"], ["sha256"])
            changed.create_index(f"ix_{table}_sha256", ["sha256"], unique=False)


def _moved(name: str) -> None:
    """One file at a time: all of them together may be more than the memory holds."""
    connection = op.get_bind()
    file = sa.table(name, *map(sa.column, ("id", "sha256")), sa.column("content", sa.LargeBinary()))
    kept = sa.table(
        "filecontent", *map(sa.column, ("sha256", "size")), sa.column("octets", sa.LargeBinary())
    )
    for number in connection.scalars(sa.select(file.c.id).order_by(file.c.id)).all():
        this = file.c.id == number
        octets = connection.execute(sa.select(file.c.content).where(this)).scalar_one()
        # Of what is there, not of what was said of it: of two that differ none may be lost.
        sha256 = hashlib.sha256(octets).hexdigest()
        same = sa.select(kept.c.sha256).where(kept.c.sha256 == sha256)
        if connection.scalar(same) is None:
            row = {"sha256": sha256, "size": len(octets), "octets": octets}
            connection.execute(sa.insert(kept).values(row))
        elsewhere = this & (file.c.sha256 != sha256)
        connection.execute(sa.update(file).where(elsewhere).values(sha256=sha256))
