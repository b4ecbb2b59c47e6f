"""The command line run in a test's own installation, on the clock that the test moves."""

import json
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from agenda.models import AnswerKind
from flows.rest.api import PrefectAway
from flows.rest.schedules import Changes
from portal.cli import run
from tests.made_once import made_once
from tests.rounds_under_way import KEY, RoundUnderWay, sv

MORNING = sv("2020-09-21 10:00")


@dataclass(frozen=True)
class Ran:
    """What a command wrote and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.out.splitlines()]

    @property
    def document(self) -> Any:
        return json.loads(self.out)


@dataclass
class Prefect:
    """Prefect as the commands see it: what was asked of it, and whether it is there."""

    is_away: bool = False
    asked: list[str] = field(default_factory=list)
    planned: list[str] = field(default_factory=list)

    def reconcile(self, api: str, occasions: Any, *, now: datetime) -> Changes:
        if self.is_away:
            raise PrefectAway("Prefect svarar inte.")
        self.planned = [f"{entry.at:%Y-%m-%d} {entry.activity_key}" for entry in occasions]
        return Changes(len(self.planned), 0)

    def trigger(
        self, api: str, *, kind: str, activity_id: int, name: str, tags: frozenset[str]
    ) -> bool:
        self.asked.append(name)
        return True

    def trigger_upkeep(self, api: str, *, name: str) -> bool:
        self.asked.append(name)
        return True


@dataclass
class Desk:
    """A person at a terminal."""

    capture: pytest.CaptureFixture[str]
    prefect: Prefect
    now: datetime = MORNING

    def __call__(self, *arguments: str) -> Ran:
        """Run `agenda` with these arguments."""
        self.capture.readouterr()
        code = run(arguments)
        written = self.capture.readouterr()
        return Ran(code, written.out, written.err)

    def at(self, words: str) -> None:
        """Let it be a Swedish wall-clock time."""
        self.now = sv(words)


@pytest.fixture
def prefect(monkeypatch: pytest.MonkeyPatch) -> Prefect:
    """A Prefect that remembers what the commands ask of it."""
    made = Prefect()
    for name in ("reconcile", "trigger", "trigger_upkeep"):
        monkeypatch.setattr(f"flows.rest.schedules.{name}", getattr(made, name))
    return made


@pytest.fixture
def empty_desk(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
    prefect: Prefect,
) -> Desk:
    """A terminal in an installation that has no database yet."""
    desk = Desk(capsys, prefect)
    monkeypatch.setenv("AGENDA_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("AGENDA_USER", "Asta Samordnare")
    monkeypatch.setenv("AGENDA_SECRET_KEY", KEY)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("portal.cli.terminal.visit.utc_now", lambda: desk.now)
    return desk


@pytest.fixture
def own_desk(empty_desk: Desk, sqlite_template: Path, tmp_path: Path) -> Desk:
    """A terminal in an installation whose empty database lies in its own folder."""
    (tmp_path / "var").mkdir()
    shutil.copyfile(sqlite_template, tmp_path / "var" / "agenda.db")
    return empty_desk


@pytest.fixture
def desk(
    empty_desk: Desk, database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """A terminal in an installation with an up-to-date, empty database."""
    monkeypatch.setenv("AGENDA_DATABASE_URL", database_url)
    return empty_desk


@pytest.fixture
def started(engine: Engine) -> RoundUnderWay:
    """The municipal input of 2020, of which nothing has happened yet."""
    return RoundUnderWay(engine)


@pytest.fixture
def under_way(desk: Desk, engine: Engine) -> RoundUnderWay:
    """The municipal input of 2020 under way: invited in May, reminded on 21 August.

    Krokom has answered, Berg has nothing to report.
    """

    def bring_under_way() -> RoundUnderWay:
        known = RoundUnderWay(engine)
        known.attend("2020-05-08 08:00")
        known.answer("krokom", "2020-06-01 10:00")
        known.attend("2020-08-21 08:00")
        known.answer("berg", "2020-09-03 15:30", kind=AnswerKind.NOTHING_TO_REPORT)
        known.attend("2020-09-18 08:00")
        return known

    return made_once(engine, "under way", bring_under_way).in_copy(engine)
