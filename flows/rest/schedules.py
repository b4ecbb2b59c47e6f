"""The plan's dated steps as named runs in Prefect, kept in step with the timetable.

Speaks Prefect's REST API and never imports Prefect, which takes seconds: the command line
and the portal call this too. Each dated occasion is a one-off run of its own. Prefect's
own schedules would show random names, keep only three runs ahead, lose dates while the
server is away and leave ghosts behind after a change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import httpx

from agenda.installation.settings import Settings
from agenda.installation.signature import opened
from agenda.models import Activity, Round, identity
from agenda.rounds.round import Occasion, planned_occasions
from agenda.storage.store import reading
from flows.rest.addresses import round_tag
from flows.rest.api import PrefectAway, delete, post, prefect_at, rows

STEP = "steg"
"""The tag of every run that this module planned; it never touches another."""
NOW = "nu"
"""The tag of a run that was asked for by something that happened, not by the plan."""
KIND = "kind:"
"""Begins the tag by which a deployment says which kind of activity it runs."""
UPKEEP = "upkeep"
"""The tag of the daily round's deployment."""


class Target(NamedTuple):
    """Where runs of a kind are planned."""

    deployment: str
    """The deployment's id; empty for a run whose deployment is gone."""
    queue: str | None
    """The work queue that workers take them from; none with the embedded runner. A run
    keeps the queue that it was made with, and no worker would take one made without."""


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """One run as it should stand in Prefect, waiting for its instant."""

    target: Target
    key: str
    """Prefect's idempotency key: the same occasion never gives a second run."""
    name: str
    at: datetime
    activity: int
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a reconciliation changed."""

    created: int
    deleted: int
    without_deployment: tuple[str, ...] = ()
    """Kinds of activity whose deployment is not on the server, so that nothing is planned."""


def reconcile(api: str, occasions: Iterable[Occasion], *, now: datetime) -> Changes:
    """Make the runs ahead in Prefect those of the timetable, no more and no fewer.

    Two at once come to the same set. Runs whose instant has passed are left alone: they
    are late, and still run.

    Args:
        api: The address of Prefect's API.
        occasions: Every dated occasion ahead in the open rounds.
        now: The present instant.

    Raises:
        PrefectAway: the server does not answer; the next reconciliation makes it good.
    """
    occasions = list(occasions)
    with prefect_at(api) as client:
        targets = targets_by_kind(client)
        missing, stale = difference(wanted(occasions, targets), _standing(client, now))
        # First the old ones: a moved step may come back under a key that an old run holds.
        deleted = sum(delete(client, f"/flow_runs/{id_}") for id_ in stale)
        for run in missing:
            post(client, f"/deployments/{run.target.deployment}/create_flow_run", _body(run))
    unknown = {occasion.kind for occasion in occasions} - targets.keys()
    return Changes(len(missing), deleted, tuple(sorted(unknown)))


def bring_up_to_date(config: Settings, *, now: datetime) -> Changes:
    """Make the runs planned in Prefect those of the open rounds.

    Args:
        config: Where the product's database and Prefect are.
        now: The present instant.

    Raises:
        PrefectAway: the server does not answer.
        BadSettings: the settings are another installation's; BadDatabase, see `opened`.
    """
    with opened(config) as engine, reading(engine) as session:
        occasions = planned_occasions(session, now=now)
    return reconcile(config.prefect_api, occasions, now=now)


def wanted(occasions: Iterable[Occasion], targets: Mapping[str, Target]) -> list[PlannedRun]:
    """The runs that the occasions ask for, where the kind has a deployment."""
    return [
        PlannedRun(
            target=targets[occasion.kind],
            key=f"{STEP}:{occasion.activity_id}:{occasion.at.isoformat()}",
            name=run_title(occasion.activity_title, occasion.label, occasion.round_name),
            at=occasion.at,
            activity=occasion.activity_id,
            tags=tags_of(occasion.round_name, occasion.activity_key) | {STEP},
        )
        for occasion in occasions
        if occasion.kind in targets
    ]


def difference(
    want: Iterable[PlannedRun], stand: Mapping[str, PlannedRun]
) -> tuple[list[PlannedRun], list[str]]:
    """What to create, and the ids of what to delete first. Pure.

    Args:
        want: The runs that should stand.
        stand: The runs that do, by their id in Prefect.
    """
    missing = {run.key: run for run in want}
    stale = [id_ for id_, run in stand.items() if missing.get(run.key) != run]
    for run in stand.values():
        if missing.get(run.key) == run:
            del missing[run.key]
    return list(missing.values()), stale


def run_title(activity_title: str, what: str, round_name: str) -> str:
    """What a run is called: "Inspel · påminnelse, 5 arbetsdagar kvar · omgång 2027"."""
    return " · ".join(filter(None, (activity_title, what, f"omgång {round_name}")))


def tags_of(round_name: str, activity_key: str) -> frozenset[str]:
    """The tags by which a run is found on the dashboard."""
    return frozenset({round_tag(round_name), f"aktivitet:{activity_key}"})


def targets_by_kind(client: httpx.Client) -> dict[str, Target]:
    """The deployment that runs each kind of activity, by its tag."""
    return {
        tag.removeprefix(KIND): Target(row["id"], row["work_queue_id"])
        for row in rows(client, "/deployments/filter", sort="CREATED_DESC")
        for tag in row["tags"]
        if tag.startswith(KIND)
    }


def ask_for_look(api: str, row: Activity, round_: Round, *, why: str) -> bool:
    """Have an activity attended at once, because somebody has done something about it.

    Every door asks this way. It does not raise when Prefect is away, as `trigger`.

    Args:
        api: The address of Prefect's API.
        row: The activity.
        round_: Its round.
        why: What the run is called, after the activity: "svar från Bräcke kommun".

    Returns:
        Whether a run is now waiting to start.
    """
    return trigger(
        api,
        kind=row.kind,
        activity_id=identity(row),
        name=run_title(row.title, why, round_.name),
        tags=tags_of(round_.name, row.key),
    )


def trigger(api: str, *, kind: str, activity_id: int, name: str, tags: Iterable[str] = ()) -> bool:
    """Have an activity attended at once, because something happened to it.

    Does not raise when Prefect is away: what happened is on record, and the next run of
    the activity, or the daily round, acts on it.

    Args:
        api: The address of Prefect's API.
        kind: The activity's kind.
        activity_id: The activity.
        name: What the run is called on the dashboard (`run_title`).
        tags: Further tags to find the run by (`tags_of`).

    Returns:
        Whether a run is now waiting to start.
    """
    return _start(
        api,
        tag=f"{KIND}{kind}",
        run={
            "name": name,
            "parameters": {"activity": activity_id},
            "tags": [NOW, f"aktivitet-id:{activity_id}", *tags],
        },
    )


def trigger_upkeep(api: str, *, name: str) -> bool:
    """Have the daily round done at once; like `trigger`, it does not raise."""
    return _start(api, tag=UPKEEP, run={"name": name, "tags": [NOW, UPKEEP]})


def _start(api: str, *, tag: str, run: dict[str, Any]) -> bool:
    try:
        # Somebody may be waiting for a page meanwhile.
        with prefect_at(api, timeout_seconds=3) as client:
            deployments = {"tags": {"all_": [tag]}}
            waiting = {"tags": {"all_": run["tags"]}, "state": {"type": {"any_": ["SCHEDULED"]}}}
            # One that has not begun yet will see what happened just now as well.
            if next(rows(client, "/flow_runs/filter", flow_runs=waiting), None):
                return True
            found = next(rows(client, "/deployments/filter", deployments=deployments), None)
            if found is None:
                return False
            post(client, f"/deployments/{found['id']}/create_flow_run", run)
    except PrefectAway:
        return False
    return True


def _standing(client: httpx.Client, now: datetime) -> dict[str, PlannedRun]:
    ahead = {
        "tags": {"all_": [STEP]},
        "state": {"type": {"any_": ["SCHEDULED"]}},
        "next_scheduled_start_time": {"after_": now.isoformat()},
    }
    found = rows(client, "/flow_runs/filter", flow_runs=ahead, sort="NEXT_SCHEDULED_START_TIME_ASC")
    return {
        row["id"]: PlannedRun(
            target=Target(row["deployment_id"] or "", row["work_queue_id"]),
            key=row["idempotency_key"] or "",
            name=row["name"],
            at=datetime.fromisoformat(row["next_scheduled_start_time"]),
            activity=row["parameters"].get("activity", 0),
            # Prefect adds the deployment's own tags, which an operator may change.
            tags=frozenset(
                tag
                for tag in row["tags"]
                if tag == STEP or tag.startswith(("omgång:", "aktivitet:"))
            ),
        )
        for row in found
    }


def _body(run: PlannedRun) -> dict[str, Any]:
    return {
        "name": run.name,
        "parameters": {"activity": run.activity},
        "tags": sorted(run.tags),
        "idempotency_key": run.key,
        "state": {"type": "SCHEDULED", "state_details": {"scheduled_time": run.at.isoformat()}},
    }
