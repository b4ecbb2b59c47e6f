"""What Alembic runs: the migrations, on the connection that `agenda.storage.schema` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.util import CommandError
from sqlalchemy import MetaData
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import agenda.models  # noqa: F401  # its tables are what the migrations lead to
from agenda.storage.schema import VERSION_TABLE
from agenda.storage.store import BadDatabase

ONLY_FORWARDS = (
    "Databasen uppgraderas av programmet självt (agenda up) och går inte att nedgradera: det "
    "skulle förlora det som har kommit in. En äldre version har sin egen kopia i mappen backups; "
    "läs tillbaka den med den version av programmet som skrev den: agenda restore FIL"
)

# Without names of their own, constraints are called differently by each database, and a
# later migration could not say which one it changes.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def named_tables() -> MetaData:
    """The models' tables with a name on every constraint."""
    named = MetaData(naming_convention=NAMES)
    for table in SQLModel.metadata.sorted_tables:
        table.to_metadata(named)
    return named


def plain_types(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write SQLModel's types as SQLAlchemy's, so that old migrations outlive SQLModel."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


if "connection" not in context.config.attributes:
    raise CommandError(ONLY_FORWARDS)
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=named_tables(),
    version_table=VERSION_TABLE,
    render_as_batch=True,
    render_item=plain_types,
)
if context.get_context().opts["fn"].__name__ == "downgrade":
    raise BadDatabase(ONLY_FORWARDS)
with context.begin_transaction():
    context.run_migrations()
