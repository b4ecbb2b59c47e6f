"""What a start puts right on Prefect's server: runs that died, deployments that are gone.

Only for one runner per server. Where workers run the flows, a run on another machine may
well be alive.
"""

from collections.abc import Iterable, Mapping

import httpx

from flows.rest.api import delete, post, rows
from flows.rest.deployments import Deployment

PACKAGE = "flows."
"""What the entrypoint of every deployment of ours begins with."""
UNFINISHED = {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}
CUT_OFF = {
    "state": {
        "type": "CRASHED",
        "name": "Avbruten av omstart",
        "message": "Avbruten av omstart. Det som återstod görs av nästa körning.",
    },
    "force": True,
}


def end_dead_runs(client: httpx.Client, flow_names: Iterable[str]) -> int:
    """Mark what was under way when the last runner ended; how many runs that were.

    Without it they would say "Running" for ever: nobody is left to say otherwise.

    Args:
        client: A connection to Prefect's API.
        flow_names: The flows that this runner alone runs.
    """
    ours = {"flows": {"name": {"any_": list(flow_names)}}}
    dead = [
        run["id"]
        for run in rows(client, "/flow_runs/filter", **ours, flow_runs={"state": UNFINISHED})
    ]
    if not dead:
        return 0
    tasks = {"flow_runs": {"id": {"any_": dead}}, "task_runs": {"state": UNFINISHED}}
    for task in list(rows(client, "/task_runs/filter", **tasks)):
        post(client, f"/task_runs/{task['id']}/set_state", CUT_OFF)
    for id_ in dead:
        post(client, f"/flow_runs/{id_}/set_state", CUT_OFF)
    return len(dead)


def remove_former(client: httpx.Client, present: Mapping[str, Deployment]) -> None:
    """Remove the deployments and schedules of ours that prefect.yaml no longer has.

    Registering again never does: a schedule that was taken out would go on starting runs.

    Args:
        client: A connection to Prefect's API.
        present: The deployments registered now, by their id in Prefect.
    """
    for row in list(rows(client, "/deployments/filter")):
        if (deployment := present.get(row["id"])) is not None:
            for schedule in row["schedules"]:
                if schedule["slug"] not in deployment.slugs:
                    delete(client, f"/deployments/{row['id']}/schedules/{schedule['id']}")
        elif (row["entrypoint"] or "").startswith(PACKAGE):
            delete(client, f"/deployments/{row['id']}")
