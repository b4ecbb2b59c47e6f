"""`agenda contacts`: contacts taken in from a file, and who is reached where."""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portal.cli.follow_up import follow_up
from portal.cli.options import AsJson, OnlyOrganisation, RoundName, add, group
from portal.cli.output import count, say, show_json, shown_address
from portal.cli.visit import changing, looking

if TYPE_CHECKING:
    from agenda.contacts import Imported

ROLES = {"primary": "huvudkontakt", "copy": "kopia", "escalation": "eskalering"}


def import_file(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="CSV-filen med kontakter.")],
    resets: Annotated[
        bool,
        typer.Option("--reset", help="Försök igen med adresser som inte har tagit emot e-post."),
    ] = False,
    round_name: RoundName = None,
) -> None:
    """Take in contacts from a file: all of them or none."""
    from agenda.contacts_csv import read_contacts
    from notifications.contacts import take_in_contacts

    rows = read_contacts(file)
    with changing(round_name) as (here, session, known):
        result, told_anew = take_in_contacts(
            session,
            known,
            rows,
            channels=here.settings.channels,
            now=here.now,
            who=here.who,
            resets=resets,
        )
    _say_result(result, lines_read=len(rows), round_name=known.name)
    for name in told_anew:
        say(f"{name} fick inte det som skickades, och får nu det som fortfarande gäller.")
    if result.is_change:
        follow_up(why="kontakter inlästa")


def _say_result(result: "Imported", *, lines_read: int, round_name: str) -> None:
    parts = {
        "Ny organisation": result.organisations,
        "Ny": result.added,
        "Ändrad": result.changed,
        "Borttagen": result.removed,
    }
    for words, lines in parts.items():
        for line in lines:
            say(f"{words}: {line}")
    say(
        f"{count(lines_read, 'rad', 'rader')} lästa i omgång {round_name}: "
        f"{len(result.added)} nya, {len(result.changed)} ändrade, {len(result.removed)} borttagna, "
        f"{result.unchanged} oförändrade."
    )


def list_contacts(
    organisation: OnlyOrganisation = None, round_name: RoundName = None, as_json: AsJson = False
) -> None:
    """List the contacts that are written to."""
    from agenda.finding import find_organisation

    with looking(round_name) as (_, session, known):
        place = find_organisation(session, known, organisation) if organisation else None
        found = _lines(session, known.id, place.id if place else None)
    if as_json:
        show_json({"round": known.name, "contacts": found})
        return
    if not found:
        say("Det finns inga kontakter. Läs in dem med: agenda contacts import FIL")
        return
    for key, lines in groupby(found, key=lambda line: line["organisation"]):
        together = list(lines)
        say(f"{together[0]['organisation_name']} ({key})", style="bold")
        for line in together:
            say(f"  {ROLES[line['role']]}: {line['name']}, {line['address']}")
            if line["bounced_at"]:
                say(f"    tar inte emot: {line['bounce_reason']}", style="red")


def _lines(session: Any, round_id: int | None, organisation_id: int | None) -> list[dict[str, Any]]:
    from sqlmodel import col, select

    from agenda.models import Contact, Organisation

    query = (
        select(Contact, Organisation)
        .join(Organisation)
        .where(Organisation.round_id == round_id, col(Contact.is_removed).is_(False))
        .order_by(col(Organisation.position), col(Contact.id))
    )
    if organisation_id is not None:
        query = query.where(Organisation.id == organisation_id)
    return [
        {
            "organisation": place.key,
            "organisation_name": place.name,
            "kind": place.kind,
            "language": place.language,
            "name": contact.name,
            "address": shown_address(contact.address),
            "role": contact.role.value,
            "bounced_at": contact.bounced_at,
            "bounce_reason": contact.bounce_reason,
        }
        for contact, place in session.exec(query)
    ]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    contacts = group(app, "contacts", "Kontakter: vem som nås var.", "agenda contacts list")
    add(
        contacts,
        import_file,
        "Läs in kontakter från en CSV-fil: alla rader eller ingen. Kan göras om.",
        "agenda contacts import kontakter.csv",
        "agenda contacts import kontakter.csv --reset",
        name="import",
    )
    add(
        contacts,
        list_contacts,
        "Visa kontakterna.",
        "agenda contacts list",
        "agenda contacts list --organisation bracke --json",
        name="list",
    )
