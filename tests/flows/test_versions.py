"""The pinned set of versions works together: a planned run is scheduled, and then runs.

Newer FastAPI, and Prefect does not start; newer SQLAlchemy, and it starts, looks healthy
and never schedules anything. This test is what fails then.
"""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from agenda.rounds.round import Occasion
from flows.rest.api import rows
from flows.rest.schedules import reconcile

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]


def finished(prefect: httpx.Client) -> set[str]:
    found = rows(
        prefect, "/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}}
    )
    return {run["name"] for run in found}


def test_a_planned_run_becomes_scheduled_and_then_runs_and_the_reminders_leave(
    prefect, installation, environment_of, start, sink, until
):
    now = datetime.now(UTC)
    activity = start(installation, now=now, due_on=(now + timedelta(days=2)).date())
    runner = subprocess.Popen(
        [sys.executable, "-m", "flows.engine.runner"], env=environment_of(installation)
    )
    try:
        until(lambda: "Daglig genomgång vid start" in finished(prefect))
        # Prefect's own scheduler, which the daily round is planned by.
        assert any(run["auto_scheduled"] for run in rows(prefect, "/flow_runs/filter"))

        def plan() -> None:
            occasion = Occasion(
                round_id=1,
                round_name="2027",
                activity_id=activity,
                activity_key="inspel",
                activity_title="Förfrågan om inspel",
                kind="input",
                at=datetime.now(UTC) + timedelta(seconds=10),
                label="prov",
            )
            assert reconcile(installation.prefect_api, [occasion], now=now).created == 1

        def planned() -> tuple[str, str]:
            named = {"flow_runs": {"name": {"any_": ["Förfrågan om inspel · prov · omgång 2027"]}}}
            found = list(rows(prefect, "/flow_runs/filter", **named))
            if not found:
                # The runner takes away what no plan holds, if it looks before the run begins.
                plan()
                return planned()
            return found[0]["state_type"], found[0]["state_name"]

        assert planned() == ("SCHEDULED", "Scheduled")
        until(lambda: planned() == ("COMPLETED", "0 av 2 har svarat"))
        until(lambda: sorted(sink.took) == ["kommun@krokom.example", "kommun@ragunda.example"])
    finally:
        runner.terminate()
        runner.wait(timeout=30)
