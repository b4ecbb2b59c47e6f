"""A database whose file is gone, a disk that is full, two at once: said, and nothing lost."""

import errno
import resource
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import main as alembic
from sqlalchemy import make_url, text
from sqlmodel import select

from agenda.models import Round
from agenda.register import By
from agenda.storage import backup, sqlite_file
from agenda.storage.backup import back_up, restore
from agenda.storage.faults import said_in_words
from agenda.storage.schema import alembic_config, known_versions
from agenda.storage.sqlite_file import SqliteFile
from agenda.storage.store import BadDatabase, open_engine, reading, transaction
from agenda.storage.upgrading import upgrade
from agenda.words.errors import BadInput
from tests.agenda.copies import AT, NOW, add_rounds, copied, rounds


def gone(folder: Path) -> None:
    shutil.rmtree(folder)


def moved(folder: Path) -> None:
    folder.rename(folder.with_name("flyttad"))


def exchanged(folder: Path) -> None:
    moved(folder)
    folder.mkdir()
    upgrade(f"sqlite:///{folder / 'agenda.db'}", backups=folder / "backups", now=NOW)


@pytest.mark.parametrize("happens", [gone, moved, exchanged])
@pytest.mark.parametrize("has_new_connections", [True, False])
def test_a_folder_that_goes_while_the_program_runs_is_said_at_once(
    tmp_path: Path, happens, has_new_connections: bool
) -> None:
    folder = tmp_path / "var"
    url = f"sqlite:///{folder / 'agenda.db'}"
    upgrade(url, backups=folder / "backups", now=NOW)
    add_rounds(url, "2026")
    engine = open_engine(url)
    with reading(engine) as session:
        session.exec(select(Round)).one()

    happens(folder)
    if has_new_connections:
        engine.dispose()

    for opening in (reading, transaction):
        with pytest.raises(BadDatabase) as refusal, opening(engine) as session:
            session.exec(select(Round)).all()
        assert str(refusal.value).startswith(
            f"Databasen {folder / 'agenda.db'} har flyttats, bytts ut eller tagits bort medan "
            "programmet var igång, så inget mer sparas och inget skickas."
        )
    assert happens is exchanged or not (folder / "agenda.db").exists()
    engine.dispose()


