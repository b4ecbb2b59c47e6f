"""Every row of what was filled in has a key, which it keeps from version to version."""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = "_id"

Content = dict[str, Any]
Rows = list[dict[str, Any]]


def upgrade() -> None:
    columns = ("id", "invitation_id", "form")
    answer = sa.table(
        "answer", *map(sa.column, (*columns, "version")), sa.column("content", sa.JSON())
    )
    draft = sa.table("draft", *map(sa.column, columns), sa.column("content", sa.JSON()))
    connection = op.get_bind()
    whose = [sa.select(table.c.invitation_id, table.c.form) for table in (answer, draft)]
    for invitation_id, form in connection.execute(sa.union(*whose)).all():
        before: Content = {}
        for table, order in ((answer, answer.c.version), (draft, draft.c.id)):
            mine = sa.and_(table.c.invitation_id == invitation_id, table.c.form == form)
            found = sa.select(table.c.id, table.c.content).where(mine).order_by(order)
            for number, content in connection.execute(found).all():
                if not _has_rows(content):
                    continue
                before = _keyed(content, before)
                this = sa.update(table).where(table.c.id == number)
                connection.execute(this.values(content=before))


def _has_rows(content: Content) -> bool:
    return any(map(_is_rows, content.values()))


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and value != [] and all(isinstance(r, dict) for r in value)


def _rows(value: Any) -> Rows:
    """What stood in the field before; nothing, where that was something else than rows."""
    return value if _is_rows(value) else []


def _keyed(content: Content, before: Content) -> Content:
    return {
        field: _rows_keyed(value, _rows(before.get(field))) if _is_rows(value) else value
        for field, value in content.items()
    }


def _rows_keyed(rows: Rows, before: Rows) -> Rows:
    """A row that says what one said before is that one; else the one that stood in its place."""
    former = {row[KEY]: {k: v for k, v in row.items() if k != KEY} for row in before}
    keys = [_same(row, former) for row in rows]
    for place, row in enumerate(before[: len(rows)]):
        if keys[place] is None and row[KEY] in former:
            keys[place] = row[KEY]
            del former[row[KEY]]
    return [row | {KEY: key or secrets.token_hex(6)} for row, key in zip(rows, keys, strict=True)]


def _same(row: dict[str, Any], former: dict[str, Any]) -> str | None:
    """The key of the first former row that says the same, which no other can then have."""
    found = next((key for key, said in former.items() if said == row), None)
    if found is not None:
        del former[found]
    return found
