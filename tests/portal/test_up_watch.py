"""What a person is told of parts that die, and what is done about them; no process is started."""

from typing import Any

import pytest

from portal.up import watch
from portal.up.engine import Look
from portal.up.parts import Program, parts
from portal.up.watch import Watch


class Staged:
    """An engine whose parts do what the test says."""

    def __init__(self) -> None:
        self.seen: dict[str, Look] = {}
        self.asked: list[tuple[str, str]] = []

    def look(self) -> dict[str, Look]:
        return dict(self.seen)

    def start_anew(self, part: Program) -> None:
        self.asked.append(("start", part.key))

    def end(self, part: Program) -> None:
        self.asked.append(("end", part.key))

    def last_lines(self, part: Program) -> list[str]:
        return ["sista raden"]


class Stage:
    """A watch over staged parts, with the time and the answers of the test's own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, staged: list[Program]) -> None:
        self.engine = Staged()
        self.lines: list[str] = []
        self.time = 1000.0
        self.answering: set[str | None] = {part.ready_at for part in staged}
        monkeypatch.setattr(watch.time, "monotonic", lambda: self.time)
        self.watch = Watch(self.engine, staged, screen=self)  # type: ignore[arg-type]
        monkeypatch.setattr(self.watch._client, "get", self._get)

    def _get(self, address: str) -> Any:
        class Answer:
            is_success = address in self.answering

        return Answer

    def tell(self, line: str) -> None:
        self.lines.append(line)

    def look(self, seconds: float = 1, **states: tuple[int, str, int]) -> list[str]:
        """One look some seconds later; what was told since the last."""
        self.time += seconds
        self.engine.seen |= {key: Look(*state) for key, state in states.items()}
        before = len(self.lines)
        self.watch._look()
        return self.lines[before:]


SERVER = Program("server", "Prefect", [], 1, ready_at="http://server")
RUNNER = Program("runner", "Körningarna", [], 1, needs="server")
PORTAL = Program("portal", "Portalen", [], 1, ready_at="http://portal")
ALIVE = (7, "RUNNING", 1)
TROUBLE = (
    " Det övriga går vidare, och nya försök görs med allt längre pauser. "
    "De sista raderna ur loggen:"
)


def test_what_all_parts_work_on_is_told_once_when_it_goes_and_once_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, [PORTAL])
    found: list[str | None] = [None, "Databasen är borta.", "Databasen är borta.", None, None]
    monkeypatch.setattr(stage.watch, "_trouble", lambda: found.pop(0))

    told = [line for _ in range(5) for line in stage.look()]

    assert told == ["Databasen är borta.", "Databasen ligger på sin plats igen."]


def test_the_runner_alone_needs_another_part(settings: Any) -> None:
    assert {part.key: part.needs for part in parts(settings) if part.needs} == {"runner": "server"}


def test_deaths_are_said_then_described_once_and_then_borne_in_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, [PORTAL])
    told = [stage.look(portal=(0, "BACKOFF", start)) for start in range(1, 9)]
    assert told == [
        *([["Portalen stannade oväntat och startas om."]] * 4),
        [f"Portalen stannar gång på gång.{TROUBLE}", "  sista raden"],
        [],
        [],
        [],
    ]
    # What was believed at once when it was first started is now believed after a while.
    assert stage.look(portal=(9, "STARTING", 9)) == []
    assert stage.look(portal=(9, "RUNNING", 9)) == ["Portalen är igång."]
    assert stage.look(portal=(0, "EXITED", 9)) == ["Portalen stannade oväntat och startas om."]


def test_one_death_is_one_however_often_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, [PORTAL])
    assert stage.look(portal=ALIVE) == ["Portalen är igång."]
    assert stage.look(portal=ALIVE) == []
    died = ["Portalen stannade oväntat och startas om."]
    assert stage.look(portal=(0, "BACKOFF", 1)) == died
    assert stage.look(portal=(0, "BACKOFF", 1)) == []
    assert stage.look(portal=(8, "STARTING", 3)) == ["Portalen är igång."]
    # Dead and started again between two looks.
    assert stage.look(portal=(9, "STARTING", 5)) == [*died, "Portalen är igång."]


def test_a_death_that_follows_from_anothers_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, [SERVER, RUNNER])
    assert stage.look(server=ALIVE, runner=ALIVE) == ["Prefect är igång.", "Körningarna är igång."]
    stage.answering.clear()
    assert stage.look(server=(0, "BACKOFF", 1)) == ["Prefect stannade oväntat och startas om."]
    ends = [stage.look(runner=(0, "EXITED", start)) for start in range(1, 10)]
    assert ends == [[]] * 9
    stage.answering = {"http://server"}
    assert stage.look(server=(8, "RUNNING", 4)) == ["Prefect är igång."]
    assert stage.look(runner=(9, "STARTING", 20)) == ["Körningarna är igång."]
    own = ["Körningarna stannade oväntat och startas om."]
    assert stage.look(runner=(0, "BACKOFF", 20)) == own


def test_what_supervisord_has_ceased_to_start_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, [PORTAL])
    stage.look(portal=(0, "FATAL", 1))
    assert stage.engine.asked == [("start", "portal")]


def test_a_part_that_never_answers_is_ended_again_and_again_and_said_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, [SERVER])
    stage.answering.clear()
    assert stage.look(server=ALIVE) == []
    told = stage.look(seconds=watch.START_LIMIT_SECONDS, server=ALIVE)
    assert told == [f"Prefect har inte svarat på 5 minuter.{TROUBLE}", "  sista raden"]
    assert stage.look(server=(0, "EXITED", 1)) == []
    assert stage.look(server=(8, "RUNNING", 2)) == []
    assert stage.look(seconds=watch.START_LIMIT_SECONDS, server=(8, "RUNNING", 2)) == []
    assert stage.engine.asked == [("end", "server")] * 2