def test_a_folder_that_comes_back_is_used_again(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    url = f"sqlite:///{folder / 'agenda.db'}"
    upgrade(url, backups=folder / "backups", now=NOW)
    engine = open_engine(url)
    with transaction(engine) as session:
        session.add(Round(uid="1", name="2026", plan={}, tracked_from=AT, started_at=AT))
    moved(folder)
    with pytest.raises(BadDatabase), reading(engine) as session:
        session.exec(select(Round)).all()

    folder.with_name("flyttad").rename(folder)

    with reading(engine) as session:
        assert session.exec(select(Round.name)).all() == ["2026"]
    engine.dispose()


def test_whoever_watches_hears_that_the_file_is_gone_and_back(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    url = f"sqlite:///{folder / 'agenda.db'}"
    upgrade(url, backups=folder / "backups", now=NOW)
    file = SqliteFile(folder / "agenda.db")
    file.take()

    assert file.trouble() is None
    moved(folder)
    assert "tagits bort medan programmet var igång" in (file.trouble() or "")
    folder.with_name("flyttad").rename(folder)
    assert file.trouble() is None


def test_who_opens_a_new_database_while_another_writes_in_it_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite refuses the switch to its write-ahead log at once, whatever the timeout."""
    file = tmp_path / "agenda.db"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE t (a)")
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(sqlite_file, "pause", lambda _: other.in_transaction and other.commit())
        engine = open_engine(f"sqlite:///{file}")
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    engine.dispose()


def test_who_waits_in_vain_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "agenda.db"
    waited: list[float] = []
    monkeypatch.setattr(sqlite_file, "pause", waited.append)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("CREATE TABLE t (a)")
        other.execute("BEGIN IMMEDIATE")
        engine = open_engine(f"sqlite:///{file}")
        with (
            pytest.raises(BadDatabase, match="används av ett annat program"),
            said_in_words(engine.url),
            engine.connect(),
        ):
            pass
    engine.dispose()
    assert 20 < sum(waited) <= 30


def test_two_upgrades_within_a_second_keep_both_copies(
    database_url: str, tmp_path: Path, add_migration
) -> None:
    held = known_versions()[-1]
    folder = tmp_path / "backups"
    add_migration("op.execute('CREATE TABLE more (id INT)')")
    ending = "db" if make_url(database_url).get_backend_name() == "sqlite" else "dump"
    name = f"agenda-{NOW:%Y%m%dT%H%M%SZ}-version-{held}"
    folder.mkdir()
    (folder / f"{name}.{ending}").write_text("en tidigare kopia")

    said = upgrade(database_url, backups=folder, now=NOW)

    assert f"{name}-2.{ending}" in (said or "")
    assert (folder / f"{name}.{ending}").read_text() == "en tidigare kopia"
    assert (folder / f"{name}-2.{ending}").stat().st_size > 1000


def test_a_name_that_another_takes_in_the_same_instant_is_left_to_it(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from agenda.storage import upgrading

    tries: list[Path] = []

    def taken_first(engine, file):
        tries.append(file)
        if len(tries) == 1:
            file.write_text("den andras")
        back_up(engine, file)

    monkeypatch.setattr(upgrading, "back_up", taken_first)
    monkeypatch.setattr(upgrading, "known_versions", lambda: (*known_versions(), "9998"))
    monkeypatch.setattr(upgrading, "migrate", lambda _: None)

    upgrade(sqlite_url, backups=tmp_path / "backups", now=NOW)

    assert [file.stem[-2:] for file in tries][-1] == "-2"
    assert tries[0].read_text() == "den andras"


def test_two_restores_within_a_second_keep_both_databases(
    sqlite_url: str, copy: Path, keep: Path
) -> None:
    copied(sqlite_url, copy)
    add_rounds(sqlite_url, "2027")
    restore(sqlite_url, copy, keep=keep, by=By.person("anna", NOW))
    add_rounds(sqlite_url, "2028")
    restore(sqlite_url, copy, keep=keep, by=By.person("anna", NOW))

    names = sorted(file.name for file in keep.iterdir())
    assert names == [
        "fore-aterlasning-20261005T123000Z-2.db",
        "fore-aterlasning-20261005T123000Z.db",
    ]
    assert [rounds(f"sqlite:///{keep / name}")[-1] for name in names] == ["2028", "2027"]


def test_a_copy_that_finds_no_room_blames_its_own_disk(sqlite_url: str, copy: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    engine = open_engine(sqlite_url)
    with reading(engine) as session:
        session.exec(select(Round)).all()
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(BadDatabase) as refusal:
            back_up(engine, copy)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    engine.dispose()
    assert str(refusal.value) == (
        f"{copy} gick inte att skriva till slutet. Kontrollera att disken där har plats och är "
        "hel, eller skriv kopian på en annan disk. Databasen är orörd."
    )
    assert list(copy.parent.glob("*kopia*")) == []


def test_a_full_disk_is_the_one_that_is_written_to(tmp_path: Path) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorname = "SQLITE_FULL"
    database = make_url(f"sqlite:///{tmp_path / 'agenda.db'}")

    for writes, named in ((tmp_path / "kopia.bak", "kopia.bak"), (None, "agenda.db")):
        with pytest.raises(BadDatabase) as refusal, said_in_words(database, writes=writes):
            raise full
        assert f"{named} " in str(refusal.value)
        assert "full" in str(refusal.value)


def test_a_disk_that_fills_at_the_very_end_is_said(
    sqlite_url: str, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup, "_reach_disk", full)
    engine = open_engine(sqlite_url)
    with pytest.raises(BadInput) as refusal:
        back_up(engine, copy)
    engine.dispose()
    assert str(refusal.value) == f"{copy} gick inte att skriva: disken är full. Databasen är orörd."
    assert not copy.exists()


def test_a_downgrade_is_refused_in_a_sentence_and_changes_nothing(database_url: str) -> None:
    engine = open_engine(database_url)
    with (
        pytest.raises(BadDatabase, match="går inte att nedgradera"),
        engine.begin() as connection,
    ):
        command.downgrade(alembic_config(connection), "0001")
    with engine.connect() as connection:
        held = connection.execute(text("SELECT version_num FROM agenda_version")).scalar()
    engine.dispose()
    assert held == known_versions()[-1]


@pytest.mark.parametrize("arguments", [["downgrade", "-1"], ["upgrade", "head"]])
def test_alembics_own_command_is_sent_to_ours(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    with pytest.raises(SystemExit) as ended:
        alembic(argv=arguments)
    assert ended.value.code != 0
    said = capsys.readouterr()
    assert "agenda restore FIL" in said.out + said.err


def test_threads_that_open_a_new_database_at_once_all_get_it(tmp_path: Path) -> None:
    faults: list[BaseException] = []
    ready = threading.Barrier(8)

    def start() -> None:
        engine = open_engine(f"sqlite:///{tmp_path / 'agenda.db'}")
        ready.wait()
        try:
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except BaseException as fault:
            faults.append(fault)
        engine.dispose()

    starts = [threading.Thread(target=start) for _ in range(8)]
    for one in starts:
        one.start()
    for one in starts:
        one.join(timeout=30)
    assert faults == []
