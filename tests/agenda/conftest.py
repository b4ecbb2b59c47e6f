"""What the agenda's tests share: a program one version ahead, a database to copy."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agenda.storage import schema
from agenda.storage.schema import known_versions
from tests.agenda.copies import add_rounds


@pytest.fixture
def add_migration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Give the program one more migration, whose body is given; returns its number."""
    folder = tmp_path_factory.mktemp("ahead") / "migrations"
    held = known_versions()[-1]
    number = f"{int(held) + 1:04}"

    def add(body: str) -> str:
        shutil.copytree(schema._MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / f"{number}_more.py").write_text(
            f'from alembic import op\nrevision = "{number}"\ndown_revision = "{held}"\n'
            f"def upgrade():\n    {body}\n"
        )
        patch.setattr(schema, "_MIGRATIONS", folder)
        known_versions.cache_clear()
        return number

    with pytest.MonkeyPatch.context() as patch:
        yield add
    known_versions.cache_clear()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where a copy is put."""
    return tmp_path / "kopia.bak"


@pytest.fixture
def keep(tmp_path: Path) -> Path:
    """The folder for the database that was there before."""
    return tmp_path / "keep"


@pytest.fixture
def filled_url(database_url: str) -> str:
    """The URL of a database that holds a round, once on SQLite and once on PostgreSQL."""
    add_rounds(database_url, "2026")
    return database_url
