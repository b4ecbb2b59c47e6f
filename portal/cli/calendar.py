"""`agenda calendar`: the round's deadlines as a file that a calendar program reads."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agenda.errors import BadInput
from portal.cli.options import OnlyOrganisation, RoundName, add, group
from portal.cli.output import in_swedish, say
from portal.cli.visit import looking

if TYPE_CHECKING:
    from agenda.calendar import Entry
    from agenda.facts import Situation


def export(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Filen som skrivs (.ics).")],
    organisation: OnlyOrganisation = None,
    round_name: RoundName = None,
) -> None:
    """Write the deadlines to an iCalendar file."""
    from agenda.answers import find_organisation
    from agenda.calendar import render_calendar
    from agenda.deadlines import round_entries
    from agenda.facts import situations
    from agenda.models import identity

    with looking(round_name) as (_, session, known):
        place = find_organisation(session, known, organisation) if organisation else None
        found = situations(session, identity(known))
        entries = list(_of(found, place.key) if place else round_entries(found))
        name = f"{place.name}, " if place else ""
        content = render_calendar(entries, name=f"{name}{known.plan['title']}")
    try:
        file.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{file} går inte att skriva ({in_swedish(error)}).") from None
    say(f"{len(entries)} kalenderposter skrivna till {file}.")


def _of(found: "list[Situation]", key: str) -> "Iterator[Entry]":
    from agenda.deadlines import organisation_entry

    for situation in found:
        if key in situation.places:
            yield organisation_entry(situation, situation.places[key])


def register(app: typer.Typer) -> None:
    """Add the commands."""
    made = group(app, "calendar", "Kalendern.", "agenda calendar export agenda.ics")
    add(
        made,
        export,
        "Skriv omgångens dagar till en kalenderfil.",
        "agenda calendar export agenda.ics",
        "agenda calendar export bracke.ics --organisation bracke",
    )
