"""After an answer the activity's run is asked for: at once, once, and at nobody's cost."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from agenda.installation.settings import Settings
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine
from flows.rest import schedules
from portal.door import following
from portal.door.following import Follower

WHY = "svar från Bräcke kommun"


def answered(number: int = 7) -> tuple[Any, Any]:
    row = SimpleNamespace(id=number, key="inspel", kind="input", title="Inspel")
    return row, SimpleNamespace(name="2020")


def test_a_run_is_asked_for_by_the_name_of_what_happened(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(schedules, "trigger", lambda api, **wanted: asked.append((api, wanted)))
    follower = Follower(settings)
    follower.follow(*answered(), why=WHY)
    follower._turns.submit(int).result(10)
    follower.close()
    assert asked == [
        (
            settings.prefect_api,
            {
                "kind": "input",
                "activity_id": 7,
                "name": "Inspel · svar från Bräcke kommun · omgång 2020",
                "tags": frozenset({"omgång:2020", "aktivitet:inspel"}),
            },
        )
    ]


def test_nobody_waits_and_many_answers_ask_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, asked = threading.Event(), []

    def slow(api: str, *, activity_id: int, **wanted: object) -> bool:
        goes_on.wait(10)
        asked.append(activity_id)
        return True

    monkeypatch.setattr(schedules, "trigger", slow)
    follower = Follower(settings)
    first = follower._turns.submit(goes_on.wait, 10)
    for number in (7, 7, 8, 7, 8):
        follower.follow(*answered(number), why=WHY)
    goes_on.set()
    first.result(10)
    follower._turns.submit(int).result(10)
    follower.close()
    assert asked == [7, 8]


def test_a_fault_on_the_way_is_logged_and_the_next_answer_is_followed_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = []

    def broken(api: str, **wanted: object) -> bool:
        tried.append(wanted)
        raise RuntimeError("trasigt")

    monkeypatch.setattr(schedules, "trigger", broken)
    follower = Follower(settings)
    for _ in range(2):
        follower.follow(*answered(), why=WHY)
        follower._turns.submit(int).result(10)
    follower.close()
    assert len(tried) == 2
    assert [r.getMessage() for r in caplog.records if r.name == "portal.door.following"] == [
        "The run of activity 7 could not be asked for"
    ] * 2


def test_prefect_being_away_is_no_fault(settings: Settings, free_ports: Any) -> None:
    away = settings.model_copy(update={"prefect_port": free_ports(1)[0]})
    follower = Follower(away)
    follower.follow(*answered(), why=WHY)
    assert follower._turns.submit(str, "on").result(20) == "on"
    follower.close()


def test_a_new_last_day_has_the_runs_ahead_planned_anew_and_an_answer_has_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, planned = [], []
    monkeypatch.setattr(schedules, "trigger", lambda api, name, **wanted: names.append(name))
    monkeypatch.setattr(following, "bring_up_to_date", lambda chosen, now: planned.append(chosen))
    follower = Follower(settings)
    first = follower._turns.submit(int)
    follower.follow(*answered(), why=WHY)
    follower.follow(*answered(), why="anstånd för Bräcke kommun", has_new_day=True)
    first.result(10)
    follower._turns.submit(int).result(10)
    follower.close()
    assert names == [
        "Inspel · svar från Bräcke kommun · omgång 2020",
        "Inspel · anstånd för Bräcke kommun · omgång 2020",
    ]
    assert planned == [settings]


def test_prefect_being_away_when_the_runs_are_planned_anew_is_no_fault(
    settings: Settings, free_ports: Any, caplog: pytest.LogCaptureFixture
) -> None:
    away = settings.model_copy(update={"prefect_port": free_ports(1)[0]})
    migrated = open_engine(away.engine_url)
    migrate(migrated)
    migrated.dispose()
    follower = Follower(away)
    with caplog.at_level("INFO", logger="portal.door.following"):
        follower.follow(*answered(), why=WHY, has_new_day=True)
        follower._turns.submit(int).result(20)
    follower.close()
    assert [r.getMessage() for r in caplog.records if r.name == "portal.door.following"] == [
        "Prefect is away: the daily round plans the runs anew",
        "Run of activity 7 asked for: False",
    ]


def test_all_rounds_are_gone_through_by_the_name_of_what_happened(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(following, "bring_up_to_date", lambda *_, now: asked.append("anew"))
    monkeypatch.setattr(following, "trigger_upkeep", lambda api, name: asked.append(name))
    follower = Follower(settings)
    follower.follow_all(why="kontakter inlästa")
    follower._turns.submit(int).result(10)
    follower.close()
    assert asked == ["anew", "Kontakter inlästa"]


def test_prefect_away_stops_nothing_of_what_a_person_does(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object, **__: object) -> None:
        raise following.PrefectAway("Prefect svarar inte.")

    monkeypatch.setattr(following, "bring_up_to_date", away)
    monkeypatch.setattr(following, "trigger_upkeep", away)
    follower = Follower(settings)
    follower.follow_all(why="kontakter inlästa")
    follower._turns.submit(int).result(10)
    follower.close()
    assert "A round of everything could not be asked for" in caplog.text
