"""Backup and restore: consistent while in use, all or nothing, and quiet afterwards."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, make_url, text
from sqlmodel import select

from agenda.models import Message, MessageState, Round
from agenda.register import By, entries
from agenda.storage import backup
from agenda.storage.backup import back_up, restore
from agenda.storage.schema import held_version
from agenda.storage.store import BadDatabase, open_engine, reading, transaction
from agenda.storage.upgrading import upgrade
from tests.agenda.copies import AT, NOW, add_message, add_rounds, copied, ending, rounds

EARLIER = datetime(2026, 9, 20, tzinfo=UTC)


def test_a_copy_is_brought_back_and_what_was_there_is_kept(
    filled_url: str, copy: Path, keep: Path
) -> None:
    copied(filled_url, copy)
    add_rounds(filled_url, "2027")
    said = restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))
    kept = keep / f"fore-aterlasning-20261005T123000Z.{ending(filled_url)}"
    assert rounds(filled_url) == ["2026"]
    assert said == (
        f"Databasen är återläst från {copy}. Databasen som fanns ligger i {kept}. "
        "Inget skickas från någon omgång förrän utskicken startas igen. Se först efter vad som "
        "redan har gått ut sedan kopian togs, och kör sedan: agenda round resume"
    )
    restore(filled_url, kept, keep=keep, by=By.person("anna", datetime(2026, 10, 6, tzinfo=UTC)))
    assert rounds(filled_url) == ["2026", "2027"]


def test_a_copy_holds_what_was_committed_while_somebody_is_writing(
    filled_url: str, copy: Path, keep: Path
) -> None:
    engine = open_engine(filled_url)
    with transaction(engine) as session:
        session.add(Round(uid="x", name="halv", plan={}, tracked_from=AT, started_at=AT))
        session.flush()
        back_up(engine, copy)
    engine.dispose()
    assert rounds(filled_url) == ["2026", "halv"]
    restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))
    assert rounds(filled_url) == ["2026"]


def test_after_a_restore_nothing_leaves_until_a_person_says_so(
    filled_url: str, copy: Path, keep: Path
) -> None:
    add_rounds(filled_url, "pausad", paused_at=EARLIER)
    for state in MessageState:
        add_message(filled_url, state)
    copied(filled_url, copy)
    restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))
    engine = open_engine(filled_url)
    with reading(engine) as session:
        paused = session.exec(select(Round.name, Round.sending_paused_at).order_by(Round.id)).all()
        uncertain = session.exec(
            select(Message.state, Message.is_uncertain).order_by(Message.id)
        ).all()
    engine.dispose()
    assert paused == [("2026", NOW), ("pausad", EARLIER)]
    # What was on its way when the copy was taken may have left since.
    assert uncertain == [
        (MessageState.QUEUED, True),
        (MessageState.SENDING, True),
        (MessageState.SENT, False),
        (MessageState.FAILED, False),
        (MessageState.WITHDRAWN, False),
        (MessageState.SET_ASIDE, False),
    ]


def test_a_restore_stands_in_the_register(filled_url: str, copy: Path, keep: Path) -> None:
    copied(filled_url, copy)
    restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))
    engine = open_engine(filled_url)
    with reading(engine) as session:
        lines = [(line.at, line.who, line.what, line.after) for line in entries(session)]
    engine.dispose()
    assert lines == [
        (AT, "anna", "round_started", ""),
        (NOW, "anna", "sending_paused", ""),
        (NOW, "anna", "restored", "kopia.bak"),
    ]


def test_the_register_of_a_restored_database_still_refuses_changes(
    filled_url: str, copy: Path, keep: Path
) -> None:
    copied(filled_url, copy)
    restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))
    engine = open_engine(filled_url)
    with engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.execute(text("DELETE FROM register"))
    engine.dispose()


def test_a_copy_is_brought_back_where_there_is_no_database(
    filled_url: str, copy: Path, keep: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    copied(filled_url, copy)
    if ending(filled_url) == "db":
        url = f"sqlite:///{tmp_path / 'ny' / 'agenda.db'}"
        said = restore(url, copy, keep=keep, by=By.person("anna", NOW))
        held = rounds(url)
    else:
        with request.getfixturevalue("postgres").database() as url:
            said = restore(url, copy, keep=keep, by=By.person("anna", NOW))
            held = rounds(url)
    assert (held, "fanns" in said, list(keep.iterdir())) == (["2026"], False, [])


def test_a_restore_while_the_database_is_in_use_changes_nothing(
    filled_url: str, copy: Path, keep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agenda.storage.postgres_copy._PATIENCE_TENTHS", 1)
    copied(filled_url, copy)
    add_rounds(filled_url, "2027")
    engine = open_engine(filled_url)
    with engine.connect() as idle:
        idle.execute(text("SELECT 1 FROM round"))
        idle.rollback()
        with pytest.raises(BadDatabase, match=r"används just nu\. Stäng av programmet"):
            restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))
    engine.dispose()
    assert (rounds(filled_url), list(keep.iterdir())) == (["2026", "2027"], [])


def test_a_restore_that_fails_half_way_changes_nothing(
    filled_url: str, copy: Path, keep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(filled_url, copy)
    add_rounds(filled_url, "2027")

    def fail(_engine: Engine) -> None:
        raise BadDatabase("Det gick inte.")

    monkeypatch.setattr(backup, "migrate", fail)
    with pytest.raises(BadDatabase, match=r"Det gick inte\."):
        restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))
    assert rounds(filled_url) == ["2026", "2027"]


def test_a_copy_of_an_older_version_is_brought_back_and_upgraded(
    filled_url: str, copy: Path, keep: Path, tmp_path: Path, add_migration: Callable[[str], str]
) -> None:
    copied(filled_url, copy)
    number = add_migration("op.execute('CREATE TABLE more (id INT)')")
    upgrade(filled_url, backups=tmp_path / "backups", now=NOW)
    restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))
    engine = open_engine(filled_url)
    held = (held_version(engine), inspect(engine).has_table("more"))
    engine.dispose()
    assert (held, rounds(filled_url)) == ((number, True), ["2026"])


def test_a_damaged_database_is_moved_aside_and_replaced(
    sqlite_url: str, copy: Path, keep: Path
) -> None:
    add_rounds(sqlite_url, "2026")
    copied(sqlite_url, copy)
    file = Path(str(make_url(sqlite_url).database))
    file.write_bytes(b"skadad " * 1000)
    said = restore(sqlite_url, copy, keep=keep, by=By.person("anna", NOW))
    kept = keep / "fore-aterlasning-20261005T123000Z.db"
    assert (rounds(sqlite_url), kept.read_bytes()) == (["2026"], b"skadad " * 1000)
    assert f"Databasen som fanns ligger i {kept}." in said


def test_a_restored_sqlite_database_leaves_no_other_file_beside(
    sqlite_url: str, copy: Path, keep: Path, tmp_path: Path
) -> None:
    copied(sqlite_url, copy)
    restore(sqlite_url, copy, keep=keep, by=By.person("anna", NOW))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["agenda.db", "keep", "kopia.bak"]
