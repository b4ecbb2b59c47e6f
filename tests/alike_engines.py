"""One engine's written SQL serves all: a test opens engines of its own, and writing is dear.

An engine keeps the SQL that it has written for a query under the query and its own dialect, so
that hundreds of short-lived engines would each write all of it anew, and the mappers keep it.
"""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from agenda.storage import store


def let_engines_share(patch: pytest.MonkeyPatch) -> None:
    """Let all engines of one kind of database share the SQL that one of them has written."""
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        # All of a kind write the same: a worker knows one server and one library of each.
        patch.setattr(kind, "__eq__", lambda self, other: type(self) is type(other))
        patch.setattr(kind, "__hash__", lambda self: hash(type(self)))
    create, written = store.create_engine, {}

    def create_alike(*args: Any, **choices: Any) -> Engine:
        made = create(*args, **choices)
        made.update_execution_options(compiled_cache=written)
        return made

    patch.setattr(store, "create_engine", create_alike)
