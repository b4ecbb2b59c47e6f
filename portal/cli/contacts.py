"""`agenda contacts`: contacts taken in from a file, and who is reached where."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from agenda.contacts.spreadsheet import check_contacts
from agenda.contacts.taking_in import ROLES, Imported
from agenda.installation.unreachable import remark_on_examples
from agenda.plan.model import Role
from agenda.rounds.finding import find_organisation
from agenda.rounds.round import find_round
from agenda.storage.store import reading
from notifications.acts.planned.contacts import TakingIn
from notifications.acts.trying import tried
from notifications.attending import activities_of
from notifications.readings.contacts import contact_lines
from portal.cli.commands import COMMANDS
from portal.cli.terminal.confirming import DryRun, Yes, do_if_confirmed
from portal.cli.terminal.follow_up import follow_up
from portal.cli.terminal.options import AsJson, OnlyOrganisation, RoundName, add, group
from portal.cli.terminal.output import complain, count, say, show_json
from portal.cli.terminal.visit import looking, visit

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
    found = check_contacts(file)
    with visit() as here:
        with reading(here.engine) as session:
            known = find_round(session, round_name)
            ids = activities_of(session, known)
        channels = here.settings.channels
        taking = TakingIn(
            here.office,
            known,
            found,
            channels=channels,
            by=here.by,
            resets=resets,
            replaces=replaces,
        )
        tried(here.engine, lambda session: taking.do(session, here.now))
        taken, rows = taking.taken, len(found.rows)
        asks = bool(taken.imported.removed or taken.invited_anew) and not is_sure
        if is_dry or asks:
            say("Det här skulle hända:", style="bold")
            _say_result(taken.imported, rows, known.name)
        removed = count(len(taken.imported.removed), "kontakt", "kontakter")
        question = f"Ta bort {removed}" if taken.imported.removed else "Läs in kontakterna"
        act = taking.act(ids)
        if not do_if_confirmed(here, act, question=question, is_sure=not asks, is_dry=is_dry):
            return
        with reading(here.engine) as session:
            remark = remark_on_examples(session, [find_round(session, known.name)], here.settings)
    done = taking.taken
    _say_result(done.imported, rows, known.name)
    for name in done.told_anew:
        say(f"{name} fick inte det som skickades, och får nu det som fortfarande gäller.")
    for name in done.invited_anew:
        say(f"{name} har en ny mottagare, som får de inbjudningar som gäller.")
    if remark:
        complain(remark)
    if done.imported.is_change:
        follow_up(why="kontakter inlästa")


def _few(lines: Sequence[str]) -> Sequence[str]:
    rest = len(lines) - MOST_KEPT
    return lines if rest <= 0 else [*lines[:MOST_KEPT], f"… och {rest} till"]


def _say_result(imported: Imported, rows: int, round_name: str) -> None:
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
        f"{count(rows, 'rad läst', 'rader lästa')} i omgång {round_name}: "
        f"{len(imported.added)} nya, {len(imported.changed)} ändrade, "
        f"{len(imported.removed)} borttagna, {imported.unchanged} oförändrade."
    )


def list_contacts(
    organisation: OnlyOrganisation = None, round_name: RoundName = None, as_json: AsJson = False
) -> None:
    """List the contacts that are written to."""
    with looking(round_name) as (_, session, round_):
        whose = find_organisation(session, round_, organisation) if organisation else None
        found = contact_lines(session, round_.id, organisation_id=whose.id if whose else None)
    if as_json:
        show_json({"round": round_.name, "contacts": found})
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


def register(app: typer.Typer) -> None:
    """Add the commands."""
    contacts = group(app, "contacts", COMMANDS["contacts"].summary, "agenda contacts list")
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
