"""`make bench` prints each figure when it has it, and touches nothing of a running product."""

import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from agenda.installation.settings import Settings
from tests.bench import __main__ as bench
from tests.bench import starting
from tests.bench.measuring import Figure, apart_from_any_installation

pytestmark = pytest.mark.slow


def test_each_figure_is_printed_before_the_next_is_measured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def module(name: str) -> Any:
        made = ModuleType(name, doc=f"{name}.")

        def measure() -> list[Figure]:
            seen.append(capsys.readouterr().out)
            return [Figure(name, 1.5, "s", "högst 2")]

        made.measure = measure  # type: ignore[attr-defined]
        return made

    monkeypatch.setattr(bench, "MODULES", (module("ett"), module("två")))
    bench.main()

    assert "ett" in seen[1]
    assert "1.50 s     högst 2" in seen[1]
    assert "två" in capsys.readouterr().out


def test_a_running_products_settings_are_not_taken_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AGENDA_DATABASE_URL", "postgresql://agenda@db/riktig")
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text("AGENDA_PREFECT_PORT=4999\n")
    seen: list[Settings] = []
    module = ModuleType("mäter", doc="Mäter.")
    module.measure = lambda: seen.append(Settings()) or []  # type: ignore[attr-defined]
    monkeypatch.setattr(bench, "MODULES", (module,))
    bench.main()

    assert [(one.database_url, one.prefect_port) for one in seen] == [(None, 4210)]
    assert (Path.cwd(), os.environ["AGENDA_DATABASE_URL"]) == (
        tmp_path,
        "postgresql://agenda@db/riktig",
    )


def test_the_command_that_is_measured_finds_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "TURNS", 1)
    with apart_from_any_installation():
        [figure] = starting.measure()
    assert figure.value > 0
