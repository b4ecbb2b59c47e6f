"""The embedded runner: stops in order, and puts right what a stop without order left."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.rest.api import delete, post, rows

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]

SLOW = """
import os, threading
from pathlib import Path
from prefect import flow
from flows.engine.lifeline import end_with_runner

@flow(name="Långsam")
def slow():
    end_with_runner()
    Path(__file__).with_name("slow.pid").write_text(str(os.getpid()))
    threading.Event().wait(120)
"""
RUNNER = """
from flows.engine import runner
runner.QUERY_SECONDS, runner.KEEP_SECONDS = 1, 2
runner.main()
"""
"""The runner as its command starts it, but that looks oftener than anybody needs."""
FILE = """
deployments:
  - {name: långsam, entrypoint: "FOLDER/slow.py:slow"}
  - {name: inspel, entrypoint: flows.municipal_input.municipal_input, tags: ["kind:input"]}
  - {name: daglig-genomgång, entrypoint: flows.upkeep.upkeep, tags: [upkeep]}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "slow.py").write_text(SLOW)
    made = tmp_path / "prefect.yaml"
    made.write_text(FILE.replace("FOLDER", str(tmp_path)))
    return made


@pytest.fixture
def runner(installation, environment_of, file: Path) -> Callable[[], Any]:
    """Start the runner in a process group of its own, as the supervisor does."""

    @contextmanager
    def running() -> Iterator[subprocess.Popen[bytes]]:
        with (file.parent / "runner.log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", RUNNER, str(file)],
                env=environment_of(installation),
                stdout=log,
                stderr=log,
                process_group=0,
            )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(timeout=60)

    return running


@pytest.fixture
def slow_run(prefect: httpx.Client, until, file: Path) -> Callable[[], tuple[str, int]]:
    """Have the slow flow run; its id in Prefect and its process id, once it is under way."""

    def started() -> tuple[str, int]:
        def deployment() -> Any:
            named = {"deployments": {"name": {"any_": ["långsam"]}}}
            return next(rows(prefect, "/deployments/filter", **named), None)

        id_ = until(deployment)["id"]
        run = post(prefect, f"/deployments/{id_}/create_flow_run", {"name": "Provkörning"})["id"]
        pid = until(lambda: (f := file.with_name("slow.pid")).exists() and f.read_text())
        until(lambda: state(prefect, run) == ("RUNNING", "Running"))
        return run, int(pid)

    return started


def state(prefect: httpx.Client, run: str) -> tuple[str, str]:
    found = prefect.get(f"/flow_runs/{run}").raise_for_status().json()
    return found["state_type"], found["state_name"]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A child that nobody has waited for yet is dead all the same.
    return " Z " not in Path(f"/proc/{pid}/stat").read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_cancels_the_run_under_way_and_leaves_no_process(
    prefect, runner, slow_run, until, number
):
    with runner() as process:
        run, pid = slow_run()
        process.send_signal(number)
        assert process.wait(timeout=60) == 0
        assert state(prefect, run) == ("CANCELLED", "Cancelled")
        until(lambda: not is_alive(pid))


def test_after_a_power_cut_the_next_start_says_so_plans_anew_and_does_the_daily_round(
    prefect, runner, slow_run, until, installation, start
):
    with runner() as process:
        run, _ = slow_run()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=60)
    assert state(prefect, run) == ("RUNNING", "Running")
    now = datetime.now(UTC)
    start(installation, now=now, due_on=(now + timedelta(days=400)).date())

    def seen() -> set[tuple[str, str]]:
        return {(row["name"], row["state_type"]) for row in rows(prefect, "/flow_runs/filter")}

    with runner():
        until(lambda: ("Daglig genomgång vid start", "COMPLETED") in seen())
        assert state(prefect, run) == ("CRASHED", "Avbruten av omstart")
        reminder = "Förfrågan om inspel · påminnelse, 10 arbetsdagar kvar · omgång 2027"
        assert (reminder, "SCHEDULED") in seen()


def test_a_run_ends_with_its_runner_even_when_only_the_runner_is_killed(runner, slow_run, until):
    with runner() as process:
        _, pid = slow_run()
        process.kill()
        process.wait(timeout=60)
        until(lambda: not is_alive(pid))


def test_what_somebody_removes_is_put_back_and_planned_anew(
    prefect, runner, until, installation, start, monkeypatch
):
    """Deployments by the dashboard's own means, and planned runs."""
    now = datetime.now(UTC)
    start(installation, now=now, due_on=(now + timedelta(days=400)).date())

    def names(kind: str, **conditions: Any) -> set[str]:
        return {row["name"] for row in rows(prefect, f"/{kind}/filter", **conditions)}

    ahead = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}, "tags": {"all_": ["steg"]}}}
    with runner() as process:
        until(lambda: "Daglig genomgång vid start" in names("flow_runs"))
        planned = until(lambda: names("flow_runs", **ahead))
        for kind in ("flow_runs", "deployments"):
            for row in list(rows(prefect, f"/{kind}/filter")):
                delete(prefect, f"/{kind}/{row['id']}")
        until(lambda: names("deployments") == {"långsam", "inspel", "daglig-genomgång"})
        until(lambda: names("flow_runs", **ahead) == planned)
        again = "Daglig genomgång efter att körningarna lades tillbaka"

        def done() -> set[str]:
            found = rows(prefect, "/flow_runs/filter", flow_runs={"name": {"any_": [again]}})
            return {row["state_type"] for row in found}

        # It takes up runs of the deployments that it has put back.
        until(lambda: done() == {"COMPLETED"})
        for row in list(rows(prefect, "/flow_runs/filter", **ahead)):
            delete(prefect, f"/flow_runs/{row['id']}")
        until(lambda: names("flow_runs", **ahead) == planned)
        assert process.poll() is None
