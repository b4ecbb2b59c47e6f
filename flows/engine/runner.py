"""The embedded runner: runs the deployments of prefect.yaml on this machine.

`python -m flows.engine.runner [FILE]` stays in the foreground until SIGTERM or SIGINT; FILE is
another prefect.yaml. It is the only runner of its server; for several machines see there.
What somebody removes on the dashboard, deployments and planned runs, it puts back.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from agenda.clock import utc_now
from agenda.installation.settings import Settings, settings
from agenda.installation.signature import opened
from agenda.words.errors import AgendaError
from flows.engine.environment import environment
from flows.engine.lifeline import announce_runner
from flows.engine.restart import end_dead_runs, remove_former
from flows.rest.api import PrefectAway, prefect_at
from flows.rest.deployments import Deployment, deployments
from flows.rest.schedules import bring_up_to_date, trigger_upkeep
from flows.rest.standing import missing_at

if TYPE_CHECKING:
    from prefect.runner import Runner

log = logging.getLogger(__name__)

QUERY_SECONDS = 3
"""How often it looks for runs to start: what a person asks for begins within that."""
AT_MOST = 4
"""Runs at a time. Without a limit the backlog of a long outage starts all at once."""
WAIT_FOR_SERVER_SECONDS = 120
KEEP_SECONDS = 20
"""How often it looks whether everything still stands on the server."""


async def run(chosen: Sequence[Deployment], config: Settings, stop: asyncio.Event) -> None:
    """Run deployments until `stop` is set; runs under way are then cancelled.

    Args:
        chosen: The deployments to register and run.
        config: The settings in force.
        stop: Set from a signal.

    Raises:
        PrefectAway: the server is not there.
    """
    from prefect.runner import Runner

    # The default would pause every deployment at the end and delete what it had planned.
    runner = Runner(
        name="agenda", pause_on_shutdown=False, limit=AT_MOST, query_seconds=QUERY_SECONDS
    )
    await _wait_for_server(config.prefect_api, stop)
    if stop.is_set():
        return
    registered, flow_names = await _register(runner, chosen)
    await asyncio.to_thread(_put_right, config.prefect_api, registered, flow_names)
    keeping = asyncio.create_task(_keep(runner, chosen, config, stop))
    await _run_until(stop, runner)
    await keeping


async def _keep(
    runner: "Runner", chosen: Sequence[Deployment], config: Settings, stop: asyncio.Event
) -> None:
    """Catch up, and from then on put back what is missing on the server, until stopped."""
    await asyncio.to_thread(catch_up, config, why="vid start")
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), KEEP_SECONDS)
            return
        try:
            await _put_back(runner, chosen, config)
        except Exception as error:
            # The runs go on: what could not be put back now is seen again the next time.
            log.warning("Could not look after the deployments: %s", type(error).__name__)


async def _put_back(runner: "Runner", chosen: Sequence[Deployment], config: Settings) -> None:
    gone = await asyncio.to_thread(missing_at, config.prefect_api, chosen)
    if not gone:
        await asyncio.to_thread(plan_anew, config)
        return
    log.warning("Putting back %s deployments that were removed", len(gone))
    await _register(runner, [entry for entry in chosen if entry.name in gone])
    await asyncio.to_thread(catch_up, config, why="efter att körningarna lades tillbaka")


async def _run_until(stop: asyncio.Event, runner: "Runner") -> None:
    # Prefect 3.8's own handler ends the process and leaves the runs "Running" for ever
    # (issue 16746); this one lets the lines below cancel them first.
    loop = asyncio.get_running_loop()

    def stop_in_order(*_: object) -> None:
        loop.call_soon_threadsafe(stop.set)

    runner.handle_sigterm = stop_in_order  # type: ignore[method-assign]
    running, halted = asyncio.create_task(runner.start()), asyncio.create_task(stop.wait())
    await asyncio.wait({running, halted}, return_when=asyncio.FIRST_COMPLETED)
    if runner.started:
        await runner.astop()
    elif not running.done():
        running.cancel()
    halted.cancel()
    await asyncio.wait({running})
    if not running.cancelled():
        running.result()


def catch_up(config: Settings, *, why: str) -> None:
    """Bring the planned runs up to date and have the daily round done, as after any outage."""
    plan_anew(config)
    trigger_upkeep(config.prefect_api, name=f"Daglig genomgång {why}")


def plan_anew(config: Settings) -> None:
    """Bring the planned runs up to date."""
    try:
        changes = bring_up_to_date(config, now=utc_now())
    except AgendaError as error:
        # Prefect or the database is away for a while: it is tried again soon.
        log.warning("%s", error)
        return
    if changes.created or changes.deleted:
        log.info("Planned runs: %s created, %s deleted", changes.created, changes.deleted)


async def _wait_for_server(api: str, stop: asyncio.Event) -> None:
    for attempt in range(WAIT_FOR_SERVER_SECONDS):
        if stop.is_set():
            return
        try:
            with prefect_at(api, timeout_seconds=1) as client:
                client.get("/health").raise_for_status()
                return
        except PrefectAway:
            if attempt == WAIT_FOR_SERVER_SECONDS - 1:
                raise
        await asyncio.sleep(1)


async def _register(
    runner: "Runner", chosen: Sequence[Deployment]
) -> tuple[dict[str, Deployment], list[str]]:
    """Register deployments; they by their id in Prefect, and the names of their flows."""
    from prefect.deployments.runner import RunnerDeployment
    from prefect.schedules import Schedule

    registered, flow_names = {}, []
    for entry in chosen:
        deployment = await asyncio.to_thread(
            RunnerDeployment.from_entrypoint,
            entry.entrypoint,
            name=entry.name,
            description=entry.description,
            tags=list(entry.tags),
            parameters=dict(entry.parameters),
            schedules=[Schedule(**schedule) for schedule in entry.schedules],
        )
        registered[str(await runner.aadd_deployment(deployment))] = entry
        flow_names.append(deployment.flow_name or "")
    return registered, flow_names


def _put_right(api: str, registered: dict[str, Deployment], flow_names: list[str]) -> None:
    with prefect_at(api) as client:
        remove_former(client, registered)
        if ended := end_dead_runs(client, flow_names):
            log.warning("%s runs were cut off by a restart", ended)


async def _until_stopped(chosen: Sequence[Deployment]) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    # Until Prefect's runner has set its own, which `run` has replaced.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await run(chosen, settings(), stop)


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    # Prefect reads its settings when it is first imported.
    os.environ.update(environment(settings()))
    announce_runner()
    try:
        with opened(settings()):
            pass
    except AgendaError as error:
        sys.exit(str(error))
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    asyncio.run(_until_stopped(deployments(*map(Path, sys.argv[1:2]))))


if __name__ == "__main__":
    main()
