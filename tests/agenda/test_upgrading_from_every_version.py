"""From every former version with a row in every table: nothing is lost, and it is as made anew."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Engine,
    Enum,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    func,
    select,
)
from sqlalchemy.sql.ddl import sort_tables
from sqlmodel import SQLModel

from agenda.storage.schema import VERSION_TABLE, known_versions, migrate
from agenda.storage.store import open_engine
from tests.agenda.upgrades import make_former

NOW = datetime(2020, 9, 1, 8, 0, tzinfo=UTC)
JSONS: dict[str, Any] = {
    "terms": {"key": "inspel", "kind": "input", "title": "Inspel", "asks": [], "form": None},
    "plan": {
        "key": "p",
        "name": "2020",
        "title": "T",
        "responsible": {"name": "Anna", "address": "anna@regionen.example"},
        "coordinator": {"name": "Sam", "address": "sam@regionen.example"},
    },
    "content": {"fragor": [{"titel": "Väg 84"}], "bilagor": [1]},
    "text_links": [],
    "html_links": [],
    "said": {},
    "since": {},
}
OPENS_A_REPLY = {"purpose": "reply", "round_id": None}
"""A link opens one thing, which its purpose names."""
MOVED = {"extensionlink": "link", "feedlink": "link"}
"""The tables that are gone, and where their rows went."""


@pytest.fixture(params=known_versions()[:-1])
def former(request: pytest.FixtureRequest, empty_database_url: str) -> Iterator[Engine]:
    """A database of a former version with a row in every table."""
    engine = open_engine(empty_database_url)
    make_former(engine, request.param)
    fill(engine)
    yield engine
    engine.dispose()


def fill(engine: Engine) -> None:
    tables, made = reflected(engine), dict[str, dict[str, Any]]()
    with engine.begin() as connection:
        # Two tables may point at each other, where one of them need not.
        for table in sort_tables(tables.tables.values(), skip_fn=points_ahead):
            row = {
                column.name: a_value(table, column, made)
                for column in table.columns
                if all(key.column.table.name in made for key in column.foreign_keys)
            }
            row |= OPENS_A_REPLY if OPENS_A_REPLY.keys() <= row.keys() else {}
            connection.execute(table.insert().values(row))
            made[table.name] = row


def points_ahead(key: ForeignKey) -> bool:
    return (key.parent.table.name, key.parent.name) == ("link", "extension_request_id")


def reflected(engine: Engine) -> MetaData:
    found = MetaData()
    with engine.connect() as connection:
        found.reflect(connection)
    found.remove(found.tables[VERSION_TABLE])
    return found


def a_value(table: Table, column: Column[Any], made: dict[str, dict[str, Any]]) -> Any:
    """Something that the column can hold; what it points to, where it points."""
    for key in column.foreign_keys:
        return made[key.column.table.name][key.column.name]
    present = SQLModel.metadata.tables.get(table.name)
    known = present.columns.get(column.name) if present is not None else None
    if known is not None and isinstance(known.type, Enum):
        return known.type.enums[0]
    values: dict[Any, Any] = {Boolean: False, DateTime: NOW, Date: date(2020, 10, 2), Integer: 1}
    if column.name in JSONS and isinstance(column.type, JSON):
        return JSONS[column.name]
    for kind, value in values.items():
        if isinstance(column.type, kind):
            return value
    return b"%PDF" if isinstance(column.type, LargeBinary) else f"{table.name} {column.name}"


def counted(engine: Engine) -> dict[str, int]:
    tables = reflected(engine).tables.values()
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        }


def test_every_row_is_there_afterwards_and_the_tables_are_those_of_the_models(
    former: Engine,
) -> None:
    before = counted(former)
    assert set(before.values()) == {1}
    migrate(former)
    after = counted(former)
    wanted = dict.fromkeys(before.keys() - MOVED.keys(), 0)
    for name, rows in before.items():
        wanted[MOVED.get(name, name)] += rows
    assert {name: after[name] for name in wanted} == wanted
    with former.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, SQLModel.metadata) == []
