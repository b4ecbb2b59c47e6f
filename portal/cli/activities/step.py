"""`agenda step`: hold a step back, and release it again."""

from typing import Annotated

import typer

from agenda.models import Organisation
from agenda.rounds.activities import hold_step, release_step
from agenda.rounds.finding import find_activity, find_organisation
from portal.cli.commands import COMMANDS
from portal.cli.terminal.follow_up import follow_up
from portal.cli.terminal.options import ActivityKey, OnlyOrganisation, RoundName, add, group
from portal.cli.terminal.output import say
from portal.cli.terminal.visit import changing

StepName = Annotated[
    str,
    typer.Argument(
        metavar="STEG", help="Stegets namn, se agenda preview, till exempel reminder-10."
    ),
]


def hold(
    activity: ActivityKey,
    step: StepName,
    organisation: OnlyOrganisation = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Varför, för diariet.")
    ] = "",
    round_name: RoundName = None,
) -> None:
    """Hold a step back until it is released."""
    with changing(round_name) as (here, session, round_):
        row = find_activity(session, round_, activity)
        whose = find_organisation(session, round_, organisation) if organisation else None
        hold_step(
            session,
            row,
            step=step,
            by=here.by,
            organisation=whose,
            reason=reason,
        )
    say(f"{step} i {row.key} hålls inne för {_whom(whose)} tills det släpps.")


def release(
    activity: ActivityKey,
    step: StepName,
    organisation: OnlyOrganisation = None,
    round_name: RoundName = None,
) -> None:
    """Release a held step."""
    with changing(round_name) as (here, session, round_):
        row = find_activity(session, round_, activity)
        whose = find_organisation(session, round_, organisation) if organisation else None
        release_step(session, row, step=step, by=here.by, organisation=whose)
    say(f"{step} i {row.key} är släppt för {_whom(whose)}.")
    follow_up(row, why=f"{step} släppt")


def _whom(whose: Organisation | None) -> str:
    return whose.name if whose else "alla"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group_ = group(
        app,
        "step",
        COMMANDS["step"].summary,
        "agenda step hold inspel reminder-10",
    )
    add(
        group_,
        hold,
        "Håll inne ett steg, för alla eller för en organisation.",
        "agenda step hold inspel reminder-10",
        'agenda step hold inspel overdue-1 --organisation bracke --reason "Har ringt."',
    )
    add(group_, release, "Släpp ett steg som hålls inne.", "agenda step release inspel reminder-10")
