"""`agenda register`: who did what, when, from what, to what."""

from typing import Annotated

import typer

from agenda.register import entries
from agenda.rounds.round import find_round
from agenda.storage.store import reading
from notifications.readings.register_lines import RegisterLine, read_lines
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import AsJson, Everything, RoundName, add, group
from portal.cli.terminal.output import clean, instant, say, show_json
from portal.cli.terminal.visit import visit

USUAL_ROWS = 50


def list_entries(
    subject: Annotated[
        str | None,
        typer.Option(
            "--subject", metavar="NYCKEL", help="Bara det som gäller detta: inspel, inspel/krokom."
        ),
    ] = None,
    round_name: RoundName = None,
    everything: Everything = False,
    as_json: AsJson = False,
) -> None:
    """List the register's lines, newest last."""
    with visit() as here, reading(here.engine) as session:
        round_ = find_round(session, round_name) if round_name else None
        rows = entries(session, round_id=round_.id if round_ else None, subject=subject)
        if as_json:
            show_json({"entries": [row.model_dump(exclude={"id"}) for row in rows]})
            return
        shown = rows if everything else rows[-USUAL_ROWS:]
        lines = read_lines(session, shown, language="sv", at=instant)
    if not rows:
        say("Diariet är tomt." if subject is None else f"Diariet har inget om {subject}.")
        return
    for line in lines:
        say(_in_words(line))
    if len(shown) < len(rows):
        say(f"De senaste {len(shown)} av {len(rows)}. Visa alla med: agenda register list --all")


def _in_words(line: RegisterLine) -> str:
    subject = f", {line.subject}" if line.subject else ""
    change = f" ({clean(line.change)})" if line.change else ""
    return f"{instant(line.at)}  {line.who}: {line.what}{subject}{change}"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    made = group(app, "register", COMMANDS["register"].summary, "agenda register list")
    add(
        made,
        list_entries,
        "Visa vem som har gjort vad, och när.",
        "agenda register list",
        "agenda register list --subject inspel/krokom",
        "agenda register list --all --json",
        name="list",
    )
