"""`agenda explain`: every step for one organisation, and why it was (not) sent."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from agenda.rounds.finding import find_activity, find_organisation
from agenda.words.sentence import Sentences, said
from agenda.workdays import swedish_date
from notifications.readings.explanation import Explained, Sent, explained
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import (
    DATE,
    AsJson,
    OnlyActivity,
    OrganisationKey,
    RoundName,
    a_date,
    a_language,
    add,
)
from portal.cli.terminal.output import day, instant, say, show_json
from portal.cli.terminal.visit import looking

SENTENCES = Sentences(
    round=("omgång", "round"),
    nowhere=("Tillfrågas inte i någon aktivitet.", "Is not asked in any activity."),
    not_there=("Tillfrågas inte i {activity}.", "Is not asked in {activity}."),
    no_step=(
        "{name} hade inget steg {day} och fick inget brev den dagen.",
        "{name} had no step on {day} and got no message that day.",
    ),
    before=("Närmast före", "Next before"),
    after=("Närmast efter", "Next after"),
    state_queued=("väntar i utkorgen", "waits in the outbox"),
    state_sending=("skickas nu", "being sent"),
    state_sent=("skickat", "sent"),
    state_failed=("kom inte fram", "did not arrive"),
    state_withdrawn=("tillbakadraget", "withdrawn"),
    state_set_aside=("lagt åt sidan", "set aside"),
)

On = Annotated[
    date | None,
    typer.Option("--on", metavar=DATE, parser=a_date, help="Bara det som gällde den dagen."),
]
Language = Annotated[
    str, typer.Option("--language", metavar="sv|en", parser=a_language, help="Svarets språk.")
]


def explain(
    organisation: OrganisationKey,
    round_name: RoundName = None,
    activity: OnlyActivity = None,
    on: On = None,
    language: Language = "sv",
    as_json: AsJson = False,
) -> None:
    """Show every step for an organisation with its verdict and reason."""
    with looking(round_name) as (here, session, round_):
        whose = find_organisation(session, round_, organisation)
        only = find_activity(session, round_, activity).id if activity else None
        every = explained(session, round_, whose, activity_id=only, now=here.now, language=language)
    found = [entry for entry in every if on is None or on in entry.days]
    if as_json:
        head = {"round": round_.name, "organisation": whose.key, "name": whose.name}
        show_json(head | {"now": here.now, "on": on, "steps": found})
        return
    say(f"{whose.name}, {said(SENTENCES('round'), language)} {round_.name}", style="bold")
    _show(found, language)
    if not every:
        where = SENTENCES("not_there", activity=activity) if activity else SENTENCES("nowhere")
        say(said(where, language))
    elif on is not None and not found:
        say(said(SENTENCES("no_step", name=whose.name, day=_day(on, language)), language))
        _say_nearest(every, on, language)


def _show(found: Sequence[Explained], language: str) -> None:
    title = ""
    for entry in found:
        if entry.activity_title != title:
            title = entry.activity_title
            say()
            say(f"{title} ({entry.activity})", style="bold")
        say(f"{_instant(entry, language)}  {entry.label}")
        say(f"    {entry.reason}")
        for message in entry.messages:
            say(f"    {message.to}: {_state(message, language)}")


def _state(message: Sent, language: str) -> str:
    words = said(SENTENCES(f"state_{message.state}"), language)
    at = f" {instant(message.sent_at)}" if message.sent_at and language == "sv" else ""
    return f"{words}{at}. {message.outcome}".rstrip(". ") + "."


def _say_nearest(every: Sequence[Explained], on: date, language: str) -> None:

    ordered = sorted(every, key=lambda entry: entry.at)
    before = [entry for entry in ordered if swedish_date(entry.at) < on]
    after = [entry for entry in ordered if swedish_date(entry.at) > on]
    for which, near in (("before", before[-1:]), ("after", after[:1])):
        for entry in near:
            say(
                f"{said(SENTENCES(which), language)}: {_instant(entry, language)}, "
                f"{entry.activity}, {entry.label}. {entry.reason}"
            )


def _day(on: date, language: str) -> str:
    return day(on) if language == "sv" else on.isoformat()


def _instant(entry: Explained, language: str) -> str:
    words = instant(entry.at)
    # The weekday is in Swedish; English readers get the date alone.
    return words if language == "sv" else words.partition(" ")[2].replace(".", ":")


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(
        app,
        explain,
        COMMANDS["explain"].summary,
        "agenda explain bracke",
        "agenda explain bracke --activity inspel --on 2020-09-18",
        "agenda explain bracke --language en --json",
    )
