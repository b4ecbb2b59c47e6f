"""A run of an activity, as its page on the dashboard tells it."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from agenda.clock import utc_now
from agenda.installation import settings as settings_module
from agenda.installation.settings import Settings
from agenda.installation.signature import sign
from agenda.models import Message
from agenda.rounds.facts import situation
from agenda.rounds.round import planned_occasions
from agenda.storage.store import open_engine, reading, transaction
from flows import attend as attending_flow
from flows import upkeep as upkeep_flow
from flows.activity import activity as any_activity
from flows.municipal_input import municipal_input
from flows.rest.api import post, rows
from flows.rest.schedules import reconcile
from flows.rest.standing import newest_artifact_at
from flows.upkeep import upkeep
from notifications.attending import LotResult, deliver_lot
from notifications.erasing import Erased
from notifications.office import Office
from notifications.unattended import attend_what_nobody_has

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
        "Skickade meddelanden: 2 av 2.",
    )
    assert tasks(prefect, until, 2) == [("Krokom kommun", "Skickat"), ("Ragunda kommun", "Skickat")]
    assert sorted(sink.took) == ["kommun@krokom.example", "kommun@ragunda.example"]


def test_a_second_run_of_the_same_activity_sends_nothing_twice(prefect, asking, sink):
    states = [municipal_input(asking, return_state=True) for _ in range(2)]
    assert [state.message for state in states] == [
        "Skickade meddelanden: 2 av 2.",
        "Inget nytt att skicka. Skickade meddelanden i det senaste steget: 2 av 2.",
    ]
    assert len(sink.took) == 2


def test_a_refused_address_makes_the_run_visibly_not_green_and_says_for_whom(
    prefect, asking, sink, until
):
    sink.refused.add("kommun@krokom.example")
    state = municipal_input(asking, return_state=True)
    assert (state.type, state.name) == ("FAILED", "Delvis levererad: 1 av 2")
    assert state.message.startswith("Krokom kommun: ")
    assert tasks(prefect, until, 2) == [
        ("Krokom kommun", "Gick inte fram"),
        ("Ragunda kommun", "Skickat"),
    ]


DATABASE_GONE = OperationalError("UPDATE message SET x", {}, Exception("disk I/O error"))
BY_THE_DATABASE = (
    "Databasen var upptagen eller gick inte att använda. "
    "Det som återstår görs av brevbäraren eller nästa körning."
)


def raising(error: Exception, *, when=lambda *_: True) -> Any:
    """A delivery that ends before its time for some lots."""

    def deliver(*args: Any, **named: Any) -> Any:
        if when(args[-1]):
            raise error
        return deliver_lot(*args, **named)

    return deliver


def test_a_run_whose_every_delivery_raised_is_not_green_and_says_so_in_swedish(
    prefect, asking, sink, until, monkeypatch
):
    monkeypatch.setattr(attending_flow, "deliver_lot", raising(DATABASE_GONE))
    state = municipal_input(asking, return_state=True)
    assert (state.type, state.name) == ("FAILED", "Inte levererad: 0 av 2")
    assert state.message == (
        f"Krokom kommun: {BY_THE_DATABASE} Ragunda kommun: {BY_THE_DATABASE} "
        "Skickade meddelanden: 0 av 2. På väg: 2; brevbäraren tar dem."
    )
    assert tasks(prefect, until, 2) == [
        ("Krokom kommun", "Gick inte fram"),
        ("Ragunda kommun", "Gick inte fram"),
    ]
    kinds = ("flow_runs", "task_runs", "artifacts", "logs")
    assert "UPDATE message" not in str([list(rows(prefect, f"/{kind}/filter")) for kind in kinds])


def test_a_delivery_that_raises_does_not_stop_those_in_the_same_task(
    prefect, asking, sink, monkeypatch
):
    only_krokom = raising(RuntimeError("kommun@krokom.example"), when=lambda lot: "K" in lot.label)
    monkeypatch.setattr(attending_flow, "deliver_lot", only_krokom)
    monkeypatch.setattr(attending_flow, "in_batches", lambda lots: [("Alla", lots)])
    state = municipal_input(asking, return_state=True)
    assert (state.type, state.name) == ("FAILED", "Delvis levererad: 1 av 2")
    assert state.message == (
        "Krokom kommun: Ett fel i programmet (RuntimeError) avbröt arbetet; se var/log/runner.log. "
        "Det som återstår görs av brevbäraren eller nästa körning. "
        "Skickade meddelanden: 1 av 2. På väg: 1; brevbäraren tar dem."
    )
    assert sink.took == ["kommun@ragunda.example"]


def test_what_the_postman_sent_meanwhile_counts_as_sent(prefect, asking, sink, monkeypatch):
    def by_the_postman(engine, sender, office, lot, **named):
        deliver_lot(engine, sender, office, lot, **named)
        return LotResult()

    monkeypatch.setattr(attending_flow, "deliver_lot", by_the_postman)
    state = municipal_input(asking, return_state=True)
    assert (state.type, state.message) == ("COMPLETED", "Skickade meddelanden: 2 av 2.")


@pytest.mark.parametrize("where", ["announce", "refresh"])
def test_a_run_that_is_cut_off_says_so_in_a_sentence_without_sql(
    prefect, asking, sink, monkeypatch, where
):
    monkeypatch.setattr(attending_flow, where, raising(DATABASE_GONE))
    state = municipal_input(asking, return_state=True)
    assert (state.type, state.name, state.message) == ("FAILED", "Avbruten", BY_THE_DATABASE)


def test_the_daily_round_is_red_in_words_when_an_activity_could_not_be_attended(
    prefect, asking, sink, monkeypatch
):
    monkeypatch.setattr(upkeep_flow, "announce_and_deliver", raising(DATABASE_GONE))
    state = upkeep(return_state=True)
    assert (state.type, state.name, state.message) == (
        "FAILED",
        "Delvis genomförd",
        f"{BY_THE_DATABASE} prefect.yaml saknar körning för: input.",
    )


@pytest.mark.parametrize("flow", [municipal_input, upkeep])
def test_a_worker_without_its_variables_touches_nothing_and_says_why(
    prefect, asking, sink, monkeypatch, tmp_path, flow
):
    elsewhere = tmp_path / "annan"
    monkeypatch.setenv("AGENDA_VAR", str(elsewhere))
    settings_module.settings.cache_clear()
    state = flow(*((asking,) if flow is municipal_input else ()), return_state=True)
    assert (state.type, state.name) == ("FAILED", "Avbruten")
    assert state.message.startswith(f"Det finns ingen databas än ({elsewhere}/agenda.db).")
    assert not elsewhere.exists()
    assert sink.took == []


def test_a_worker_with_another_sender_touches_nothing_and_says_why(
    prefect, here, asking, sink, monkeypatch
):
    engine = open_engine(here.engine_url)
    with transaction(engine) as session:
        assert sign(session, here, now=datetime.now(UTC)) == []
    engine.dispose()
    monkeypatch.setenv("AGENDA_MAIL_FROM", "annan@regionen.example")
    settings_module.settings.cache_clear()
    state = municipal_input(asking, return_state=True)
    assert (state.type, state.name) == ("FAILED", "Avbruten")
    assert state.message.startswith("AGENDA_MAIL_FROM gör avsändaren till (adressen)")
    assert sink.took == []


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
    assert "/samordna/1/plan/inspel)" in found["omgang-1-inspel"]
    assert "/samordna/1)" in found["omgang-1"]


def test_the_newest_version_of_a_matrix_is_found_by_its_key(prefect, prefect_server, asking, sink):
    for _ in range(2):
        municipal_input(asking, return_state=True)
    versions = [row for row in rows(prefect, "/artifacts/filter") if row["key"] == "omgang-1"]
    newest = max(versions, key=lambda row: row["created"])
    assert len(versions) == 2
    assert newest_artifact_at(prefect_server.prefect_api, "omgang-1") == newest["id"]
    assert newest_artifact_at(prefect_server.prefect_api, "omgang-2") is None


def test_what_a_run_that_somebody_cancelled_would_have_sent_leaves_an_hour_later(
    prefect, asking, here
):
    engine = open_engine(here.engine_url)
    with reading(engine) as session:
        planned = planned_occasions(session, now=utc_now() - timedelta(days=1))
        due_at = situation(session, asking).round.started_at
    flow_id = post(prefect, "/flows/", {"name": "inspel"})["id"]
    body = {"name": "inspel", "flow_id": flow_id, "tags": ["kind:input"], "entrypoint": "flows"}
    post(prefect, "/deployments/", body)
    reconcile(here.prefect_api, planned, now=due_at)
    for run in list(rows(prefect, "/flow_runs/filter")):
        post(prefect, f"/flow_runs/{run['id']}/set_state", {"state": {"type": "CANCELLED"}})
    office = Office.of(here)
    assert attend_what_nobody_has(engine, office, now=due_at + timedelta(minutes=59)) == []
    assert attend_what_nobody_has(engine, office, now=due_at + timedelta(minutes=61)) == [asking]
    with reading(engine) as session:
        steps = [message.step for message in session.exec(select(Message))]
    engine.dispose()
    assert Counter(steps) == {"unattended": 1, "invitation": 2}
    assert {run["state_type"] for run in rows(prefect, "/flow_runs/filter")} == {"CANCELLED"}


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


def test_the_daily_round_erases_what_has_had_its_time(prefect, asking, sink, monkeypatch):
    asked: list[int] = []

    def erase(engine, *, days, now):
        asked.append(days)
        return Erased(0, 0)

    monkeypatch.setattr(upkeep_flow, "erase_what_is_old", erase)
    upkeep(return_state=True)
    assert asked == [30]
    monkeypatch.setattr(upkeep_flow, "erase_what_is_old", raising(DATABASE_GONE))
    state = upkeep(return_state=True)
    assert state.type == "FAILED"
    assert BY_THE_DATABASE in state.message
