"""`agenda activity lock`, `cancel` and the ways back, `agenda ballot`, `extension deny`."""

from collections.abc import Callable
from typing import Annotated

import typer

from agenda.replies import course
from agenda.rounds.finding import find_activity, find_invitation, find_organisation
from agenda.rounds.round import find_round
from agenda.steps.by_hand import REMINDER_NOW
from agenda.storage.store import reading
from notifications.acts.extensions import deny_extension
from notifications.acts.planned.activities import (
    cancelling,
    locking,
    reinstating,
    reminding_now,
    unlocking,
)
from portal.cli.commands import COMMANDS
from portal.cli.terminal.confirming import DryRun, Yes, do_if_confirmed, facing
from portal.cli.terminal.follow_up import follow_up
from portal.cli.terminal.options import ActivityKey, Note, OrganisationKey, RoundName, add, group
from portal.cli.terminal.output import say
from portal.cli.terminal.visit import Visit, changing

Why = Annotated[str, typer.Option("--note", metavar="TEXT", help="Varför; står i brevet.")]


def lock(
    activity: ActivityKey,
    is_sure: Yes = False,
    is_dry: DryRun = False,
    round_name: RoundName = None,
) -> None:
    """Lock an activity's answers."""
    with facing(activity, round_name) as (here, row):
        act = locking(row, actor=here.by.actor)
        question = f"Lås svaren i {row.key}"
        if not do_if_confirmed(here, act, question=question, is_sure=is_sure, is_dry=is_dry):
            return
    say(f"Svaren i {activity} är låsta. De går att läsa men inte att ändra.")
    follow_up(row, why="svaren låsta")


def unlock(
    activity: ActivityKey,
    is_sure: Yes = False,
    is_dry: DryRun = False,
    round_name: RoundName = None,
) -> None:
    """Take back that an activity's answers were locked."""
    with facing(activity, round_name) as (here, row):
        act = unlocking(row, actor=here.by.actor)
        question = f"Lås upp svaren i {row.key}"
        if not do_if_confirmed(here, act, question=question, is_sure=is_sure, is_dry=is_dry):
            return
    say(f"Svaren i {activity} är inte längre låsta. De går att lämna och ändra igen.")
    follow_up(row, why="svaren upplåsta")


def open_ballot(activity: ActivityKey, round_name: RoundName = None) -> None:
    """Open an activity's ballot."""
    _change(course.open_ballot, activity, round_name)
    say(f"Omröstningen i {activity} är öppen. Röstsedeln finns på svarssidan.")


def close_ballot(activity: ActivityKey, round_name: RoundName = None) -> None:
    """Close an activity's ballot."""
    _change(course.close_ballot, activity, round_name)
    say(f"Omröstningen i {activity} är stängd.")


def cancel(
    activity: ActivityKey,
    note: Note = "",
    is_sure: Yes = False,
    is_dry: DryRun = False,
    round_name: RoundName = None,
) -> None:
    """Cancel an activity."""
    with facing(activity, round_name) as (here, row):
        act = cancelling(here.office, row, actor=here.by.actor, note=note)
        question = f"Ställ in {row.key}"
        found = do_if_confirmed(here, act, question=question, is_sure=is_sure, is_dry=is_dry)
        if found is None:
            return
    told = {one.organisation for one in found.letters if one.step == "cancelled"} - {""}
    say(f"{activity} är inställd. Inbjudna som får besked: {len(told)}.")
    follow_up(row, why="inställd")


def reinstate(
    activity: ActivityKey,
    note: Note = "",
    is_sure: Yes = False,
    is_dry: DryRun = False,
    round_name: RoundName = None,
) -> None:
    """Take back that an activity was cancelled."""
    with facing(activity, round_name) as (here, row):
        act = reinstating(here.office, row, actor=here.by.actor, note=note)
        question = f"Återuppta {row.key}"
        found = do_if_confirmed(here, act, question=question, is_sure=is_sure, is_dry=is_dry)
        if found is None:
            return
    told = {one.organisation for one in found.letters if one.step == "reinstated"} - {""}
    say(f"{activity} är återupptagen. Inbjudna som får besked: {len(told)}.")
    follow_up(row, why="återupptagen")


