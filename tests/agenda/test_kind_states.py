"""What an activity's own kind has come to: dated, kept with the activity, and brought over."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlmodel import select

from agenda.kinds.base import BALLOT_CLOSED, BALLOT_OPENED
from agenda.models import Activity
from agenda.storage.schema import SCHEMA, alembic_config
from agenda.storage.store import open_engine, reading, transaction
from agenda.storage.upgrading import upgrade
from tests.rounds_under_way import RoundUnderWay, a_plan

AT = datetime(2020, 10, 1, 8, 0, 0, 1, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def since(engine: Engine) -> dict[str, dict[str, datetime]]:
    with reading(engine) as session:
        return {row.key: row.since for row in session.exec(select(Activity))}


def test_a_state_is_entered_and_left_and_dated_in_utc(engine: Engine) -> None:
    RoundUnderWay(engine, a_plan("berg"))
    with transaction(engine) as session:
        row = session.exec(select(Activity)).one()
        row.enter(BALLOT_OPENED, AT.astimezone(timezone(timedelta(hours=2))))
        row.enter(BALLOT_CLOSED, LATER)
    assert since(engine) == {"inspel": {BALLOT_OPENED: AT, BALLOT_CLOSED: LATER}}
    assert since(engine)["inspel"][BALLOT_OPENED].tzinfo is UTC
    with transaction(engine) as session:
        session.exec(select(Activity)).one().leave(BALLOT_CLOSED)
    assert since(engine) == {"inspel": {BALLOT_OPENED: AT}}


def test_a_state_that_the_kind_does_not_have_is_refused(engine: Engine) -> None:
    RoundUnderWay(engine, a_plan("berg"))
    with transaction(engine) as session:
        row = session.exec(select(Activity)).one()
        with pytest.raises(ValueError, match="input has no state items_released"):
            row.enter("items_released", AT)
    assert since(engine) == {"inspel": {}}


def ballots(opened: str, closed: str) -> list[str]:
    """The statement that adds activities of version 0004: never opened, opened, closed."""
    instants = {"a": "NULL, NULL", "b": f"{opened}, NULL", "c": f"{opened}, {closed}"}
    values = ", ".join(
        f"({number}, 1, '{key}', {number}, '2020-05-08', '2020-10-02', false, false, '{{}}', 0, "
        f"'2020-01-01 00:00:00', {held})"
        for number, (key, held) in enumerate(instants.items(), 1)
    )
    return [
        "INSERT INTO round (id, uid, name, plan, is_example, tracked_from, started_at) VALUES "
        "(1, 'r', '2020', '{}', false, '2020-01-01 00:00:00', '2020-01-01 00:00:00')",
        "INSERT INTO activity (id, round_id, key, position, starts_on, due_on, is_quarter, "
        "was_quarter, terms, revision, changed_at, ballot_opened_at, ballot_closed_at) "
        f"VALUES {values}",
        "INSERT INTO deadlinemove (activity_id, from_on, to_on, moved_at) "
        "VALUES (2, '2020-10-01', '2020-10-02', '2020-01-01 00:00:00')",
    ]


def test_ballots_opened_and_closed_before_are_brought_over_with_their_instants(
    empty_database_url: str, tmp_path: Path
) -> None:
    engine = open_engine(empty_database_url)
    zone = "+00" if engine.name == "postgresql" else ""
    opened, closed = (f"'{at:%Y-%m-%d %H:%M:%S.%f}{zone}'" for at in (AT, LATER))
    with engine.begin() as connection:
        if engine.name == "postgresql":
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        command.upgrade(alembic_config(connection), "0004")
        for statement in ballots(opened, closed):
            connection.exec_driver_sql(statement)
    upgrade(empty_database_url, backups=tmp_path / "backups")
    assert since(engine) == {
        "a": {},
        "b": {BALLOT_OPENED: AT},
        "c": {BALLOT_OPENED: AT, BALLOT_CLOSED: LATER},
    }
    with engine.connect() as connection:
        moved = "SELECT key FROM deadlinemove JOIN activity ON activity.id = activity_id"
        assert connection.execute(text(moved)).scalars().all() == ["b"]
    engine.dispose()
