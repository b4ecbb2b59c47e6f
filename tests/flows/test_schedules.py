"""The plan's dated steps as runs in Prefect: on a real server, as the dashboard sees them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from typing import Any

import httpx
import pytest

from agenda.installation.settings import Settings
from agenda.rounds.round import Occasion
from agenda.workdays import STOCKHOLM
from flows.rest.addresses import runs_url
from flows.rest.api import PrefectAway, delete, post
from flows.rest.schedules import Changes, reconcile, trigger, trigger_upkeep

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
FIRST = datetime(2027, 3, 26, 8, tzinfo=STOCKHOLM)
"""The last workday of winter time; the steps after it are in summer time."""


def occasion(
    at: datetime, label: str = "påminnelse, 10 arbetsdagar kvar", **other: Any
) -> Occasion:
    values: dict[str, Any] = {
        "round_id": 1,
        "round_name": "2027",
        "activity_id": 7,
        "activity_key": "inspel",
        "activity_title": "Förfrågan om inspel",
        "kind": "input",
    }
    return Occasion(**(values | other), at=at.astimezone(UTC), label=label)


@pytest.fixture
def deploy(prefect: httpx.Client) -> Callable[..., str]:
    def deployed(*tags: str, name: str = "inspel", **other: str) -> str:
        flow = post(prefect, "/flows/", {"name": name})["id"]
        body = {"name": name, "flow_id": flow, "tags": list(tags), "entrypoint": f"flows.{name}"}
        body |= other
        return str(post(prefect, "/deployments/", body)["id"])

    return deployed


@pytest.fixture
def api(prefect_server: Settings, deploy: Callable[..., str]) -> str:
    deploy("kind:input")
    return prefect_server.prefect_api


def planned(prefect: httpx.Client) -> list[tuple[str, str]]:
    rows = post(prefect, "/flow_runs/filter", {"sort": "EXPECTED_START_TIME_ASC"})
    return [(row["expected_start_time"], row["name"]) for row in rows]


def test_a_step_becomes_a_run_with_a_name_tags_and_its_exact_instant(prefect, api):
    assert reconcile(api, [occasion(FIRST)], now=NOW) == Changes(created=1, deleted=0)
    [run] = post(prefect, "/flow_runs/filter", {})
    assert {
        "name": run["name"],
        "tags": sorted(run["tags"]),
        "at": run["next_scheduled_start_time"],
        "state": run["state_type"],
        "parameters": run["parameters"],
    } == {
        "name": "Förfrågan om inspel · påminnelse, 10 arbetsdagar kvar · omgång 2027",
        "tags": ["aktivitet:inspel", "kind:input", "omgång:2027", "steg"],
        "at": "2027-03-26T07:00:00Z",
        "state": "SCHEDULED",
        "parameters": {"activity": 7},
    }


def test_eight_oclock_stays_eight_oclock_over_the_shift_to_summer_time_and_beyond_100_days(
    prefect, api
):
    days = (FIRST.date(), FIRST.date() + timedelta(days=3), FIRST.date() + timedelta(days=500))
    steps = [datetime.combine(day, time(8), STOCKHOLM) for day in days]
    reconcile(api, map(occasion, steps), now=NOW)
    assert [at for at, _ in planned(prefect)] == [
        "2027-03-26T07:00:00Z",
        "2027-03-29T06:00:00Z",
        "2028-08-07T06:00:00Z",
    ]


def test_planning_the_same_again_changes_nothing(prefect, api):
    steps = [occasion(FIRST), occasion(FIRST + timedelta(days=7), "sista påminnelsen")]
    reconcile(api, steps, now=NOW)
    before = planned(prefect)
    assert reconcile(api, steps, now=NOW) == Changes(created=0, deleted=0)
    assert planned(prefect) == before


def test_a_moved_step_leaves_its_old_instant_and_can_come_back(prefect, api):
    there, back = occasion(FIRST + timedelta(days=7)), occasion(FIRST)
    reconcile(api, [back], now=NOW)
    assert reconcile(api, [there], now=NOW) == Changes(created=1, deleted=1)
    assert [at for at, _ in planned(prefect)] == ["2027-04-02T06:00:00Z"]
    assert reconcile(api, [back], now=NOW) == Changes(created=1, deleted=1)
    assert [at for at, _ in planned(prefect)] == ["2027-03-26T07:00:00Z"]


def test_a_step_that_is_renamed_at_its_instant_shows_the_new_name_alone(prefect, api):
    reconcile(api, [occasion(FIRST)], now=NOW)
    reconcile(api, [occasion(FIRST, "stänger")], now=NOW)
    assert planned(prefect) == [
        ("2027-03-26T07:00:00Z", "Förfrågan om inspel · stänger · omgång 2027")
    ]


def test_a_plan_without_steps_leaves_no_planned_run_but_touches_no_other(prefect, api):
    reconcile(api, [occasion(FIRST)], now=NOW)
    trigger(api, kind="input", activity_id=7, name="Ett svar kom in")
    assert reconcile(api, [], now=NOW) == Changes(created=0, deleted=1)
    assert [name for _, name in planned(prefect)] == ["Ett svar kom in"]


def test_a_run_whose_instant_has_passed_is_late_and_stays(prefect, api):
    reconcile(api, [occasion(FIRST)], now=NOW)
    assert reconcile(api, [], now=FIRST + timedelta(hours=1)) == Changes(created=0, deleted=0)
    assert len(planned(prefect)) == 1


def test_a_run_that_somebody_cancelled_is_not_planned_again(prefect, api):
    reconcile(api, [occasion(FIRST)], now=NOW)
    [run] = post(prefect, "/flow_runs/filter", {})
    post(prefect, f"/flow_runs/{run['id']}/set_state", {"state": {"type": "CANCELLED"}})
    reconcile(api, [occasion(FIRST)], now=NOW)
    assert [r["state_type"] for r in post(prefect, "/flow_runs/filter", {})] == ["CANCELLED"]


def test_two_that_plan_at_once_come_to_one_set(prefect, api):
    steps = [occasion(FIRST + timedelta(days=day)) for day in range(10)]
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: reconcile(api, steps, now=NOW), range(2)))
    assert len(planned(prefect)) == len({at for at, _ in planned(prefect)}) == 10


def test_more_runs_than_prefect_lists_at_a_time_are_all_known(prefect, api, monkeypatch):
    monkeypatch.setattr("flows.rest.api.PAGE", 5)
    steps = [occasion(FIRST + timedelta(days=day)) for day in range(12)]
    reconcile(api, steps, now=NOW)
    assert reconcile(api, steps, now=NOW) == Changes(created=0, deleted=0)
    assert reconcile(api, steps[:1], now=NOW) == Changes(created=0, deleted=11)


def test_a_kind_without_a_deployment_is_said_and_the_others_are_planned(prefect, api):
    unknown = occasion(FIRST, kind="review", activity_id=8)
    assert reconcile(api, [unknown, occasion(FIRST)], now=NOW) == Changes(1, 0, ("review",))


def test_an_activity_whose_kind_got_another_deployment_is_planned_there_alone(prefect, api, deploy):
    reconcile(api, [occasion(FIRST)], now=NOW)
    for row in post(prefect, "/deployments/filter", {}):
        delete(prefect, f"/deployments/{row['id']}")
    new = deploy("kind:input", name="inspel-två")
    reconcile(api, [occasion(FIRST)], now=NOW)
    ahead = post(prefect, "/flow_runs/filter", {})
    assert [run["deployment_id"] for run in ahead] == [new]


def test_runs_planned_for_the_embedded_runner_are_planned_anew_for_workers(prefect, api, deploy):
    reconcile(api, [occasion(FIRST)], now=NOW)
    post(prefect, "/work_pools/", {"name": "agenda-prov", "type": "process"})
    deploy("kind:input", work_pool_name="agenda-prov")
    assert reconcile(api, [occasion(FIRST)], now=NOW) == Changes(created=1, deleted=1)
    [run] = post(prefect, "/flow_runs/filter", {})
    assert run["work_queue_name"] == "default"
    assert reconcile(api, [occasion(FIRST)], now=NOW) == Changes(created=0, deleted=0)


def test_what_happens_twice_before_the_run_begins_gives_one_run(prefect, api):
    for name in ("Krokom svarade", "Ragunda svarade"):
        assert trigger(api, kind="input", activity_id=7, name=name) is True
    assert trigger(api, kind="input", activity_id=8, name="Om en annan aktivitet") is True
    assert sorted(name for _, name in planned(prefect)) == [
        "Krokom svarade",
        "Om en annan aktivitet",
    ]


def test_a_run_already_under_way_does_not_swallow_what_happened_after_it_began(prefect, api):
    trigger(api, kind="input", activity_id=7, name="Krokom svarade")
    [run] = post(prefect, "/flow_runs/filter", {})
    post(prefect, f"/flow_runs/{run['id']}/set_state", {"state": {"type": "RUNNING"}})
    trigger(api, kind="input", activity_id=7, name="Ragunda svarade")
    assert len(planned(prefect)) == 2


def test_a_start_that_cannot_be_made_says_no_and_raises_nothing(api):
    assert trigger(api, kind="review", activity_id=7, name="x") is False
    assert trigger("http://127.0.0.1:9/api", kind="input", activity_id=7, name="x") is False
    assert trigger_upkeep("http://127.0.0.1:9/api", name="x") is False


def test_prefect_being_away_is_one_sentence_that_says_what_to_do():
    with pytest.raises(PrefectAway) as raised:
        reconcile("http://127.0.0.1:9/api", [occasion(FIRST)], now=NOW)
    assert str(raised.value) == (
        "Prefect på http://127.0.0.1:9/api svarar inte som det ska (ConnectError). Planen och "
        "utskicken påverkas inte, men instrumentpanelen visar inte det senaste. Starta Prefect, "
        "eller rätta AGENDA_PREFECT_API_URL."
    )


def test_the_link_to_the_whole_plan_names_the_round_and_both_ends():
    url = runs_url(
        "http://127.0.0.1:4210/",
        round_name="2027 & vår",
        first=datetime(2027, 1, 1, tzinfo=UTC),
        last=datetime(2027, 7, 1, tzinfo=UTC),
    )
    assert url == (
        "http://127.0.0.1:4210/v2/runs?tab=flow-runs&sort=START_TIME_ASC"
        "&tags=omg%C3%A5ng%3A2027+%26+v%C3%A5r"
        "&start=2027-01-01T00%3A00%3A00%2B00%3A00&end=2027-07-01T00%3A00%3A00%2B00%3A00"
    )
