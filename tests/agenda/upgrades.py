"""Databases of former versions, and upgrades of them that are interrupted at every step."""

from collections.abc import Iterator
from typing import Any

from alembic import command
from sqlalchemy import Engine, event, inspect, text

from agenda.storage.schema import SCHEMA, alembic_config, held_version


class Killed(BaseException):
    """The computer lost its power."""


def make_former(engine: Engine, version: str, *statements: str) -> None:
    """Bring a database to a former version, and put rows into it."""
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if is_sqlite:
            # As `migrate` does: a table that is rebuilt is dropped first.
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if not is_sqlite:
                    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
                command.upgrade(alembic_config(connection), version)
                for statement in statements:
                    # In its own words: a colon in a time is no parameter.
                    connection.exec_driver_sql(statement)
        finally:
            if is_sqlite:
                connection.connection.execute("PRAGMA foreign_keys=ON")


def everything(engine: Engine) -> dict[str, list[Any]]:
    """What every table holds."""
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"')).all()))
            for name in sorted(inspect(connection).get_table_names())
        }


def upgrades_cut_short(engine: Engine, version: str) -> Iterator[str | None]:
    """Upgrade to a version, each time cut short one change later; the one left each time.

    Ends with the time that nothing was left to cut short.
    """
    steps, most = 0, 0

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal steps
        # What only reads leaves nothing behind that the next one would not.
        steps += not statement.lstrip().upper().startswith(("SELECT", "PRAGMA"))
        if steps > most:
            raise Killed

    event.listen(engine, "before_cursor_execute", count)
    try:
        while True:
            steps = 0
            try:
                make_former(engine, version)
            except Killed:
                most, steps = most + 1, -10_000
                yield held_version(engine)
            else:
                return
    finally:
        event.remove(engine, "before_cursor_execute", count)
