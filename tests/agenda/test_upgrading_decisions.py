"""From version 0002 to 0003: what was asked for, granted and mailed before is still there."""

from datetime import date
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from agenda.storage.schema import SCHEMA, alembic_config
from agenda.storage.store import open_engine
from agenda.storage.upgrading import upgrade

AT = "2020-09-01 08:00:00+00:00"
ROWS = (
    "INSERT INTO round (id, uid, name, plan, is_example, tracked_from, started_at) "
    f"VALUES (1, 'r', '2020', '{{}}', false, '{AT}', '{AT}')",
    "INSERT INTO activity (id, round_id, key, position, starts_on, due_on, is_quarter, terms, "
    "revision, changed_at) "
    f"VALUES (1, 1, 'inspel', 0, '2020-05-08', '2020-10-02', false, '{{}}', 0, '{AT}')",
    "INSERT INTO organisation (id, round_id, key, name, kind, language, position) "
    "VALUES (1, 1, 'berg', 'Berg', 'municipality', 'sv', 0), "
    "(2, 1, 'are', 'Åre', 'municipality', 'sv', 1)",
    "INSERT INTO invitation (id, activity_id, organisation_id, extended_to, revision) "
    "VALUES (1, 1, 1, '2020-10-16', 1), (2, 1, 2, NULL, 0)",
    "INSERT INTO link (id, uid, invitation_id, name, address, generation, token_hash, created_at) "
    f"VALUES (1, 'l', 1, '', '', 1, 'h', '{AT}')",
    "INSERT INTO extensionrequest (id, invitation_id, until, reason, requested_at, "
    "requested_by_id, decided_at, is_granted, decided_by, note) "
    f"VALUES (1, 1, '2020-10-23', 'Nämnd', '{AT}', 1, '{AT}', true, 'Asta', ''), "
    f"(2, 2, '2020-10-23', 'Nämnd', '{AT}', NULL, '{AT}', false, 'Asta', 'Nej'), "
    f"(3, 2, '2020-10-24', 'Nämnd', '{AT}', NULL, NULL, NULL, '', '')",
    "INSERT INTO message (id, key, round_id, audience, step_key, step, template, is_prompt, "
    "recipient_name, recipient, language, subject, text, html, link_id, message_id, queued_at, "
    "state, next_attempt_at, attempts, is_uncertain, outcome) VALUES (1, 'k', 1, 'organisation', "
    f"'s', 's', 'reminder', false, 'A', 'a@b.example', 'sv', 'Ä', 't', 'h', 1, '<m>', '{AT}', "
    f"'QUEUED', '{AT}', 0, false, '')",
    f"INSERT INTO attempt (id, message_id, at, outcome, said) VALUES (1, 1, '{AT}', 'later', '')",
)


@pytest.fixture
def former_database(empty_database_url: str) -> str:
    """A database of version 0002 with a round under way."""
    engine = open_engine(empty_database_url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        command.upgrade(alembic_config(connection), "0002")
        for statement in ROWS:
            # In its own words: a colon in a time is no parameter.
            connection.exec_driver_sql(statement)
    engine.dispose()
    return empty_database_url


def test_what_was_granted_is_known_and_nothing_else_is_changed(
    former_database: str, tmp_path: Path
) -> None:
    upgrade(former_database, backups=tmp_path / "backups")
    engine = open_engine(former_database)
    with engine.connect() as connection:
        asked = connection.execute(
            text("SELECT id, CAST(granted_until AS VARCHAR) FROM extensionrequest ORDER BY id")
        ).all()
        mailed = connection.execute(
            text(
                "SELECT m.subject, m.link_id, a.outcome FROM message m "
                "JOIN attempt a ON a.message_id = m.id"
            )
        ).all()
        links = connection.execute(text("SELECT id, purpose FROM link")).all()
    engine.dispose()
    assert asked == [(1, date(2020, 10, 16).isoformat()), (2, None), (3, None)]
    assert mailed == [("Ä", 1, "later")]
    assert links == [(1, "reply")]


def test_a_mail_can_only_hold_a_link_that_there_is(former_database: str, tmp_path: Path) -> None:
    upgrade(former_database, backups=tmp_path / "backups")
    engine = open_engine(former_database)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE message SET link_id = 7"))
    engine.dispose()
