"""`agenda activity` and `agenda extension`: last days moved, time granted, work done."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import typer

from portal.cli import attach
from portal.cli.course import register_under
from portal.cli.follow_up import follow_up
from portal.cli.options import ActivityKey, AsJson, Note, OrganisationKey, RoundName, To, add, group
from portal.cli.output import complain, count, day, fill, instant, say, show, show_json, table
from portal.cli.visit import changing, looking

if TYPE_CHECKING:
    from agenda.facts import Situation
    from agenda.overview import ActivityLine
    from agenda.rounds import Occasion


def list_activities(round_name: RoundName = None, as_json: AsJson = False) -> None:
    """List the round's activities."""
    from agenda.models import identity
    from agenda.overview import overview

    with looking(round_name) as (here, session, known):
        found = overview(session, round_id=identity(known), now=here.now).activities
    if as_json:
        show_json({"round": known.name, "activities": found})
        return
    made = table("Nyckel", "Aktivitet", "Sista dag", "Läge", whole=("Nyckel", "Sista dag"))
    show(fill(made, ([line.key, line.title, _dates(line), _standing(line)] for line in found)))


def move(activity: ActivityKey, to: To, note: Note = "", round_name: RoundName = None) -> None:
    """Move an activity's last day, and tell those who have been invited."""
    from agenda.facts import situation
    from agenda.finding import find_activity
    from agenda.models import identity
    from agenda.rounds import occasions
    from notifications.acts import move_deadline

    with changing(round_name) as (here, session, known):
        row = find_activity(session, known, activity)
        before = row.due_on
        told = move_deadline(
            session, here.office, row, to=to, now=here.now, who=here.who, note=note
        )
        session.flush()
        after = situation(session, identity(row))
        ahead = list(occasions(after, now=here.now))
    say(f"Sista dag för {row.key} är flyttad från {day(before)} till {day(to)}.")
    _warn_of_day_off(after, to)
    say(
        f"{count(told, 'organisation', 'organisationer')} får besked om den nya dagen."
        if told
        else "Ingen behöver besked: ingen har hunnit få den gamla dagen."
    )
    _say_steps(ahead)
    follow_up(row, why="sista dag flyttad")


def done(activity: ActivityKey, round_name: RoundName = None) -> None:
    """Mark an activity done."""
    from agenda.finding import find_activity
    from notifications.acts import mark_done

    with changing(round_name) as (here, session, known):
        row = find_activity(session, known, activity)
        mark_done(session, here.office, row, now=here.now, who=here.who)
    say(f"{row.key} är markerad som klar. Inget mer skickas om den.")
    follow_up(row, why="klar")


def reopen(activity: ActivityKey, round_name: RoundName = None) -> None:
    """Take back that an activity was marked done."""
    from agenda import activities
    from agenda.facts import situation
    from agenda.finding import find_activity
    from agenda.models import identity
    from agenda.rounds import occasions

    with changing(round_name) as (here, session, known):
        row = find_activity(session, known, activity)
        activities.reopen(session, row, now=here.now, who=here.who)
        session.flush()
        ahead = list(occasions(situation(session, identity(row)), now=here.now))
    say(f"{row.key} är öppen igen.")
    _say_steps(ahead)
    follow_up(row, why="öppnad igen")


def grant(
    organisation: OrganisationKey,
    activity: ActivityKey,
    to: To,
    note: Note = "",
    round_name: RoundName = None,
) -> None:
    """Give one organisation a later last day."""
    from agenda.facts import situation
    from agenda.finding import find_invitation
    from agenda.models import identity
    from notifications.acts import grant_extension

    with changing(round_name) as (here, session, known):
        invitation, row, place = find_invitation(
            session, known, organisation=organisation, activity=activity
        )
        grant_extension(
            session, here.office, invitation, to=to, now=here.now, who=here.who, note=note
        )
        session.flush()
        after = situation(session, identity(row))
    say(f"{place.name} har anstånd i {row.key} till {day(to)} och får besked om det.")
    _warn_of_day_off(after, to)
    follow_up(row, why=f"anstånd för {place.name}")


def _dates(line: "ActivityLine") -> str:
    if line.is_quarter:
        return f"{line.due_on.year} kv. {(line.due_on.month + 2) // 3}"
    return day(line.due_on)


def _standing(line: "ActivityLine") -> str:
    if line.done_at is not None:
        return f"klar {instant(line.done_at)}"
    if line.asked:
        return f"{line.answered} av {line.asked} har svarat"
    return "försenad" if line.is_past else "inte klar"


def _warn_of_day_off(known: "Situation", on: date) -> None:
    if why := known.workdays.why_not(on):
        complain(f"Observera: {day(on)} är ingen arbetsdag ({why}).")


def _say_steps(ahead: "Sequence[Occasion]") -> None:
    say("Steg som återstår:" if ahead else "Inga steg återstår.")
    for occasion in ahead:
        say(f"  {instant(occasion.at)}  {occasion.label}")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    activity = group(
        app,
        "activity",
        "Planens aktiviteter: flytta sista dag, markera som klar.",
        "agenda activity list",
        "agenda activity move inspel --to 2020-10-09",
    )
    add(
        activity,
        list_activities,
        "Visa omgångens aktiviteter och deras nycklar.",
        "agenda activity list",
        "agenda activity list --json",
        name="list",
    )
    add(
        activity,
        move,
        "Flytta en aktivitets sista dag. De som är tillfrågade får besked.",
        "agenda activity move inspel --to 2020-10-09",
        'agenda activity move inspel --to 2020-10-09 --note "Fler har bett om mer tid."',
    )
    _register_completion(activity)
    attach.register_under(activity)
    _register_extension(app, activity)


def _register_completion(activity: typer.Typer) -> None:
    add(
        activity,
        done,
        "Markera en aktivitet som klar. Inget mer skickas om den.",
        "agenda activity done struktur",
    )
    add(
        activity,
        reopen,
        "Ångra att en aktivitet är markerad som klar.",
        "agenda activity reopen struktur",
    )


def _register_extension(app: typer.Typer, activity: typer.Typer) -> None:
    extension = group(
        app,
        "extension",
        "Anstånd: en senare sista dag för en organisation.",
        "agenda extension grant --help",
    )
    add(
        extension,
        grant,
        "Ge en organisation en senare sista dag. Den får besked.",
        "agenda extension grant bracke inspel --to 2020-10-09",
    )
    register_under(activity, extension)
