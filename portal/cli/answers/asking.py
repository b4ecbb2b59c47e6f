"""What is asked and said when an answer that came by letter is recorded."""

import sys
from datetime import date
from typing import Annotated

import typer

from agenda.models import Answer
from agenda.rounds.activities import began_on
from agenda.rounds.finding import find_activity
from agenda.words.errors import BadInput
from portal.cli.terminal.output import count, say
from portal.cli.terminal.visit import looking

Yes = Annotated[bool, typer.Option("--yes", help="Fråga inte om en dag som ligger före omgången.")]


def confirmed_day(received: date, activity: str, round_name: str | None) -> bool:
    """Whether an answer can have come in on a day; one before the round began is asked about.

    Asked before anything is held: a question that stands unanswered is in nobody's way.

    Raises:
        BadInput: the round had not begun, and nobody is there to answer the question.
    """
    with looking(round_name) as (_, session, round_):
        first_on = began_on(find_activity(session, round_, activity), round_)
    if received >= first_on:
        return True
    said = f"{received} är före omgången, som började {first_on}"
    if not sys.stdin.isatty():
        raise BadInput(
            f"Inget är registrerat: {said}. Rätta --received, eller lägg till --yes om dagen "
            "stämmer."
        )
    try:
        answer = input(f"{said}. Stämmer dagen? [ja/nej] ")
    except EOFError:
        answer = ""
    if answer.strip().casefold() in ("j", "ja", "y", "yes"):
        return True
    say("Inget är registrerat.")
    return False


def say_what_it_replaces(answer: Answer) -> None:
    """Say that there was an answer before, which is kept."""
    if answer.version > 1:
        say(f"Det är version {answer.version}, och ersätter svaret som fanns. Det finns kvar.")


def receipt_in_words(mailed: int, organisation: str) -> str:
    """What is said of the receipt that was asked for."""
    if not mailed:
        return f"{organisation} har ingen adress, så inget kvitto mejlas."
    return f"{count(mailed, 'kvitto', 'kvitton')} mejlas till {organisation}."
