"""`agenda register`: who did what, when, from what, to what."""

from typing import Annotated

import typer

from agenda.register import entries
from agenda.rounds.round import find_round
from agenda.storage.store import reading
from portal.cli.commands import COMMANDS
from portal.cli.register_words import Reader
from portal.cli.terminal.options import AsJson, Everything, RoundName, add, group
from portal.cli.terminal.output import say, show_json
from portal.cli.terminal.visit import visit

USUAL_ROWS = 50
WORDS = {
    "round_started": "omgång startad",
    "round_closed": "omgång avslutad",
    "sending_paused": "utskick pausade",
    "sending_resumed": "utskick igång igen",
    "contacts_imported": "kontakter inlästa",
    "contact_bounced": "adress tar inte emot",
    "answer_recorded": "svar registrerat",
    "answer_numbered": "svar fick diarienummer",
    "answer_withdrawn": "svar återkallat",
    "extension_granted": "anstånd",
    "deadline_moved": "sista dag flyttad",
    "activity_done": "aktivitet klar",
    "activity_reopened": "aktivitet öppnad igen",
    "step_held": "steg hålls inne",
    "step_released": "steg släppt",
    "link_renewed": "länk utbytt",
    "link_mailed": "länk mejlad igen",
    "link_revoked": "länk spärrad",
    "files_erased": "filer raderade",
    "colleague_invited": "kollega inbjuden",
    "extension_requested": "anstånd begärt",
    "extension_denied": "anstånd avslaget",
    "answers_locked": "svar låsta",
    "answers_unlocked": "svar upplåsta",
    "file_attached": "underlag tillagt",
    "file_removed": "underlag borttaget",
    "ballot_opened": "omröstning öppnad",
    "ballot_closed": "omröstning stängd",
    "activity_cancelled": "aktivitet inställd",
    "activity_reinstated": "aktivitet återupptagen",
    "feed_made": "kalenderlänk skapad",
    "feed_renewed": "kalenderlänk utbytt",
    "feed_revoked": "kalenderlänk stängd",
    "message_sent": "brev skickat",
    "message_failed": "brev kom inte fram",
    "message_uncertain": "brev osäkert",
    "message_withdrawn": "brev tillbakadraget",
    "message_set_aside": "brev lagt åt sidan",
    "message_put_back": "brev tillbaka i utkorgen",
    "message_returned": "brev kom tillbaka",
    "message_delayed": "brev försenat på vägen",
    "mail_registered": "mejl registrerat som svar",
    "mail_set_aside": "mejl lagt åt sidan",
    "contact_trusted": "adress betrodd igen",
    "restored": "säkerhetskopia återläst",
}
"""What the register's lines say, in Swedish."""


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
        known = find_round(session, round_name) if round_name else None
        rows = entries(session, round_id=known.id if known else None, subject=subject)
        if as_json:
            show_json({"entries": [row.model_dump(exclude={"id"}) for row in rows]})
            return
        shown = rows if everything else rows[-USUAL_ROWS:]
        reader = Reader(session, shown)
        lines = [reader.line(row, WORDS.get(row.what, row.what)) for row in shown]
    if not rows:
        say("Diariet är tomt." if subject is None else f"Diariet har inget om {subject}.")
        return
    for line in lines:
        say(str(line))
    if len(shown) < len(rows):
        say(f"De senaste {len(shown)} av {len(rows)}. Visa alla med: agenda register list --all")


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
