"""`agenda step`: hold a step back, and release it again."""

from typing import Annotated

import typer

from agenda.models import Organisation
from agenda.rounds.activities import hold_step, release_step
from agenda.rounds.finding import find_activity, find_organisation
from agenda.rounds.round import find_round
from agenda.storage.store import reading
from notifications.acts.planned.steps import sending_ahead
from portal.cli.commands import COMMANDS
from portal.cli.terminal.confirming import DryRun, Yes, do_if_confirmed, facing
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


def send(
    activity: ActivityKey,
    step: StepName,
    organisation: OnlyOrganisation = None,
    is_sure: Yes = False,
    is_dry: DryRun = False,
    round_name: RoundName = None,
) -> None:
    """Send a step now instead of on its day."""
    with facing(activity, round_name) as (here, row):
        whose = None
        if organisation:
            with reading(here.engine) as session:
                whose = find_organisation(session, find_round(session, round_name), organisation)
        whom = whose.id if whose else None
        act = sending_ahead(here.office, row, step, actor=here.by.actor, organisation_id=whom)
        question = f"Skicka {step} i {row.key} nu till {_whom(whose)}"
        found = do_if_confirmed(here, act, question=question, is_sure=is_sure, is_dry=is_dry)
        if found is None:
            return
    say(f"Brev som går i förväg: {sum(one.step == step for one in found.letters)}.")
    follow_up(row, why="steg skickat i förväg")


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
    add(
        group_,
        send,
        "Skicka ett steg nu i stället för på sin dag. Det går inte en gång till då.",
        "agenda step send inspel reminder-10",
        "agenda step send inspel reminder-10 --organisation bracke",
    )
    add(group_, release, "Släpp ett steg som hålls inne.", "agenda step release inspel reminder-10")
