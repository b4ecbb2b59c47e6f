"""What many tests begin with: made once by the product, then put into each test's database."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Engine, func, select
from sqlmodel import SQLModel

Made = TypeVar("Made")


class Contents:
    """All that a database holds, to be put into others whose tables are empty."""

    def __init__(self, engine: Engine) -> None:
        with engine.connect() as connection:
            self._rows = {
                table: [dict(row) for row in connection.execute(table.select()).mappings()]
                for table in SQLModel.metadata.sorted_tables
            }

    def put_into(self, engine: Engine) -> None:
        """Fill a database; what is added to it later is numbered from there on."""
        with engine.begin() as connection:
            for table, rows in self._rows.items():
                if not rows:
                    continue
                connection.execute(table.insert(), rows)
                if engine.dialect.name == "postgresql" and "id" in table.columns:
                    numbers = func.pg_get_serial_sequence(table.name, "id")
                    newest = select(func.max(table.columns["id"])).scalar_subquery()
                    connection.execute(select(func.setval(numbers, newest)))


_MADE: dict[Hashable, tuple[Any, Contents]] = {}


def made_once(engine: Engine, name: str, make: Callable[[], Made]) -> Made:
    """Have an empty database hold what `make` would make in it.

    Args:
        engine: The database.
        name: Stands for what is made: one name, one content.
        make: Makes it through the same engine; called for the first database of each kind.

    Returns:
        What `make` gave that first time.
    """
    known = _MADE.get((name, engine.dialect.name))
    if known is not None:
        known[1].put_into(engine)
        return known[0]
    made = make()
    _MADE[name, engine.dialect.name] = (made, Contents(engine))
    return made
