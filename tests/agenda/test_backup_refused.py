"""What is no whole copy from this program is refused, and the database stays as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agenda.register import By
from agenda.storage.backup import restore
from agenda.storage.schema import known_versions
from agenda.storage.store import BadDatabase
from agenda.words.errors import BadInput
from tests.agenda.copies import NOW, copied, rounds


def test_a_copy_that_does_not_exist_is_refused(filled_url: str, copy: Path, keep: Path) -> None:
    with pytest.raises(BadInput) as refusal:
        restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))
    assert str(refusal.value) == f"Det finns ingen säkerhetskopia som heter {copy}."


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_copy_that_was_cut_off_is_refused_and_nothing_is_changed(
    filled_url: str, copy: Path, keep: Path, share: float
) -> None:
    whole = copied(filled_url, copy).read_bytes()
    copy.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BadInput):
        restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))
    assert (rounds(filled_url), keep.exists()) == (["2026"], False)


def test_a_file_that_is_no_copy_is_refused(filled_url: str, copy: Path, keep: Path) -> None:
    copy.write_text("Det här är ett brev. " * 100)
    with pytest.raises(BadInput, match=r"^.*kopia\.bak är ingen säkerhetskopia"):
        restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))


def test_another_programs_database_is_no_copy(sqlite_url: str, copy: Path, keep: Path) -> None:
    with closing(sqlite3.connect(copy)) as other:
        other.execute("CREATE TABLE bookings (id INTEGER)")
    with pytest.raises(BadInput, match="är ingen säkerhetskopia från det här programmet"):
        restore(sqlite_url, copy, keep=keep, by=By.person("anna", NOW))


def test_a_copy_of_the_other_kind_of_database_is_refused(
    sqlite_url: str, postgres_url: str, tmp_path: Path, keep: Path
) -> None:
    of_sqlite = copied(sqlite_url, tmp_path / "sqlite.bak")
    of_postgres = copied(postgres_url, tmp_path / "postgres.bak")
    with pytest.raises(BadInput, match="är ingen säkerhetskopia"):
        restore(sqlite_url, of_postgres, keep=keep, by=By.person("anna", NOW))
    with pytest.raises(BadInput, match="är ingen säkerhetskopia"):
        restore(postgres_url, of_sqlite, keep=keep, by=By.person("anna", NOW))


def test_a_copy_of_a_newer_version_is_refused(
    filled_url: str, copy: Path, keep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(filled_url, copy)
    monkeypatch.setattr("agenda.storage.schema.known_versions", lambda: ("0000",))
    with pytest.raises(BadDatabase) as refusal:
        restore(filled_url, copy, keep=keep, by=By.person("anna", NOW))
    assert str(refusal.value) == (
        f"{copy} är skapad av en nyare version av programmet (databasversion "
        f"{known_versions()[-1]}, programmet känner till 0000). Installera den nyare versionen, "
        "eller läs tillbaka en säkerhetskopia från den här."
    )
    assert not keep.exists()
