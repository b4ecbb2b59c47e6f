"""prefect.yaml is the only list of deployments, here and on a server of one's own."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import yaml

from agenda.kinds import KINDS
from flows.rest.api import post, rows
from flows.rest.deployments import FILE, Deployment, deployments
from flows.rest.schedules import KIND, targets_by_kind


def test_every_kind_of_activity_has_exactly_one_deployment():
    tags = [tag for entry in deployments() for tag in entry.tags if tag.startswith(KIND)]
    assert sorted(tags) == sorted(f"{KIND}{kind}" for kind in KINDS)


def test_a_new_kind_is_one_line():
    shared = (
        "definitions:\n" + FILE.read_text().partition("definitions:\n")[2].partition("\ndep")[0]
    )
    line = 'deployments:\n  - {<<: *activity, name: uppföljning, tags: ["kind:follow-up"]}\n'
    [entry] = yaml.safe_load(f"{shared}\n{line}")["deployments"]
    assert (entry["entrypoint"], entry["tags"]) == ("flows.activity.activity", ["kind:follow-up"])
    assert "*activity, name: uppföljning" in FILE.read_text(), "the example that people copy"


def test_the_daily_round_is_the_only_schedule_because_the_plan_brings_its_own_runs():
    assert {entry.name: entry.schedules for entry in deployments() if entry.schedules} == {
        "daglig-genomgång": (
            {"slug": "daily", "cron": "45 7 * * *", "timezone": "Europe/Stockholm"},
        )
    }


def test_a_file_gives_its_deployments_as_the_runner_needs_them(tmp_path):
    file = tmp_path / "prefect.yaml"
    file.write_text(
        "deployments:\n"
        "  - {name: prov, entrypoint: a.b, tags: [x], description: ' Om prov. ', work_pool: {}}\n"
    )
    assert deployments(file) == [
        Deployment(name="prov", entrypoint="a.b", tags=("x",), description="Om prov.")
    ]


@pytest.mark.prefect
@pytest.mark.xdist_group("prefect")
def test_prefect_deploy_all_puts_every_deployment_on_a_server_of_ones_own(
    prefect: httpx.Client, prefect_server, environment_of, tmp_path: Path
):
    post(prefect, "/work_pools/", {"name": "agenda", "type": "process"})
    # From an empty folder: what a worker elsewhere needs is the installed project alone.
    seen = subprocess.run(
        [
            *(sys.executable, "-m", "prefect", "--no-prompt"),
            *("deploy", "--all", "--prefect-file", str(FILE)),
        ],
        env=environment_of(prefect_server),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert seen.returncode == 0, seen.stdout + seen.stderr
    found = list(rows(prefect, "/deployments/filter"))
    assert sorted((row["name"], row["entrypoint"], row["work_pool_name"]) for row in found) == (
        sorted((entry.name, entry.entrypoint, "agenda") for entry in deployments())
    )
    assert {row["name"]: row["pull_steps"] for row in found} == {row["name"]: [] for row in found}
    assert targets_by_kind(prefect).keys() == KINDS.keys()
    assert list(tmp_path.iterdir()) == []
