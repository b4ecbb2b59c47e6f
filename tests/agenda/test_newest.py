"""The newest line of the register, looked at before every answer of a feed."""

import sqlite3

import pytest
from sqlalchemy import Engine, text

from agenda.register import By, What, record
from agenda.storage.newest import NewestLine
from agenda.storage.store import open_engine, transaction
from tests.rounds_under_way import sv

NOW = sv("2020-09-01 09:00")


def write_a_line(engine: Engine, at=NOW) -> None:
    with transaction(engine) as session:
        record(session, By.person("Asta", at), What.SENDING_PAUSED)


def test_a_look_tells_whether_somebody_else_has_written_since(engine: Engine, database_url: str):
    line, seen = NewestLine(engine), []
    other = open_engine(database_url)
    for _ in range(3):
        seen += [line.look(), line.look()]
        write_a_line(other)
    assert seen[0] is seen[1] is None
    assert seen[2] == seen[3] != seen[4] == seen[5]
    line.close()
    other.dispose()


def test_what_is_not_committed_is_not_seen(engine: Engine):
    write_a_line(engine)
    line = NewestLine(engine)
    before = line.look()
    with transaction(engine) as session:
        record(session, By.person("Asta", NOW), What.SENDING_RESUMED)
        during = line.look(), line.look_at_once() or before
    assert during == (before, before)
    assert line.look() != before
    line.close()


def test_on_sqlite_a_look_needs_no_waiting_once_one_has_been_taken(sqlite_url: str):
    engine = open_engine(sqlite_url)
    write_a_line(engine)
    line = NewestLine(engine)
    seen = [line.look_at_once(), line.look(), line.look_at_once()]
    write_a_line(engine)
    seen += [line.look_at_once(), line.look()]
    line.close()
    assert seen[0] is line.look_at_once() is None
    assert seen[1] == seen[2] != seen[3] == seen[4]
    engine.dispose()


def test_trouble_is_for_the_look_that_can_wait_to_tell(sqlite_url: str):
    engine = open_engine(sqlite_url)
    write_a_line(engine)
    line = NewestLine(engine)
    line.look()
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE register RENAME TO elsewhere"))
    assert line.look_at_once() is None
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        line.look()
    line.close()
    engine.dispose()
