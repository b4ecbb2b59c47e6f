"""`agenda activity` and `agenda extension`: last days moved, time granted, work done."""

from collections.abc import Sequence
from datetime import date

import typer

from agenda.models import Activity, identity
from agenda.rounds.facts import Situation, situation
from agenda.rounds.finding import find_organisation
from agenda.rounds.overview import ActivityLine, overview
from agenda.rounds.round import Occasion, find_round, occasions
from agenda.storage.store import reading
from notifications.acts.foreseeing import Consequences
from notifications.acts.planned.activities import granting, marking_done, moving, reopening
from portal.cli.activities import attach, waiting
from portal.cli.activities.course import register_under
from portal.cli.commands import COMMANDS
from portal.cli.terminal.confirming import DryRun, Yes, do_if_confirmed, facing
from portal.cli.terminal.follow_up import follow_up
from portal.cli.terminal.options import (
    ActivityKey,
    AsJson,
    Note,
    OrganisationKey,
    RoundName,
    To,
    add,
    group,
)
from portal.cli.terminal.output import (
    complain,
    count,
    day,
    fill,
    instant,
    say,
    show,
    show_json,
    table,
)
from portal.cli.terminal.visit import Visit, looking


def list_activities(round_name: RoundName = None, as_json: AsJson = False) -> None:
    """List the round's activities."""
    with looking(round_name) as (here, session, round_):
        found = overview(session, round_id=identity(round_), now=here.now).activities
    if as_json:
        show_json({"round": round_.name, "activities": found})
        return
    made = table("Nyckel", "Aktivitet", "Sista dag", "Läge", whole=("Nyckel", "Sista dag"))
    show(fill(made, ([line.key, line.title, _dates(line), _standing(line)] for line in found)))


def move(
    activity: ActivityKey,
    to: To,
    note: Note = "",
    is_sure: Yes = False,
    is_dry: DryRun = False,
    round_name: RoundName = None,
) -> None:
    """Move an activity's last day, and tell those who have been invited."""
    with facing(activity, round_name) as (here, before):
        act = moving(here.office, before, to=to, actor=here.by.actor, note=note)
        question = f"Flytta {before.key} från {day(before.due_on)} till {day(to)}"
        found = do_if_confirmed(here, act, question=question, is_sure=is_sure, is_dry=is_dry)
        if found is None:
            return
        after, ahead = _as_it_is_now(here, before)
    say(f"Sista dag för {after.row.key} är flyttad från {day(before.due_on)} till {day(to)}.")
    _warn_of_day_off(after, to, is_said=not is_sure)
    _say_who_hears(found)
    _say_steps(ahead)
    follow_up(after.row, why="sista dag flyttad")


def _say_who_hears(found: Consequences) -> None:
    """Who is told of a new day: that it was moved or, who never heard of the old one, invited."""
    sentences = {"moved": "får besked om den nya dagen.", "invitation": "får inbjudan."}
    told = {
        step: len({one.organisation for one in found.letters if one.step == step})
        for step in sentences
    }
    for step, sentence in sentences.items():
        if told[step]:
            say(f"{count(told[step], 'organisation', 'organisationer')} {sentence}")
    if not any(told.values()):
        say("Ingen behöver besked: ingen har hunnit få den gamla dagen.")


def done(
    activity: ActivityKey,
    is_sure: Yes = False,
    is_dry: DryRun = False,
    round_name: RoundName = None,
) -> None:
    """Mark an activity done."""
    with facing(activity, round_name) as (here, row):
        act = marking_done(here.office, row, actor=here.by.actor)
        question = f"Markera {row.key} som klar"
        if not do_if_confirmed(here, act, question=question, is_sure=is_sure, is_dry=is_dry):
            return
    say(f"{row.key} är markerad som klar. Inget mer skickas om den.")
    follow_up(row, why="klar")


def reopen(
    activity: ActivityKey,
    is_sure: Yes = False,
    is_dry: DryRun = False,
    round_name: RoundName = None,
) -> None:
    """Take back that an activity was marked done."""
    with facing(activity, round_name) as (here, row):
        act = reopening(row, actor=here.by.actor)
        question = f"Öppna {row.key} igen"
        if not do_if_confirmed(here, act, question=question, is_sure=is_sure, is_dry=is_dry):
            return
        _, ahead = _as_it_is_now(here, row)
    say(f"{row.key} är öppen igen.")
    _say_steps(ahead)
    follow_up(row, why="öppnad igen")


def grant(
    organisation: OrganisationKey,
    activity: ActivityKey,
    to: To,
    note: Note = "",
    is_sure: Yes = False,
    is_dry: DryRun = False,
    round_name: RoundName = None,
) -> None:
    """Give one organisation a later last day."""
    with facing(activity, round_name) as (here, row):
        with reading(here.engine) as session:
            round_ = find_round(session, round_name)
            whose = find_organisation(session, round_, organisation)
        act = granting(here.office, row, whose.key, to=to, actor=here.by.actor, note=note)
        question = f"Ge {whose.name} anstånd i {row.key} till {day(to)}"
        if not do_if_confirmed(here, act, question=question, is_sure=is_sure, is_dry=is_dry):
            return
        after, _ = _as_it_is_now(here, row)
    say(f"{whose.name} har anstånd i {row.key} till {day(to)} och får besked om det.")
    _warn_of_day_off(after, to, is_said=not is_sure)
    follow_up(row, why=f"anstånd för {whose.name}")


def _as_it_is_now(here: Visit, row: Activity) -> tuple[Situation, Sequence[Occasion]]:
    """The activity after the act, and what is dated in it."""
    with reading(here.engine) as session:
        after = situation(session, identity(row))
        return after, list(occasions(after, now=here.now))


def _dates(line: ActivityLine) -> str:
    if line.is_quarter:
        return f"{line.due_on.year} kv. {(line.due_on.month + 2) // 3}"
    return day(line.due_on)


def _standing(line: ActivityLine) -> str:
    if line.stage == "cancelled":
        return "inställd"
    if line.done_at is not None:
        return f"klar {instant(line.done_at)}"
    if line.asked:
        locked = ", låst" if line.stage == "locked" else ""
        return f"{line.answered} av {line.asked} har svarat{locked}"
    return "försenad" if line.is_past else "inte klar"


def _warn_of_day_off(known: Situation, on: date, *, is_said: bool) -> None:
    if not is_said and (why := known.workdays.why_not(on)):
        complain(f"Observera: {day(on)} är ingen arbetsdag ({why}).")


def _say_steps(ahead: Sequence[Occasion]) -> None:
    say("Steg som återstår:" if ahead else "Inga steg återstår.")
    for occasion in ahead:
        say(f"  {instant(occasion.at)}  {occasion.label}")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    activity = group(
        app,
        "activity",
        COMMANDS["activity"].summary,
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
        COMMANDS["extension"].summary,
        "agenda extension list",
        "agenda extension grant --help",
    )
    add(
        extension,
        grant,
        "Ge en organisation en senare sista dag. Den får besked.",
        "agenda extension grant bracke inspel --to 2020-10-09",
    )
    waiting.register_under(extension)
    register_under(activity, extension)