def remind(
    activity: ActivityKey,
    organisation: Annotated[
        list[str] | None,
        typer.Option(
            "--organisation", metavar="ORGANISATION", help="Bara denna; kan anges flera gånger."
        ),
    ] = None,
    note: Note = "",
    is_sure: Yes = False,
    is_dry: DryRun = False,
    round_name: RoundName = None,
) -> None:
    """Remind those who have not answered, outside the plan's own steps."""
    with facing(activity, round_name) as (here, row):
        keys = _keys(here, round_name, organisation or [])
        act = reminding_now(here.office, row, *keys, actor=here.by.actor, note=note)
        question = f"Påminn dem som inte har svarat i {row.key}"
        found = do_if_confirmed(here, act, question=question, is_sure=is_sure, is_dry=is_dry)
        if found is None:
            return
    told = {one.organisation for one in found.letters if one.step == REMINDER_NOW}
    say(f"Organisationer som påminns: {len(told)}.")
    follow_up(row, why="påminnelse för hand")


def _keys(here: Visit, round_name: str | None, names: list[str]) -> list[str]:
    """The keys of organisations, which people call by key or name."""
    with reading(here.engine) as session:
        round_ = find_round(session, round_name)
        return [find_organisation(session, round_, name).key for name in names]


def deny(
    organisation: OrganisationKey, activity: ActivityKey, note: Why, round_name: RoundName = None
) -> None:
    """Say no to a request for a later last day."""
    with changing(round_name) as (here, session, round_):
        invitation, row, whose = find_invitation(
            session, round_, organisation=organisation, activity=activity
        )
        deny_extension(session, here.office, invitation, by=here.by, note=note)
    say(f"{whose.name} får besked om att sista dagen står kvar.")
    follow_up(row, why=f"anstånd avslaget för {whose.name}")


def _change(change: Callable[..., None], activity: str, round_name: str | None) -> None:

    with changing(round_name) as (here, session, round_):
        change(session, find_activity(session, round_, activity), by=here.by)


def register_under(activity: typer.Typer, extension: typer.Typer) -> None:
    """Add the commands that belong to an activity and to extensions."""
    add(
        activity,
        lock,
        "Lås svaren, när arbetet med dem börjar.",
        "agenda activity lock inspel",
    )
    add(
        activity,
        unlock,
        "Lås upp svaren igen.",
        "agenda activity unlock inspel",
    )
    add(
        activity,
        cancel,
        "Ställ in en aktivitet. De inbjudna får besked.",
        'agenda activity cancel workshop --note "Vi återkommer med en ny dag."',
    )
    add(
        activity,
        reinstate,
        "Återuppta en inställd aktivitet. De som fick veta att den var inställd får besked.",
        "agenda activity reinstate workshop",
    )
    add(
        activity,
        remind,
        "Påminn nu dem som inte har svarat, vid sidan av planens påminnelser.",
        "agenda activity remind inspel",
        'agenda activity remind inspel --organisation bracke --note "Ring gärna."',
    )
    add(
        extension,
        deny,
        "Säg nej till en begäran om anstånd.",
        'agenda extension deny bracke inspel --note "Sammanställningen börjar dagen efter."',
    )


def register(app: typer.Typer) -> None:
    """Add the commands of a ballot."""
    ballot = group(app, "ballot", COMMANDS["ballot"].summary, "agenda ballot open workshop")
    add(ballot, open_ballot, "Öppna omröstningen.", "agenda ballot open workshop", name="open")
    add(ballot, close_ballot, "Stäng omröstningen.", "agenda ballot close workshop", name="close")
