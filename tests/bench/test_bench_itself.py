"""`make bench` prints each figure when it has it, and touches nothing of a running product."""

import sys
from types import ModuleType
from typing import Any

import pytest

from tests.bench import __main__ as bench
from tests.bench import starting
from tests.bench.measuring import Figure


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


def test_a_running_products_settings_are_not_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENDA_DATABASE_URL", "postgresql://agenda@db/riktig")
    ran: list[tuple[dict[str, str], Any]] = []

    def run(command: list[str], *, env: dict[str, str], cwd: Any, **_: Any) -> None:
        assert command[0] == sys.executable
        ran.append((env, cwd))

    monkeypatch.setattr(starting.subprocess, "run", run)
    starting.measure()

    assert all("AGENDA_DATABASE_URL" not in env for env, _ in ran)
    assert all(cwd == env["AGENDA_VAR"] for env, cwd in ran)
