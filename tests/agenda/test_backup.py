"""Backup and restore: consistent while in use, all or nothing, and quiet afterwards."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, make_url, text
from sqlmodel import select

from agenda import backup
from agenda.backup import back_up, restore
from agenda.errors import BadInput
from agenda.models import Message, MessageState, Round
from agenda.register import What, entries, record
from agenda.schema import held_version, known_versions
from agenda.store import BadDatabase, open_engine, reading, transaction
from agenda.upgrading import upgrade

AT = datetime(2026, 9, 18, 6, 0, tzinfo=UTC)
NOW = datetime(2026, 10, 5, 12, 30, tzinfo=UTC)
EARLIER = datetime(2026, 9, 20, tzinfo=UTC)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "kopia.bak"


@pytest.fixture
def keep(tmp_path: Path) -> Path:
    return tmp_path / "keep"


def add_rounds(url: str, *names: str, paused_at: datetime | None = None) -> None:
    engine = open_engine(url)
    with transaction(engine) as session:
        for name in names:
            session.add(
                Round(
                    uid=name,
                    name=name,
                    plan={},
                    tracked_from=AT,
                    started_at=AT,
                    sending_paused_at=paused_at,
                )
            )
            record(session, now=AT, who="anna", what=What.ROUND_STARTED, subject=name)
    engine.dispose()


def add_message(url: str, state: MessageState) -> None:
    engine = open_engine(url)
    with transaction(engine) as session:
        session.add(
            Message(
                key=state.value,
                round_id=1,
                audience="asked",
                step_key="reminder-10@2026-10-02",
                step="reminder-10",
                template="reminder",
                recipient_name="Krokom",
                recipient="kommun@krokom.example",
                language="sv",
                subject="Påminnelse",
                text="Hej",
                html="<p>Hej</p>",
                message_id=f"<{state.value}@regionen.example>",
                queued_at=AT,
                next_attempt_at=AT,
                state=state,
            )
        )
    engine.dispose()


def rounds(url: str) -> list[str]:
    engine = open_engine(url)
    with reading(engine) as session:
        found = [known.name for known in session.exec(select(Round).order_by(Round.id))]
    engine.dispose()
    return found


def copied(url: str, file: Path) -> Path:
    engine = open_engine(url)
    try:
        back_up(engine, file)
    finally:
        engine.dispose()
    return file


def ending(url: str) -> str:
    return "db" if make_url(url).get_backend_name() == "sqlite" else "dump"


@pytest.fixture
def filled_url(database_url: str) -> Iterator[str]:
    add_rounds(database_url, "2026")
    return database_url


def test_a_copy_is_brought_back_and_what_was_there_is_kept(
    filled_url: str, copy: Path, keep: Path
) -> None:
    copied(filled_url, copy)
    add_rounds(filled_url, "2027")
    said = restore(filled_url, copy, keep=keep, now=NOW)
    kept = keep / f"fore-aterlasning-20261005T123000Z.{ending(filled_url)}"
    assert rounds(filled_url) == ["2026"]
    assert said == (
        f"Databasen är återläst från {copy}. Databasen som fanns ligger i {kept}. "
        "Inget skickas från någon omgång förrän utskicken startas igen. Se först efter vad som "
        "redan har gått ut sedan kopian togs, och kör sedan: agenda round resume"
    )
    restore(filled_url, kept, keep=keep, now=datetime(2026, 10, 6, tzinfo=UTC))
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
    restore(filled_url, copy, keep=keep, now=NOW)
    assert rounds(filled_url) == ["2026"]


def test_a_copy_is_for_its_owner_only_and_leaves_nothing_beside(
    filled_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "kopior"
    folder.mkdir()
    copied(filled_url, folder / "Härjedalen 100% #1?.bak")
    held = [(file.name, file.stat().st_mode & 0o777) for file in folder.iterdir()]
    assert held == [("Härjedalen 100% #1?.bak", 0o600)]


def test_a_file_that_exists_is_never_written_over(filled_url: str, copy: Path) -> None:
    copy.write_text("något annat")
    with pytest.raises(BadInput) as refusal:
        copied(filled_url, copy)
    assert (str(refusal.value), copy.read_text()) == (
        f"{copy} finns redan och skrivs inte över. Välj ett annat namn.",
        "något annat",
    )


def test_a_copy_to_a_folder_that_does_not_exist_is_refused(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "saknas" / "kopia.bak"
    with pytest.raises(BadInput) as refusal:
        back_up(engine, file)
    assert str(refusal.value) == f"{file} går inte att skriva (No such file or directory)."


def test_an_empty_database_is_not_copied(empty_database_url: str, copy: Path) -> None:
    engine = open_engine(empty_database_url)
    with pytest.raises(BadDatabase, match=r"^Det finns inget att kopiera: .* är tom\.$"):
        back_up(engine, copy)
    engine.dispose()
    assert not copy.exists()


def test_a_copy_that_fails_leaves_nothing_behind(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kopior"
    folder.mkdir()

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_reach_disk", full)
    with pytest.raises(OSError, match="No space left"):
        back_up(engine, folder / "kopia.bak")
    assert list(folder.iterdir()) == []


def test_without_pg_dump_a_copy_is_refused_with_what_to_install(
    postgres_url: str, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadDatabase) as refusal:
        copied(postgres_url, copy)
    assert str(refusal.value) == (
        "pg_dump är inte installerat. Installera PostgreSQL:s klientprogram "
        "(postgresql-client), av samma version som servern eller nyare."
    )


def test_after_a_restore_nothing_leaves_until_a_person_says_so(
    filled_url: str, copy: Path, keep: Path
) -> None:
    add_rounds(filled_url, "pausad", paused_at=EARLIER)
    for state in MessageState:
        add_message(filled_url, state)
    copied(filled_url, copy)
    restore(filled_url, copy, keep=keep, now=NOW)
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
    ]


def test_a_restore_stands_in_the_register(filled_url: str, copy: Path, keep: Path) -> None:
    copied(filled_url, copy)
    restore(filled_url, copy, keep=keep, who="anna", now=NOW)
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
    restore(filled_url, copy, keep=keep, now=NOW)
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
        said = restore(url, copy, keep=keep, now=NOW)
        held = rounds(url)
    else:
        with request.getfixturevalue("postgres").database() as url:
            said = restore(url, copy, keep=keep, now=NOW)
            held = rounds(url)
    assert (held, "fanns" in said, list(keep.iterdir())) == (["2026"], False, [])


def test_a_restore_while_the_database_is_in_use_changes_nothing(
    filled_url: str, copy: Path, keep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agenda.postgres_copy._PATIENCE_TENTHS", 1)
    copied(filled_url, copy)
    add_rounds(filled_url, "2027")
    engine = open_engine(filled_url)
    with engine.connect() as idle:
        idle.execute(text("SELECT 1 FROM round"))
        idle.rollback()
        with pytest.raises(BadDatabase, match=r"används just nu\. Stäng av programmet"):
            restore(filled_url, copy, keep=keep, now=NOW)
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
        restore(filled_url, copy, keep=keep, now=NOW)
    assert rounds(filled_url) == ["2026", "2027"]


def test_a_copy_that_does_not_exist_is_refused(filled_url: str, copy: Path, keep: Path) -> None:
    with pytest.raises(BadInput) as refusal:
        restore(filled_url, copy, keep=keep, now=NOW)
    assert str(refusal.value) == f"Det finns ingen säkerhetskopia som heter {copy}."


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_copy_that_was_cut_off_is_refused_and_nothing_is_changed(
    filled_url: str, copy: Path, keep: Path, share: float
) -> None:
    whole = copied(filled_url, copy).read_bytes()
    copy.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BadInput):
        restore(filled_url, copy, keep=keep, now=NOW)
    assert (rounds(filled_url), keep.exists()) == (["2026"], False)


def test_a_file_that_is_no_copy_is_refused(filled_url: str, copy: Path, keep: Path) -> None:
    copy.write_text("Det här är ett brev. " * 100)
    with pytest.raises(BadInput, match=r"^.*kopia\.bak är ingen säkerhetskopia"):
        restore(filled_url, copy, keep=keep, now=NOW)


def test_another_programs_database_is_no_copy(sqlite_url: str, copy: Path, keep: Path) -> None:
    with closing(sqlite3.connect(copy)) as other:
        other.execute("CREATE TABLE bookings (id INTEGER)")
    with pytest.raises(BadInput, match="är ingen säkerhetskopia från det här programmet"):
        restore(sqlite_url, copy, keep=keep, now=NOW)


def test_a_copy_of_the_other_kind_of_database_is_refused(
    sqlite_url: str, postgres_url: str, tmp_path: Path, keep: Path
) -> None:
    of_sqlite = copied(sqlite_url, tmp_path / "sqlite.bak")
    of_postgres = copied(postgres_url, tmp_path / "postgres.bak")
    with pytest.raises(BadInput, match="är ingen säkerhetskopia"):
        restore(sqlite_url, of_postgres, keep=keep, now=NOW)
    with pytest.raises(BadInput, match="är ingen säkerhetskopia"):
        restore(postgres_url, of_sqlite, keep=keep, now=NOW)


def test_a_copy_of_a_newer_version_is_refused(
    filled_url: str, copy: Path, keep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(filled_url, copy)
    monkeypatch.setattr("agenda.schema.known_versions", lambda: ("0000",))
    with pytest.raises(BadDatabase) as refusal:
        restore(filled_url, copy, keep=keep, now=NOW)
    assert str(refusal.value) == (
        f"{copy} är skapad av en nyare version av programmet (databasversion "
        f"{known_versions()[-1]}, programmet känner till 0000). Installera den nyare versionen, "
        "eller läs tillbaka en säkerhetskopia från den här."
    )
    assert not keep.exists()


def test_a_copy_of_an_older_version_is_brought_back_and_upgraded(
    filled_url: str, copy: Path, keep: Path, tmp_path: Path, add_migration: Callable[[str], str]
) -> None:
    copied(filled_url, copy)
    number = add_migration("op.execute('CREATE TABLE more (id INT)')")
    upgrade(filled_url, backups=tmp_path / "backups", now=NOW)
    restore(filled_url, copy, keep=keep, now=NOW)
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
    said = restore(sqlite_url, copy, keep=keep, now=NOW)
    kept = keep / "fore-aterlasning-20261005T123000Z.db"
    assert (rounds(sqlite_url), kept.read_bytes()) == (["2026"], b"skadad " * 1000)
    assert f"Databasen som fanns ligger i {kept}." in said


def test_a_restored_sqlite_database_leaves_no_other_file_beside(
    sqlite_url: str, copy: Path, keep: Path, tmp_path: Path
) -> None:
    copied(sqlite_url, copy)
    restore(sqlite_url, copy, keep=keep, now=NOW)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["agenda.db", "keep", "kopia.bak"]
