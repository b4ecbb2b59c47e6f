"""Upgrading: made when missing, copied before it is changed, refused when newer."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, Enum, inspect, make_url, text
from sqlmodel import SQLModel

from agenda.storage.migrations.__main__ import main as migrations_command
from agenda.storage.schema import VERSION_TABLE, held_version, known_versions, migrate
from agenda.storage.store import BadDatabase, open_engine
from agenda.storage.upgrading import is_current, refuse_unless_current, upgrade

NOW = datetime(2026, 9, 18, 6, 0, tzinfo=UTC)
NEWEST = known_versions()[-1]

AddMigration = Callable[[str], str]


def execute(url: str, statement: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def set_version(url: str, version: str) -> None:
    execute(url, f"UPDATE {VERSION_TABLE} SET version_num = '{version}'")


def version(url: str) -> str | None:
    engine = open_engine(url)
    try:
        return held_version(engine)
    finally:
        engine.dispose()


def test_a_missing_database_is_made_without_a_word_and_without_a_copy(
    empty_database_url: str, tmp_path: Path
) -> None:
    said = upgrade(empty_database_url, backups=tmp_path / "backups", now=NOW)
    assert (said, version(empty_database_url)) == (None, NEWEST)
    assert not (tmp_path / "backups").exists()


def test_a_database_that_is_up_to_date_is_left_alone(database_url: str, tmp_path: Path) -> None:
    said = upgrade(database_url, backups=tmp_path / "backups", now=NOW)
    assert (said, version(database_url)) == (None, NEWEST)
    assert not (tmp_path / "backups").exists()


def test_a_database_that_is_behind_is_copied_and_upgraded(
    database_url: str, tmp_path: Path, add_migration: AddMigration
) -> None:
    number = add_migration("op.execute('CREATE TABLE more (id INT)')")
    said = upgrade(database_url, backups=tmp_path / "backups", now=NOW)
    ending = "db" if make_url(database_url).get_backend_name() == "sqlite" else "dump"
    copy = tmp_path / "backups" / f"agenda-20260918T060000Z-version-{NEWEST}.{ending}"
    assert said == (
        f"Databasen är uppgraderad från version {NEWEST} till {number}; "
        f"en kopia av den gamla ligger i {copy}."
    )
    assert (version(database_url), copy.is_file()) == (number, True)


def test_a_migration_that_fails_changes_nothing(
    database_url: str, tmp_path: Path, add_migration: AddMigration
) -> None:
    add_migration(
        "op.execute('CREATE TABLE more (id INT)'); op.execute('SELECT * FROM missing')",
    )
    with pytest.raises(BadDatabase, match="missing"):
        upgrade(database_url, backups=tmp_path / "backups", now=NOW)
    assert version(database_url) == NEWEST
    engine = open_engine(database_url)
    assert "more" not in inspect(engine).get_table_names()
    engine.dispose()


def test_a_migration_may_rebuild_a_table_that_others_point_at(
    database_url: str, tmp_path: Path, add_migration: AddMigration
) -> None:
    execute(
        database_url,
        "INSERT INTO round (uid, name, plan, is_example, tracked_from, started_at) "
        "VALUES ('1', '2026', '{}', false, '2026-01-01', '2026-01-01')",
    )
    execute(
        database_url,
        "INSERT INTO organisation (round_id, key, name, kind, language, position) "
        "VALUES (1, 'krokom', 'Krokom', 'municipality', 'sv', 1)",
    )
    add_migration(
        "with op.batch_alter_table('round') as table:\n"
        "        table.alter_column('uid', new_column_name='u')",
    )
    upgrade(database_url, backups=tmp_path / "backups", now=NOW)
    engine = open_engine(database_url)
    with engine.connect() as connection:
        held = connection.execute(
            text("SELECT u, key FROM round JOIN organisation ON round_id = round.id")
        ).all()
    engine.dispose()
    assert held == [("1", "krokom")]


def test_a_database_of_a_newer_version_is_refused_and_not_changed(
    database_url: str, tmp_path: Path
) -> None:
    set_version(database_url, "9999")
    with pytest.raises(BadDatabase) as refusal:
        upgrade(database_url, backups=tmp_path / "backups", now=NOW)
    place = make_url(database_url)
    shown = place.database if place.get_backend_name() == "sqlite" else place
    assert str(refusal.value) == (
        f"{shown} är skapad av en nyare version av programmet (databasversion 9999, "
        f"programmet känner till {NEWEST}). Installera den nyare versionen, eller läs tillbaka "
        "en säkerhetskopia från den här."
    )
    engine = open_engine(database_url)
    with engine.connect() as connection:
        held = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    engine.dispose()
    assert held == "9999"


def test_another_programs_sqlite_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE bookings (id INTEGER)")
    with pytest.raises(BadDatabase) as refusal:
        upgrade(f"sqlite:///{file}", backups=tmp_path / "backups", now=NOW)
    assert str(refusal.value) == (
        f"{file} innehåller tabeller från ett annat program (bookings). Ange en annan databas."
    )


def test_two_that_upgrade_at_once_take_turns(empty_database_url: str, tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def start() -> None:
        try:
            upgrade(empty_database_url, backups=tmp_path / "backups", now=NOW)
        except BaseException as fault:
            faults.append(fault)

    starts = [threading.Thread(target=start) for _ in range(3)]
    for one in starts:
        one.start()
    for one in starts:
        one.join(timeout=300)
    assert (faults, version(empty_database_url)) == ([], NEWEST)


def test_a_file_that_is_no_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "agenda.db"
    file.write_text("Det här är ett brev. " * 100)
    with pytest.raises(BadDatabase) as refusal:
        upgrade(f"sqlite:///{file}", backups=tmp_path / "backups", now=NOW)
    assert str(refusal.value) == (
        f"{file} är ingen SQLite-databas. Flytta undan filen, eller läs tillbaka en "
        "säkerhetskopia med: agenda restore FIL"
    )
    assert file.read_text() == "Det här är ett brev. " * 100


def test_a_folder_in_the_databases_place_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadDatabase) as refusal:
        upgrade(f"sqlite:///{tmp_path}", backups=tmp_path / "backups", now=NOW)
    assert str(refusal.value) == (
        f"{tmp_path} går inte att öppna. Kontrollera att mappen finns, att den går att skriva i "
        "och att namnet inte är en mapp."
    )


def test_a_postgresql_that_cannot_be_reached_is_said_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(BadDatabase) as refusal:
        upgrade("postgresql://agenda:hemlig@127.0.0.1:1/agenda", backups=tmp_path, now=NOW)
    said = str(refusal.value)
    assert said.startswith(
        "Databasen postgresql+psycopg://agenda:***@127.0.0.1:1/agenda går inte att använda: "
    )
    assert said.endswith("Kontrollera att PostgreSQL är igång och att AGENDA_DATABASE_URL stämmer.")
    assert ("hemlig" in said, "\n" in said) == (False, False)


def test_an_upgrade_without_pg_dump_says_that_there_is_no_copy(
    postgres_url: str,
    tmp_path: Path,
    add_migration: AddMigration,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = add_migration("op.execute('CREATE TABLE more (id INT)')")
    monkeypatch.setenv("PATH", str(tmp_path))
    said = upgrade(postgres_url, backups=tmp_path / "backups", now=NOW)
    assert said == (
        f"Databasen är uppgraderad från version {NEWEST} till {number}; "
        "utan kopia, eftersom pg_dump inte är installerat."
    )


def test_a_command_may_go_on_when_the_database_is_current(engine: Engine) -> None:
    refuse_unless_current(engine)
    assert is_current(engine)


def test_a_command_is_stopped_when_there_is_no_database_and_makes_none(tmp_path: Path) -> None:
    file = tmp_path / "agenda.db"
    engine = open_engine(f"sqlite:///{file}")
    with pytest.raises(BadDatabase) as refusal:
        refuse_unless_current(engine)
    assert str(refusal.value) == (
        f"Det finns ingen databas än ({file}). Starta programmet med: agenda up"
    )
    assert not file.exists()


def test_a_command_is_stopped_when_the_database_is_behind(
    engine: Engine, add_migration: AddMigration
) -> None:
    add_migration("pass")
    assert not is_current(engine)
    with pytest.raises(BadDatabase, match="är inte uppgraderad till den här versionen"):
        refuse_unless_current(engine)


def test_the_migrations_lead_to_the_models(capsys: pytest.CaptureFixture[str]) -> None:
    assert (migrations_command(["check"]), capsys.readouterr().err) == (0, "")


def test_the_check_says_what_the_migrations_lack(
    capsys: pytest.CaptureFixture[str], add_migration: AddMigration
) -> None:
    add_migration("op.drop_column('attempt', 'said')")
    assert migrations_command(["check"]) == 1
    assert "'attempt', Column('said', Text()" in capsys.readouterr().err


def test_the_migrations_lead_to_the_models_on_both_databases(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_postgresql_knows_every_word_of_every_closed_list(postgres_url: str) -> None:
    """Alembic does not see a word that was added to a list; here it is seen."""
    engine = open_engine(postgres_url)
    lists = {
        column.type.name: column.type.enums
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Enum)
    }
    with engine.connect() as connection:
        known = {
            name: list(
                connection.execute(text(f"SELECT unnest(enum_range(NULL::{name}))::text")).scalars()
            )
            for name in lists
        }
    engine.dispose()
    assert known == lists


def test_a_scratch_database_in_memory_can_be_given_its_tables() -> None:
    engine = open_engine("sqlite://")
    migrate(engine)
    assert is_current(engine)
    engine.dispose()
