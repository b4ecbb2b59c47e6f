"""`agenda outbox`: what was sent, what waits, what failed."""

from typing import Annotated, Any

import typer

from portal.cli.options import AsJson, Everything, RoundName, add, group
from portal.cli.output import instant, say, show_json, shown_address
from portal.cli.visit import looking

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
    known = {words: state for state, words in STATES.items()} | {state: state for state in STATES}
    if typed not in known:
        raise typer.BadParameter(f"läget {typed} finns inte. Välj {', '.join(STATES)}")
    return known[typed]


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
    with looking(round_name) as (_, session, known):
        found = _lines(session, known.id, state)
    if as_json:
        show_json({"round": known.name, "messages": found})
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


def _lines(session: Any, round_id: int | None, state: str | None) -> list[dict[str, Any]]:
    from sqlmodel import col, select

    from agenda.models import Message, MessageState, Organisation

    query = (
        select(Message, Organisation)
        .join(Organisation, isouter=True)
        .where(Message.round_id == round_id)
        .order_by(col(Message.queued_at).desc(), col(Message.id).desc())
    )
    if state is not None:
        query = query.where(col(Message.state) == MessageState(state))
    found = [_line(message, place) for message, place in session.exec(query)]
    found.reverse()
    return found


def _line(message: Any, place: Any) -> dict[str, Any]:
    return {
        "queued_at": message.queued_at,
        "organisation": place.key if place else None,
        "name": message.recipient_name,
        "to": shown_address(message.recipient),
        "subject": message.subject,
        "step": message.step,
        "state": message.state.value,
        "next_attempt_at": message.next_attempt_at if message.state.value == "queued" else None,
        "sent_at": message.sent_at,
        "attempts": message.attempts,
        "is_uncertain": message.is_uncertain,
        "outcome": message.outcome,
        "message_id": message.message_id,
    }


def _state(line: dict[str, Any]) -> str:
    words = STATES[line["state"]]
    if line["state"] == "sent":
        return f"{words} {instant(line['sent_at'])}"
    if line["state"] == "queued":
        words += f", tidigast {instant(line['next_attempt_at'])}"
    return f"{words}. {line['outcome']}" if line["outcome"] else words


def register(app: typer.Typer) -> None:
    """Add the commands."""
    outbox = group(
        app, "outbox", "Brev som har skickats, väntar eller misslyckats.", "agenda outbox list"
    )
    add(
        outbox,
        list_messages,
        "Visa breven: till vem, när och hur det gick.",
        "agenda outbox list",
        "agenda outbox list --state failed",
        "agenda outbox list --all --json",
        name="list",
    )
