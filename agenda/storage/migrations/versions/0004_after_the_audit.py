"""What an audit and real use asked of the tables."""

import html
import re
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _activity()
    _letters_kept_and_set_aside()
    _places_of_links()
    _messagestep()
    _attended()
    _installation()


def _activity() -> None:
    with op.batch_alter_table("activity") as table:
        table.add_column(sa.Column("single_day_since", sa.DateTime(timezone=True), nullable=True))
        table.add_column(
            sa.Column("was_quarter", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def _letters_kept_and_set_aside() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TYPE messagestate ADD VALUE IF NOT EXISTS 'SET_ASIDE'")
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("retried_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("worded_of", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("said", sa.JSON(), nullable=True))
    with op.batch_alter_table("attempt") as table:
        table.add_column(sa.Column("about", sa.String(), nullable=False, server_default=""))


def _places_of_links() -> None:
    """Stored mails know where their link goes, instead of it being looked for in them."""
    names = ("text_links", "html_links")
    with op.batch_alter_table("message") as table:
        for name in names:
            table.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("message") as table:
        for name in names:
            table.alter_column(name, server_default=None)
    message = sa.table(
        "message",
        *map(sa.column, ("id", "text", "html", "link_id", "extension_link_id")),
        *(sa.column(name, sa.JSON()) for name in names),
    )
    connection = op.get_bind()
    with_link = sa.or_(message.c.link_id.is_not(None), message.c.extension_link_id.is_not(None))
    for number in connection.scalars(sa.select(message.c.id).where(with_link)).all():
        this = message.c.id == number
        row = connection.execute(sa.select(message.c.text, message.c.html).where(this)).one()
        places = {"text_links": _in_text(row.text, row.html), "html_links": _in_html(row.html)}
        connection.execute(sa.update(message).where(this).values(places))


_STAND_IN = "https://personlig-lank.invalid"
# Exact: what people wrote is escaped in HTML, so none of it can be an element.
_ELEMENT = re.compile(rf'<a href="({re.escape(_STAND_IN)})([^"]*)"[^>]*>([^<]*)</a>')


def _in_html(words: str) -> list[int]:
    return [found.start(1) for found in _ELEMENT.finditer(words)]


def _in_text(words: str, same_in_html: str) -> list[int]:
    return sorted(set(_lines_of_links(words, same_in_html)))


def _lines_of_links(words: str, same_in_html: str) -> Iterator[int]:
    """Each link is its label on a line, and its address on the next.

    What people wrote never came to stand so: it was filled to 76 characters, where the two
    would have shared a line, or stood behind a mark of quotation.
    """
    for _, tail, label in _ELEMENT.findall(same_in_html):
        line = f"\n{html.unescape(label)}:\n{_STAND_IN}{html.unescape(tail)}\n"
        if (at := words.find(line)) >= 0:
            yield at + line.index(_STAND_IN)


def _messagestep() -> None:
    op.create_table(
        "messagestep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_messagestep_message_id"),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name="fk_messagestep_activity_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_messagestep"),
    )
    for column in ("message_id", "activity_id"):
        op.create_index(f"ix_messagestep_{column}", "messagestep", [column], unique=False)


def _attended() -> None:
    """Whether Prefect stands still is seen of each activity, and of the daily round."""
    with op.batch_alter_table("activity") as table:
        table.add_column(sa.Column("attended_at", sa.DateTime(timezone=True), nullable=True))
    # Nobody is told that an upgrade was a standstill.
    op.execute(
        "UPDATE activity SET attended_at = (SELECT attended_at FROM round "
        "WHERE round.id = activity.round_id)"
    )
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("gone_through_at", sa.DateTime(timezone=True), nullable=True))


def _installation() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_mark", sa.String(), nullable=False),
        sa.Column("portal_url", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_installation"),
    )
