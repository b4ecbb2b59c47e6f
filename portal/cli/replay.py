"""`agenda replay`: the whole plan in seconds, on a moving clock and a throw-away database."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from agenda.plan.model import Plan
from agenda.plan.reading import bundled_plan, read_plan
from agenda.plan.redating import redate
from notifications.replay.replay import TimelineRow
from notifications.replay.replay import replay as replayed
from notifications.replay.scenario import ScenarioLine, read_scenario
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import DATE, AsJson, a_date, add
from portal.cli.terminal.output import count, fill, say, show, table

PlanFile = Annotated[
    Path | None,
    typer.Option(metavar="FIL", help="Planfilen; utan den den medföljande planen för 2020."),
]
FirstDay = Annotated[
    date | None,
    typer.Option(metavar=DATE, parser=a_date, help="Flytta planen så att den börjar den veckan."),
]
Scenario = Annotated[
    Path | None,
    typer.Option(metavar="FIL", help="Ett scenario (CSV: at,organisation,activity,what,until)."),
]


def replay(
    plan: PlanFile = None,
    first_day: FirstDay = None,
    answers: Scenario = None,
    as_json: AsJson = False,
) -> None:
    """Run the whole plan in seconds and show every message that would have left."""
    chosen, scenario = _plan_and_scenario(plan, first_day, answers)
    with _progress() as progress:
        bar = progress.add_task("", total=1.0)
        still_open: list[str] = []
        rows = replayed(
            chosen,
            scenario,
            progress=lambda share: progress.update(bar, completed=share),
            left_open=still_open.extend,
        )
        found = list(_printed(rows) if as_json else rows)
    if not as_json:
        show(_table(found))
        say(f"{count(len(found), 'meddelande', 'meddelanden')}. Ingenting har skickats.")
        if still_open:
            say(
                "Där slutar uppspelningen. Så länge ingen markerar det som klart påminns den "
                f"ansvariga sedan varje vecka om: {', '.join(still_open)}."
            )


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(
        app,
        replay,
        COMMANDS["replay"].summary,
        "agenda replay",
        "agenda replay --plan min-plan.yaml --answers scenario.csv",
        "agenda replay --first-day 2027-04-07 --json > tidslinje.jsonl",
    )


def _progress() -> Progress:
    """A bar on standard error, where it is in nobody's way; none outside a terminal."""
    errors = Console(stderr=True)
    return Progress(
        TextColumn("Spelar upp planen"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )


def _plan_and_scenario(
    path: Path | None, first_day: date | None, answers: Path | None
) -> tuple[Plan, tuple[ScenarioLine, ...]]:

    original = read_plan(path or bundled_plan())
    plan = redate(original, first_day=first_day).plan if first_day else original
    if answers is not None:
        return plan, read_scenario(answers, plan)
    if path is not None:
        return plan, ()
    # The bundled scenario is written for the bundled plan's own year and moves with it.
    shift = plan.activities[0].starts_on - original.activities[0].starts_on
    bundled = read_scenario(bundled_plan().with_suffix(".answers.csv"), original)
    return plan, tuple(act.later(shift) for act in bundled)


def _printed(rows: Iterator[TimelineRow]) -> Iterator[TimelineRow]:
    for row in rows:
        typer.echo(json.dumps(_as_json(row), ensure_ascii=False))
        yield row


def _as_json(row: TimelineRow) -> dict[str, Any]:
    return {
        "at": row.at.isoformat(),
        "activity": row.activity,
        "step": row.step,
        "organisation": row.organisation,
        "to": row.to,
        "verdict": row.verdict,
        "subject": row.subject,
        "message_id": row.message_id,
    } | ({"also": [list(told) for told in row.also]} if row.also else {})


def _table(rows: list[TimelineRow]) -> Table:
    return fill(
        table("När", "Aktivitet", "Steg", "Till", "Ärende", whole=("När", "Steg")),
        (
            (
                row.at.strftime("%Y-%m-%d %H.%M"),
                row.activity,
                ", ".join(f"{activity} {step}" for activity, step in row.also) or row.step,
                row.organisation or "regionen",
                row.subject,
            )
            for row in rows
        ),
    )
