"""The version of the database's tables: which one it has, which one we know, the way there.

Versions are the numbers of the files in `migrations/versions`; a database holds its own in
the table VERSION_TABLE. Alembic is imported only where it is used: it costs more time than
a reading command has.
"""

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from agenda.storage.faults import said_in_words, shown
from agenda.storage.store import SCHEMA, BadDatabase, writing

if TYPE_CHECKING:
    from alembic.config import Config

# Not Alembic's own name, so that another product's table is never taken for ours.
VERSION_TABLE = "agenda_version"

_MIGRATIONS = Path(__file__).parent / "migrations"
_HELD = f"SELECT version_num FROM {VERSION_TABLE}"  # noqa: S608  # a constant of ours


@cache
def known_versions() -> tuple[str, ...]:
    """The versions that this program knows, oldest first: "0001", "0002"."""
    return tuple(
        sorted(file.name.partition("_")[0] for file in _MIGRATIONS.glob("versions/[0-9]*.py"))
    )


def held_version(engine: Engine) -> str | None:
    """The version of a database; None when it is still empty. Changes nothing.

    Raises:
        BadDatabase: it cannot be reached, is newer than this program, or is not ours.
    """
    with said_in_words(engine.url), engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if VERSION_TABLE not in tables:
            if tables:
                raise BadDatabase(
                    f"{shown(engine.url)} innehåller tabeller från ett annat program "
                    f"({', '.join(sorted(tables)[:3])}). Ange en annan databas."
                )
            return None
        held = connection.execute(text(_HELD)).scalar()
    if held is not None:
        refuse_newer(str(held), where=shown(engine.url))
    return held


def refuse_newer(version: str, *, where: str) -> None:
    """Stop before a database that this program does not know is touched.

    Raises:
        BadDatabase: the version is newer than the newest known.
    """
    if version not in known_versions():
        raise BadDatabase(
            f"{where} är skapad av en nyare version av programmet (databasversion {version}, "
            f"programmet känner till {known_versions()[-1]}). Installera den nyare versionen, "
            "eller läs tillbaka en säkerhetskopia från den här."
        )


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest version: all of it, or nothing.

    Two at once take turns, and the second finds nothing left to do. It makes no copy first;
    `agenda.storage.upgrading.upgrade` does.

    Raises:
        BadDatabase: the database cannot be reached or changed.
    """
    with said_in_words(engine.url), writing(engine).connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            # A migration that rebuilds a table drops it first, and with it the rows that
            # point at it. SQLite only obeys this outside a transaction.
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        try:
            _run_migrations(connection)
        finally:
            if is_sqlite:
                connection.connection.execute("PRAGMA foreign_keys=ON")


def _run_migrations(connection: Connection) -> None:
    from alembic import command

    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        command.upgrade(alembic_config(connection), "head")
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise BadDatabase(
                    f"{shown(connection.engine.url)} har rader som pekar på rader som saknas "
                    f"({broken[0][0]}). Läs tillbaka en säkerhetskopia med: agenda restore FIL"
                )


def alembic_config(connection: Connection) -> "Config":
    """Alembic's configuration for a connection; there is no alembic.ini."""
    from alembic.config import Config

    # Alembic would write to the stdout of the moment when it was first imported.
    config = Config(stdout=sys.stdout)
    # ConfigParser reads % as the beginning of a reference.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
