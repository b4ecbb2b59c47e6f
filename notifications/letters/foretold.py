"""What is about to leave in the coordinator's name, as the notice of it says it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agenda.words.sentence import said
from agenda.workdays import swedish_date
from notifications.letters import dates
from notifications.letters.cleaning import one_line
from notifications.letters.sentences import SENTENCES

NAMED = 12
"""How many organisations a line names; of more it says how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """One step of one activity that is about to leave."""

    at: datetime
    """When it leaves, in UTC."""
    label: str
    """What the step is called, in the letter's language."""
    title: str
    """The activity's."""
    organisations: tuple[str, ...]
    """The names of those that it is about."""
    is_escalation: bool = False
    """It tells managers that an answer is missing."""


def foretold_in_words(steps: Sequence[Foretold], language: str) -> dict[str, Any]:
    """What a template may name of what is about to leave; nothing where nothing is."""
    if not steps:
        return {}
    first = min(one.at for one in steps)
    return {
        "day": dates.in_words(swedish_date(first), language),
        "day_short": dates.short(swedish_date(first), language),
        "when": dates.at_in_words(first, language),
        "count": len(steps),
        "first": _step(steps[0]),
        "letters": [_line(one, language) for one in steps if not one.is_escalation],
        "escalations": [_line(one, language) for one in steps if one.is_escalation],
    }


def _step(one: Foretold) -> str:
    return one_line(f"{one.label} – {one.title}")


def _line(one: Foretold, language: str) -> str:
    names = [one_line(name) for name in one.organisations]
    rest = len(names) - NAMED
    # To leave out one name saves nothing.
    if rest > 1:
        named = SENTENCES("foretold_more", names=", ".join(names[:NAMED]), count=rest)
        return f"{_step(one)}: {said(named, language)}"
    return f"{_step(one)}: {', '.join(names)}"
