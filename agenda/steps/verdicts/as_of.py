"""The facts of an activity as they were at an earlier instant. Pure.

What tells of an instant is known from then on. Of what has replaced something else, and of
what was taken back, a `Past` remembers what it was before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from agenda.steps.verdicts.terms import Asked, Facts, Status


class Answered(NamedTuple):
    """One version of an answer, while it held."""

    kind: Status
    received_at: datetime
    known_from: datetime
    withdrawn_at: datetime | None


class Granted(NamedTuple):
    """An extension, and when it was granted."""

    to: date
    at: datetime


class Spell(NamedTuple):
    """A state that has ended: done and reopened, held and released."""

    what: str
    """The name of what is known of it: "done_at", "held"."""
    since: datetime
    until: datetime
    step: str = ""
    """The name of the step that was held."""


class Past(NamedTuple):
    """What was known of an activity and of one organisation in it, before what is known now."""

    answers: Sequence[Answered] = ()
    """By version."""
    extensions: Sequence[Granted] = ()
    """The earliest first."""
    bounces: Sequence[datetime | None] = ()
    """Since when each of its primary addresses refuses mail."""
    spells: Sequence[Spell] = ()


def facts_as_of(facts: Facts, instant: datetime, past: Past) -> Facts:
    """What was known of an activity at an instant.

    Args:
        facts: What is known now, of the activity and of one organisation that it asks.
        instant: The instant.
        past: What was known of them before.
    """
    until = _until(facts, instant)
    for spell in past.spells:
        if spell.since <= instant < spell.until:
            held = {spell.step: spell.since}
            until[spell.what] = until["held"] | held if spell.step else spell.since
    return replace(
        facts,
        **until,
        asked=[_asked(asked, instant, past) for asked in facts.asked],
        moves=[move for move in facts.moves if move[2] <= instant],
    )


def _until(of: Facts | Asked, instant: datetime) -> dict[str, Any]:
    """The instants in something known, and the lists of instants, up to one of them."""
    found: dict[str, Any] = {}
    for name in (field.name for field in fields(of)):
        value = getattr(of, name)
        if name.endswith("_at"):
            found[name] = value if value is not None and value <= instant else None
        elif isinstance(value, Mapping):
            found[name] = {key: at for key, at in value.items() if at <= instant}
    return found


def _asked(asked: Asked, instant: datetime, past: Past) -> Asked:
    answer = _answer(past, instant)
    then = {
        "answer": answer.kind if answer else None,
        "answered_at": answer.received_at if answer else None,
        "extended_to": _extended_to(asked, past, instant),
        "unreachable": _unreachable(asked, past, instant),
    }
    return replace(asked, **(_until(asked, instant) | then))


def _answer(past: Past, instant: datetime) -> Answered | None:
    held = [
        answer
        for answer in past.answers
        if answer.known_from <= instant
        and (answer.withdrawn_at is None or answer.withdrawn_at > instant)
    ]
    return held[-1] if held else None


def _extended_to(asked: Asked, past: Past, instant: datetime) -> date | None:
    if not past.extensions:
        return asked.extended_to
    granted = [extension.to for extension in past.extensions if extension.at <= instant]
    return granted[-1] if granted else None


def _unreachable(asked: Asked, past: Past, instant: datetime) -> Status | None:
    if asked.unreachable is not Status.BOUNCED:
        return asked.unreachable
    is_refused = all(at is not None and at <= instant for at in past.bounces)
    return Status.BOUNCED if is_refused else None
