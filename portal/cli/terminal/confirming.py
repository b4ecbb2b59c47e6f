"""What an act leads to, shown before it is done; then the question, and the act."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Annotated

import typer

from agenda.models import Activity
from agenda.rounds.finding import find_activity
from agenda.rounds.round import find_round
from agenda.storage.store import reading
from agenda.words.errors import BadInput
from notifications.acts.foreseeing import (
    Consequences,
    ForeseeableAct,
    FutureLetter,
    FutureStep,
    Overtaken,
    carry_out,
    foresee,
)
from portal.cli.terminal.output import complain, count, instant, say
from portal.cli.terminal.visit import Visit, visit

Yes = Annotated[bool, typer.Option("--yes", help="Gör det utan att fråga.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Visa bara vad som skulle hända. Inget ändras.")
]
_LONGEST = 12
"""How many lines of one kind are shown one by one."""
_YES = ("j", "ja", "y", "yes")


@contextmanager
def facing(activity: str, round_name: str | None) -> Iterator[tuple[Visit, Activity]]:
    """A visit to one activity, as it stands before anything is done to it.

    Raises:
        NotFound: there is no such activity or round, or several rounds and none was named.
    """
    with visit() as here:
        with reading(here.engine) as session:
            row = find_activity(session, find_round(session, round_name), activity)
        yield here, row


def do_if_confirmed(
    here: Visit, act: ForeseeableAct, *, question: str, is_sure: bool, is_dry: bool
) -> Consequences | None:
    """Show what follows and ask, then do it; None when nothing was done.

    Args:
        here: The visit.
        act: What is to be done.
        question: What is asked, without the question mark: "Flytta inspel till 2020-10-09".
        is_sure: Do it without a question (--yes).
        is_dry: Only show what follows (--dry-run).

    Raises:
        BadInput: nobody is there to answer the question.
        AgendaError: it cannot be done; the act's own sentence.
    """
    if is_sure and not is_dry:
        return carry_out(here.engine, here.office, act, now=here.clock())
    found = foresee(here.engine, here.office, act, now=here.clock())
    show_consequences(found)
    if is_dry:
        say("Inget är ändrat: det här var bara en titt framåt.")
        return None
    while True:
        if not says_yes(question):
            say("Inget är ändrat.")
            return None
        try:
            return carry_out(here.engine, here.office, act, now=here.clock(), token=found.token)
        except Overtaken as overtaken:
            found = overtaken.consequences
            complain("Något har ändrats medan frågan stod här. Nu skulle det här hända:")
            show_consequences(found)


def says_yes(question: str) -> bool:
    """Ask; whether the answer is yes.

    Raises:
        BadInput: nobody is there to answer.
    """
    if not sys.stdin.isatty():
        raise BadInput(
            "Inget är ändrat, för ingen är här och kan svara på frågan. "
            "Lägg till --yes för att göra det, eller --dry-run för att bara se vad som händer."
        )
    try:
        answer = input(f"{question}? [ja/nej] ")
    except EOFError:
        return False
    return answer.strip().casefold() in _YES


def show_consequences(found: Consequences) -> None:
    """Write what an act leads to."""
    _letters("Brev som går ut:", found.letters)
    _letters("Brev som väntar och inte går ut:", found.withdrawn)
    _steps("Steg som inte blir av:", found.ends)
    _steps("Steg som tillkommer:", found.begins)
    if not (found.letters or found.withdrawn or found.ends or found.begins):
        say("Inga brev går ut, och inga steg ändras.")
    for remark in found.remarks:
        say(f"Observera: {remark}", style="yellow")


def _letters(heading: str, letters: Sequence[FutureLetter]) -> None:
    if not letters:
        return
    say(heading, style="bold")
    for subject, same in groupby(letters, key=lambda letter: letter.subject):
        together = list(same)
        say(f"  {subject}")
        _few(
            f"    till {one.organisation or one.to}{f', {one.to}' if one.organisation else ''}"
            for one in together
        )


def _steps(heading: str, steps: Sequence[FutureStep]) -> None:
    if not steps:
        return
    say(heading, style="bold")
    ordered = sorted(steps, key=lambda step: (step.at, step.label, step.recipient))
    lines = []
    for (at, label), same in groupby(ordered, key=lambda step: (step.at, step.label)):
        names = list(dict.fromkeys(step.recipient for step in same))
        whom = names[0] if len(names) == 1 else count(len(names), "mottagare", "mottagare")
        lines.append(f"  {instant(at)}  {label}: {whom}")
    _few(lines)


def _few(lines: Iterable[str]) -> None:
    whole = list(lines)
    for line in whole[:_LONGEST]:
        say(line)
    if len(whole) > _LONGEST:
        say(f"    … och {len(whole) - _LONGEST} till.")
