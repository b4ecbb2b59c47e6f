"""`agenda preview`: what will go out, when and to whom, before it does."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from textwrap import indent
from typing import Annotated

import typer

from agenda.models import Round, identity
from agenda.words.errors import BadInput
from agenda.workdays import swedish_date
from notifications.letters.link_places import with_address
from notifications.readings.upcoming import Ahead, ahead
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import DATE, AsJson, Everything, RoundName, a_count, a_date, add
from portal.cli.terminal.output import clean, complain, console, day, instant, say, show_json
from portal.cli.terminal.visit import looking

USUAL_DAYS = 14
_LINK = "[mottagarens egen länk: den sätts in när brevet går iväg]"
"""What is shown where an address will be, which is a key that nobody shall read off a preview."""


Days = Annotated[
    int | None,
    typer.Option(
        "--days", metavar="ANTAL", parser=a_count, help=f"Dagar framåt, annars {USUAL_DAYS}."
    ),
]
Until = Annotated[
    date | None,
    typer.Option("--until", metavar=DATE, parser=a_date, help="Till och med det här datumet."),
]
Renders = Annotated[
    bool, typer.Option("--render", help="Visa varje brevs ämne och text, så som det går ut.")
]


def preview(
    round_name: RoundName = None,
    days: Days = None,
    until: Until = None,
    everything: Everything = False,
    renders: Renders = False,
    as_json: AsJson = False,
) -> None:
    """Show what will go out as things stand now."""
    if sum((days is not None, until is not None, everything)) > 1:
        raise BadInput("Välj ett av --days, --until och --all.")
    with looking(round_name) as (here, session, round_):
        end = None if everything else until or _last_day(here.now, days)
        coming = ahead(
            session, here.office, round_id=identity(round_), until=end or date.max, now=here.now
        )
        found = [one.in_words() if renders else one.ahead for one in coming]
    if as_json:
        show_json({"round": round_.name, "now": here.now, "until": end, "ahead": found})
        return
    _say_heading(round_, end)
    _show(found)


def _say_heading(round_: Round, end: date | None) -> None:
    when = f"till och med {day(end)}" if end else "hela omgången"
    say(f"Omgång {round_.name}, {when}, som läget är nu", style="bold")
    if round_.sending_paused_at is not None:
        complain("Utskicken är pausade: inget går iväg förrän agenda round resume.")


def _last_day(now: datetime, days: int | None) -> date:

    return swedish_date(now) + timedelta(days=days or USUAL_DAYS)


def _show(found: Sequence[Ahead]) -> None:
    if not found:
        say("Inget går ut under den tiden.")
    by_heading = groupby(found, key=lambda entry: (entry.leaves_at, entry.heading))
    for (at, (activity, step, label)), together in by_heading:
        entries = list(together)
        say()
        say(f"{instant(at)}  {entries[0].activity_title}", style="bold")
        say(f"  {label}  ({activity} {step})")
        for entry in entries:
            where = ", ".join(entry.to) or "ingen adress"
            beside = f", i samma brev som {entry.in_letter_of}" if entry.in_letter_of else ""
            waits = " (i utkorgen)" if entry.is_queued else ""
            say(f"  {entry.recipient}: {where}{beside}{waits}")
            _show_messages(entry)


def _show_messages(entry: Ahead) -> None:

    for message in entry.messages:
        words = with_address(message.text, message.links, _LINK, is_html=False)
        text = f"\nTill: {message.to}\nÄmne: {message.subject}\n\n{words.rstrip()}\n"
        # Not wrapped anew: these are the lines that leave.
        console().print(indent(clean(text), "    "), soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(
        app,
        preview,
        COMMANDS["preview"].summary,
        "agenda preview",
        "agenda preview --days 1 --render",
        "agenda preview --until 2020-10-02",
    )
