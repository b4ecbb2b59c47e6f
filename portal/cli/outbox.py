"""`agenda outbox`: what was sent, what waits, what failed."""

from typing import Annotated, Any

import typer

from agenda.words.addresses import shown_address
from agenda.words.errors import BadInput
from notifications.acts.planned.messages import WHY
from notifications.outbox.putting_back import given_up, mistrusted, put_back, trust
from notifications.readings.outbox import message_lines
from portal.cli.commands import COMMANDS
from portal.cli.terminal.confirming import DryRun, Yes, says_yes
from portal.cli.terminal.follow_up import follow_up
from portal.cli.terminal.options import AsJson, Everything, RoundName, add, group
from portal.cli.terminal.output import count, instant, say, show_json
from portal.cli.terminal.visit import changing, looking

STATES = {
    "queued": "väntar",
    "sending": "skickas nu",
    "sent": "skickat",
    "failed": "misslyckades",
    "withdrawn": "tillbakadraget",
    "set_aside": "lagt åt sidan",
}
USUAL_ROWS = 50


def a_state(typed: str) -> str:
    """One of the states of a message, in English or Swedish."""
    states = {words: state for state, words in STATES.items()} | {state: state for state in STATES}
    if typed not in states:
        raise typer.BadParameter(f"läget {typed} finns inte. Välj {', '.join(STATES)}")
    return states[typed]


def list_messages(
    round_name: RoundName = None,
    state: Annotated[
        str | None,
        typer.Option(
            "--state", metavar="LÄGE", parser=a_state, help=f"Ett av {', '.join(STATES)}."
        ),
    ] = None,
    everything: Everything = False,
    as_json: AsJson = False,
) -> None:
    """List the round's messages, newest last."""
    with looking(round_name) as (_, session, round_):
        found = message_lines(session, round_.id, state=state)
    if as_json:
        show_json({"round": round_.name, "messages": found})
        return
    shown = found if everything else found[-USUAL_ROWS:]
    if not found:
        which = f" i läget ”{STATES[state]}”" if state else ""
        say(f"Det finns inga brev{which}.")
    for line in shown:
        say(f"{instant(line['queued_at'])}  {line['to']}: {line['subject']}")
        say(f"    {_state(line)}")
    if len(shown) < len(found):
        say(f"De senaste {len(shown)} av {len(found)}. Visa alla med: agenda outbox list --all")


def retry(
    addresses: Annotated[
        list[str] | None, typer.Argument(metavar="[ADRESS…]", help="Adresserna det gäller.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Alla brev som misslyckades eller lades åt sidan.")
    ] = False,
    is_sure: Yes = False,
    is_dry: DryRun = False,
    round_name: RoundName = None,
) -> None:
    """Put messages back that failed or were set aside, and trust their addresses again."""
    if bool(addresses) == everything:
        raise BadInput("Ange adresserna som breven gick till, eller --all för alla.")
    wanted = None if everything else {address.casefold() for address in addresses or ()}
    with looking(round_name) as (_, session, round_):
        letters = given_up(session, round_, wanted)
        contacts = mistrusted(session, round_, wanted)
        _show_what_is_tried_again(letters, contacts)
    if is_dry or not (letters or contacts):
        say("Inget är ändrat.")
        return
    if not is_sure and not says_yes("Försök igen med de här"):
        say("Inget är ändrat.")
        return
    with changing(round_name) as (here, session, round_):
        letters = given_up(session, round_, wanted)
        for letter in letters:
            put_back(session, letter, by=here.by, at=here.now, why=WHY)
        for contact in mistrusted(session, round_, wanted):
            trust(session, contact, by=here.by, round_id=round_.id or 0)
    put = count(len(letters), "brev ligger", "brev ligger")
    say(f"{put} i utkorgen igen och går, om de fortfarande gäller.")
    follow_up(why="brev försöks igen")


def _show_what_is_tried_again(letters: Any, contacts: Any) -> None:
    for letter in letters:
        say(f"{shown_address(letter.recipient)}: {letter.subject}")
        say(f"    {STATES[letter.state.value]}. {letter.outcome}")
    for contact in contacts:
        say(f"{shown_address(contact.address)} är märkt som att den inte tar emot e-post:")
        say(f"    {contact.bounce_reason}")
    if not (letters or contacts):
        say("Det finns inga brev som misslyckades eller lades åt sidan, och inga märkta adresser.")


def _state(line: dict[str, Any]) -> str:
    words = STATES[line["state"]]
    if line["state"] == "sent":
        return f"{words} {instant(line['sent_at'])}"
    if line["state"] == "queued":
        words += f", tidigast {instant(line['next_attempt_at'])}"
    return f"{words}. {line['outcome']}" if line["outcome"] else words


def register(app: typer.Typer) -> None:
    """Add the commands."""
    outbox = group(app, "outbox", COMMANDS["outbox"].summary, "agenda outbox list")
    add(
        outbox,
        list_messages,
        "Visa breven: till vem, när och hur det gick.",
        "agenda outbox list",
        "agenda outbox list --state failed",
        "agenda outbox list --all --json",
        name="list",
    )
    add(
        outbox,
        retry,
        "Försök igen med brev som misslyckades eller lades åt sidan.",
        "agenda outbox retry registrator@bracke.se",
        "agenda outbox retry --all",
        name="retry",
    )
