"""A run of an activity, as its page on the dashboard tells it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from agenda.settings import Settings
from flows.activity import activity as any_activity
from flows.api import post, rows
from flows.municipal_input import municipal_input
from flows.upkeep import upkeep

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]


@pytest.fixture
def here(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Let this process be the one that runs the flows."""
    for name in ("var", "prefect_port", "mailbox_port"):
        monkeypatch.setenv(f"AGENDA_{name.upper()}", str(getattr(installation, name)))
    told: dict[Any, Any] = {
        PREFECT_API_URL: installation.prefect_api,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
    }
    with temporary_settings(told):
        yield installation
        # What is still on its way to the server would else be sent after the server's end.
        EventsWorker.drain_all()
        APILogWorker.instance().drain()


@pytest.fixture
def asking(here: Settings, start) -> int:
    """An activity of which a reminder is due now."""
    now = datetime.now(UTC)
    return start(here, now=now, due_on=(now + timedelta(days=2)).date())


def tasks(prefect: httpx.Client, until, count: int) -> list[tuple[str, str]]:
    def recorded() -> list[dict[str, Any]] | None:
        # Task runs are recorded from events, a moment after the run itself.
        found = list(rows(prefect, "/task_runs/filter"))
        is_whole = all(row["state_type"] in ("COMPLETED", "FAILED") for row in found)
        return found if len(found) == count and is_whole else None

    return sorted((row["name"], row["state_name"]) for row in until(recorded))


def test_a_run_shows_a_line_for_each_municipality_and_says_how_many_have_answered(
    prefect, asking, sink, until
):
    state = municipal_input(asking, return_state=True)
    assert (state.type, state.name, state.message) == (
        "COMPLETED",
        "0 av 2 har svarat",
        "Skickade meddelanden: 2.",
    )
    assert tasks(prefect, until, 2) == [("Krokom kommun", "Skickat"), ("Ragunda kommun", "Skickat")]
    assert sorted(sink.took) == ["kommun@krokom.example", "kommun@ragunda.example"]


def test_a_second_run_of_the_same_activity_sends_nothing_twice(prefect, asking, sink):
    states = [municipal_input(asking, return_state=True) for _ in range(2)]
    assert [state.message for state in states] == [
        "Skickade meddelanden: 2.",
        "Skickade meddelanden: 0.",
    ]
    assert len(sink.took) == 2


def test_a_refused_address_makes_the_run_visibly_not_green_and_says_for_whom(
    prefect, asking, sink, until
):
    sink.refused.add("kommun@krokom.example")
    state = municipal_input(asking, return_state=True)
    assert (state.type, state.name) == ("FAILED", "Delvis levererad")
    assert state.message.startswith("Krokom kommun: ")
    assert tasks(prefect, until, 2) == [
        ("Krokom kommun", "Gick inte fram"),
        ("Ragunda kommun", "Skickat"),
    ]


def test_prefect_keeps_no_address_and_no_persons_name(prefect, asking, sink, until):
    sink.refused.add("kommun@krokom.example")
    municipal_input(asking, return_state=True)
    tasks(prefect, until, 2)
    until(lambda: list(rows(prefect, "/logs/filter")))
    kinds = ("flow_runs", "task_runs", "artifacts", "logs")
    kept = str([list(rows(prefect, f"/{kind}/filter")) for kind in kinds])
    assert "Krokom kommun" in kept
    assert [word for word in ("@", "Rut Andersson", "Sam Ek", "Registrator") if word in kept] == []


def test_the_artifacts_of_a_run_are_the_activitys_and_the_rounds(prefect, asking, sink):
    municipal_input(asking, return_state=True)
    found = {row["key"]: row["data"] for row in rows(prefect, "/artifacts/filter")}
    assert found.keys() == {"omgang-1", "omgang-1-inspel"}
    assert "**0 av 2 har svarat. Påminda utan svar: 2.**" in found["omgang-1-inspel"]
    assert "| Krokom kommun | ○ Inte än |" in found["omgang-1"]


def test_a_run_that_somebody_starts_by_hand_says_so_in_its_name(prefect, asking, sink):
    any_activity(asking, return_state=True)
    [run] = rows(prefect, "/flow_runs/filter")
    assert run["name"] == "Förfrågan om inspel · startad för hand · omgång 2027"


def test_a_run_of_an_activity_that_does_not_exist_fails_with_a_sentence(prefect, here):
    state = any_activity(4711, return_state=True)
    assert (state.type, state.name, state.message) == (
        "FAILED",
        "Aktiviteten finns inte",
        "Det finns ingen aktivitet med nummer 4711.",
    )


def test_the_daily_round_gives_what_was_missed_a_run_of_its_own(prefect, asking, sink):
    flow = post(prefect, "/flows/", {"name": "Inspel"})["id"]
    body = {"name": "inspel", "flow_id": flow, "tags": ["kind:input"], "entrypoint": "x"}
    post(prefect, "/deployments/", body)
    state = upkeep(return_state=True)
    assert (state.type, state.message) == ("COMPLETED", "Aktiviteter som gicks igenom: 1.")
    waiting = [row["name"] for row in rows(prefect, "/flow_runs/filter") if row["deployment_id"]]
    assert "Förfrågan om inspel · inbjudan · omgång 2027" in waiting
    assert sink.took == []


def test_the_daily_round_sends_what_was_missed_itself_where_a_kind_has_no_deployment(
    prefect, asking, sink
):
    state = upkeep(return_state=True)
    assert sorted(sink.took) == ["kommun@krokom.example", "kommun@ragunda.example"]
    assert (state.type, state.name, state.message) == (
        "FAILED",
        "Delvis genomförd",
        "prefect.yaml saknar körning för: input.",
    )
