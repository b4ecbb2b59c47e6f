"""A copy is for its owner alone, whole or not there at all, and never takes a file's place."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from agenda.storage import backup
from agenda.storage.backup import back_up
from agenda.storage.store import BadDatabase, open_engine
from agenda.words.errors import BadInput
from tests.agenda.copies import copied


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
    with pytest.raises(BadInput, match="disken är full"):
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
