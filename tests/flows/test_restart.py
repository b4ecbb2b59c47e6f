"""What a start puts right: nothing says "Running" for ever, nothing removed lives on."""

from typing import Any

import httpx
import pytest

from flows.engine.restart import end_dead_runs, remove_former
from flows.rest.api import post, rows
from flows.rest.deployments import Deployment

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]


def make_run(prefect: httpx.Client, flow: str, state: str) -> str:
    flow_id = post(prefect, "/flows/", {"name": flow})["id"]
    run = post(prefect, "/flow_runs/", {"flow_id": flow_id, "name": f"{flow} {state}"})
    given = {"state": {"type": state}, "force": True}
    post(prefect, f"/flow_runs/{run['id']}/set_state", given)
    return str(run["id"])


def make_deployment(prefect: httpx.Client, name: str, **other: Any) -> str:
    flow_id = post(prefect, "/flows/", {"name": name})["id"]
    body = {"name": name, "flow_id": flow_id, "entrypoint": f"flows.{name}.{name}"} | other
    return str(post(prefect, "/deployments/", body)["id"])


def states(prefect: httpx.Client) -> dict[str, tuple[str, str]]:
    found = rows(prefect, "/flow_runs/filter")
    return {row["name"]: (row["state_type"], row["state_name"]) for row in found}


def test_what_was_under_way_is_said_to_be_cut_off_and_nothing_else_is(prefect):
    for state in ("RUNNING", "PENDING", "CANCELLING", "COMPLETED", "SCHEDULED"):
        make_run(prefect, "Inspel", state)
    make_run(prefect, "Någon annans", "RUNNING")
    assert end_dead_runs(prefect, ["Inspel"]) == 3
    cut_off = ("CRASHED", "Avbruten av omstart")
    assert {name: state for name, state in states(prefect).items() if state == cut_off} == {
        f"Inspel {state}": cut_off for state in ("RUNNING", "PENDING", "CANCELLING")
    }
    assert {state for state in states(prefect).values() if state != cut_off} == {
        ("COMPLETED", "Completed"),
        ("SCHEDULED", "Scheduled"),
        ("RUNNING", "Running"),
    }


def test_the_tasks_of_a_run_that_was_cut_off_do_not_run_on_either(prefect):
    run = make_run(prefect, "Inspel", "RUNNING")
    task = post(
        prefect,
        "/task_runs/",
        {"flow_run_id": run, "task_key": "x", "dynamic_key": "1", "state": {"type": "RUNNING"}},
    )
    end_dead_runs(prefect, ["Inspel"])
    [known] = rows(prefect, "/task_runs/filter")
    assert (known["id"], known["state_type"]) == (task["id"], "CRASHED")


def test_a_second_start_finds_nothing_to_put_right(prefect):
    make_run(prefect, "Inspel", "RUNNING")
    assert [end_dead_runs(prefect, ["Inspel"]) for _ in range(2)] == [1, 0]


def test_a_deployment_and_a_schedule_that_prefect_yaml_no_longer_has_are_removed(prefect):
    def schedule(slug: str) -> dict[str, Any]:
        return {"slug": slug, "schedule": {"cron": "45 7 * * *"}, "active": True}

    kept = make_deployment(prefect, "kept", schedules=[schedule("daily"), schedule("ghost")])
    make_deployment(prefect, "former")
    make_deployment(prefect, "foreign", entrypoint="elsewhere.py:flow")
    present = {kept: Deployment("kept", "flows.kept.kept", schedules=({"slug": "daily"},))}
    remove_former(prefect, present)
    found = rows(prefect, "/deployments/filter")
    assert {row["name"]: [entry["slug"] for entry in row["schedules"]] for row in found} == {
        "kept": ["daily"],
        "foreign": [],
    }
