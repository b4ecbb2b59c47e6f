"""What the documents for installers and auditors name is there."""

import re
from pathlib import Path

import pytest

from agenda.installation.settings import Settings
from portal.cli.commands import COMMANDS

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    ROOT / "docs" / "design.md",
    ROOT / "docs" / "security.md",
    ROOT / "SECURITY.md",
    ROOT / "CONTRIBUTING.md",
]


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.name)
def words(request: pytest.FixtureRequest) -> str:
    return request.param.read_text(encoding="utf-8")


def test_every_file_that_is_named_exists(words: str) -> None:
    named = re.findall(r"`((?:agenda|flows|notifications|portal|tests|docs)/[\w./-]*)`", words)
    linked = re.findall(r"\]\((?:\.\./)?([\w./-]+\.(?:md|toml))\)", words)
    assert [name for name in [*named, *linked] if not (ROOT / name).exists()] == []
    assert named or linked


def test_every_setting_and_command_that_is_named_exists(words: str) -> None:
    settings = {f"AGENDA_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"AGENDA_(?!TEST_)[A-Z_]+", words)) <= settings
    assert set(re.findall(r"`agenda ([a-z]+)", words)) <= set(COMMANDS)


def test_every_command_of_make_that_is_named_exists(words: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", words)) <= targets
