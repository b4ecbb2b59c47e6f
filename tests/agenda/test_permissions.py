"""What lies on disk can be read by its owner alone, whatever the folder and the umask allow."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from agenda.clock import utc_now
from agenda.register import By
from agenda.storage.backup import back_up, restore
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine, reading


@pytest.fixture(autouse=True)
def _generous_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that was there before, open to everybody on the machine."""
    made = tmp_path / "var"
    made.mkdir(mode=0o755)
    return made


def rights(folder: Path) -> dict[str, str]:
    return {file.name: oct(stat.S_IMODE(file.stat().st_mode)) for file in folder.iterdir()}


def test_the_database_and_its_log_are_for_their_owner(folder: Path) -> None:
    engine = open_engine(f"sqlite:///{folder / 'agenda.db'}")
    migrate(engine)
    with reading(engine) as session:
        session.connection()
        assert rights(folder) == dict.fromkeys(
            ["agenda.db", "agenda.db-wal", "agenda.db-shm"], "0o600"
        )
    engine.dispose()


def test_what_is_brought_back_and_what_was_there_are_for_their_owner(
    folder: Path, tmp_path: Path
) -> None:
    url, copy = f"sqlite:///{folder / 'agenda.db'}", tmp_path / "kopia.db"
    engine = open_engine(url)
    migrate(engine)
    back_up(engine, copy)
    engine.dispose()
    restore(url, copy, keep=tmp_path / "forr", by=By.person("anna", utc_now()))
    (folder / "agenda.db").unlink()
    restore(url, copy, keep=tmp_path / "forr", by=By.person("anna", utc_now()))
    assert rights(folder)["agenda.db"] == "0o600"
    assert set(rights(tmp_path / "forr").values()) == {"0o600"}
    assert stat.S_IMODE((tmp_path / "forr").stat().st_mode) == 0o700
