"""`agenda contacts`: contacts taken in from a file, and who is reached where."""

import sys
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from agenda.errors import BadInput
from portal.cli.follow_up import follow_up
from portal.cli.options import AsJson, OnlyOrganisation, RoundName, add, group
from portal.cli.output import count, say, show_json, shown_address
from portal.cli.visit import changing, looking, trying

if TYPE_CHECKING:
    from agenda.contacts_csv import ContactsFile
    from notifications.contacts import TakenIn
    from portal.cli.visit import Visiting

HELP = """Läs in kontakter från en CSV-fil: alla rader eller ingen. Kan göras om.

Filen rättar det som den nämner. En adress som finns får filens namn, och den som står med en
ny adress nås där i stället. Övriga kontakter blir kvar. Med --replace gäller bara det som
står i filen, för de organisationer som den nämner. Frågar innan någon tas bort.

Första raden har rubriker, i vilken ordning som helst: organisation (nyckel eller namn), namn
och e-post; om det behövs också roll (primär, kopia eller eskalering; tom betyder primär),
språk (svenska eller engelska) och, för en ny organisation, sort (kommun, remissinstans eller
organ) och organisationsnamn. Engelska rubriker går också, liksom en export från Outlook
(Förnamn, Efternamn, Företag, E-postadress). Semikolon, komma eller tabb mellan kolumnerna."""

MOST_KEPT = 12
"""How many of those that a file does not name are shown one by one."""
Yes = Annotated[bool, typer.Option("--yes", help="Gör det utan att fråga.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Visa bara vad som skulle hända. Inget ändras.")
]


def import_file(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="CSV-filen med kontakter.")],
    resets: Annotated[
        bool,
        typer.Option("--reset", help="Försök igen med adresser som inte har tagit emot e-post."),
    ] = False,
    replaces: Annotated[
        bool,
        typer.Option(
            "--replace", help="Ta bort adresser som filen inte nämner i organisationer den nämner."
        ),
    ] = False,
    is_dry: DryRun = False,
    is_sure: Yes = False,
    round_name: RoundName = None,
) -> None:
    """Take in contacts from a file: all of them or none."""
    from agenda.contacts_csv import check_contacts

    found = check_contacts(file)
    taking = partial(_take_in, found, round_name, resets=resets, replaces=replaces)
    foreseen = None
    if is_dry or not is_sure:
        foreseen = taking(trying)
    if foreseen and (is_dry or foreseen.taken.imported.removed):
        say("Det här skulle hända:", style="bold")
        _say_result(foreseen)
        if is_dry or not _says_yes(foreseen.taken.imported.removed):
            say("Inget är ändrat.")
            return
    done = taking(changing, shown=foreseen)
    _say_result(done)
    for name in done.taken.told_anew:
        say(f"{name} fick inte det som skickades, och får nu det som fortfarande gäller.")
    if done.taken.imported.is_change:
        follow_up(why="kontakter inlästa")


class _Result(NamedTuple):
    """What came of a file, or would come of it."""

    taken: "TakenIn"
    rows: int
    round_name: str


def _take_in(
    found: "ContactsFile",
    round_name: str | None,
    visiting: "Visiting",
    *,
    resets: bool,
    replaces: bool,
    shown: _Result | None = None,
) -> _Result:
    from agenda.contacts import contact_faults
    from agenda.faults import FaultyFile
    from notifications.contacts import take_in_contacts

    with visiting(round_name) as (here, session, known):
        channels = here.settings.channels
        if faults := contact_faults(session, known, found, channels=channels):
            raise FaultyFile(found.file, faults)
        taken = take_in_contacts(
            session,
            known,
            [row for _, row in found.rows],
            channels=channels,
            now=here.now,
            who=here.who,
            resets=resets,
            replaces=replaces,
        )
        if shown is not None and shown.taken.imported.removed != taken.imported.removed:
            raise BadInput(
                "Kontakterna har ändrats medan frågan stod här, så inget är gjort. "
                "Kör kommandot igen och se efter vad som gäller nu."
            )
        return _Result(taken, len(found.rows), known.name)


def _says_yes(removed: "Sequence[str]") -> bool:
    if not sys.stdin.isatty():
        raise BadInput(
            f"Inget är ändrat: {count(len(removed), 'kontakt', 'kontakter')} skulle tas bort, och "
            "ingen är här och kan svara på om det är rätt. Lägg till --yes för att göra det."
        )
    question = f"Ta bort {count(len(removed), 'kontakt', 'kontakter')}? [ja/nej] "
    try:
        return input(question).strip().casefold() in ("j", "ja", "y", "yes")
    except EOFError:
        return False


def _few(lines: "Sequence[str]") -> "Sequence[str]":
    rest = len(lines) - MOST_KEPT
    return lines if rest <= 0 else [*lines[:MOST_KEPT], f"… och {rest} till"]


def _say_result(result: _Result) -> None:
    imported = result.taken.imported
    parts = {
        "Ny organisation": imported.organisations,
        "Ny": imported.added,
        "Ändrad": imported.changed,
        "Borttagen": imported.removed,
        "Kvar, fast filen inte nämner den": _few(imported.kept),
    }
    for words, lines in parts.items():
        for line in lines:
            say(f"{words}: {line}")
    for sentence in imported.doubled:
        say(sentence)
    say(
        f"{count(result.rows, 'rad läst', 'rader lästa')} i omgång {result.round_name}: "
        f"{len(imported.added)} nya, {len(imported.changed)} ändrade, "
        f"{len(imported.removed)} borttagna, {imported.unchanged} oförändrade."
    )


def list_contacts(
    organisation: OnlyOrganisation = None, round_name: RoundName = None, as_json: AsJson = False
) -> None:
    """List the contacts that are written to."""
    from agenda.contacts import ROLES
    from agenda.finding import find_organisation
    from agenda.plan.model import Role

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
            say(f"  {ROLES[Role(line['role'])]}: {line['name']}, {line['address']}")
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
        HELP,
        "agenda contacts import kontakter.csv --dry-run",
        "agenda contacts import kontakter.csv --replace",
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
