"""What the agenda's tests share: a program that is one version ahead."""

import shutil
from collections.abc import Callable, Iterator

import pytest

from agenda import schema
from agenda.schema import known_versions


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
