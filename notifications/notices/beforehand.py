"""What leaves tomorrow is told to the coordinator today: to be read, mended or held in time.

One letter about all of a round's steps that speak to the organisations or their managers on
the next workday. What it tells is on record beside it (`MessageStep`): a step is foretold
once, and an escalation that was not waits until it is (`agenda.steps.verdicts`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from agenda.models import identity
from agenda.rounds.facts import Situation, situations
from agenda.steps.kinds import Audience, StepKind
from agenda.steps.labels import step_label
from agenda.steps.timetable import DAILY_ROUND, Step
from agenda.steps.verdicts import Verdict
from agenda.workdays import swedish_date, swedish_instant
from notifications.letters.foretold import Foretold
from notifications.letters.letter import Letter
from notifications.notices.making import Wanted, make
from notifications.notices.telling import letter
from notifications.outbox.hours import leaves_at
from notifications.outbox.on_record import put_on_record
from notifications.outbox.queue import Cause, Recipient, Worded, queue
from notifications.outbox.recipients import Turn, coordinators

BEFOREHAND = "beforehand"
"""The letter's template, and the step's name under which it stands in the outbox."""


class _Part(NamedTuple):
    """One step of one activity, and those that it is about."""

    known: Situation
    step: Step
    organisations: tuple[str, ...]


def queue_beforehand(turn: Turn) -> list[int]:
    """Queue the notice, where the activity looked at has something new to foretell.

    Whatever else of the round leaves on the same day stands in it too. Nothing is written
    that would not leave today: tomorrow it is no news.
    """
    known, today = turn.known, swedish_date(turn.now)
    if known.round.sending_paused_at is not None:
        return []
    # At one time of day, though a run may have looked before it.
    at = max(turn.now, swedish_instant(today, max(known.head.sending.at, DAILY_ROUND)))
    leaves = leaves_at(at, known.head.sending, known.workdays)
    if swedish_date(leaves) != today:
        return []
    own = _parts(known, turn.now)
    if not own:
        return []
    every = situations(turn.session, identity(known.round))
    parts = [part for each in every for part in _parts(each, turn.now)]
    return [
        message_id
        for recipient in coordinators(turn)
        if (message_id := _queue(turn, recipient, own[0].step, parts, leaves)) is not None
    ]


def _parts(known: Situation, now: datetime) -> list[_Part]:
    """An activity's steps to foretell, earliest first, each with the organisations' names."""
    found: dict[Step, list[Verdict]] = {}
    for verdict in known.to_be_foretold(now):
        found.setdefault(verdict.step, []).append(verdict)
    return [
        _Part(known, step, tuple(_names(known, about)))
        for step, about in sorted(found.items(), key=lambda one: (one[0].at, one[0].key))
    ]


def _names(known: Situation, about: Iterable[Verdict]) -> Iterable[str]:
    return (known.parties[v.organisation].organisation.name for v in about if v.organisation)


def _queue(
    turn: Turn, recipient: Recipient, lead: Step, parts: Sequence[_Part], leaves: datetime
) -> int | None:
    cause = Cause(
        round_id=identity(turn.known.round),
        activity_id=identity(turn.known.row),
        organisation_id=None,
        audience=Audience.COORDINATOR.value,
        # Each step is foretold once, so the first of them tells one notice from the next.
        step_key=f"{lead.activity}:{BEFOREHAND}:{lead.key.partition(':')[2]}",
        step=BEFOREHAND,
        template=BEFOREHAND,
        due_on=None,
    )
    wanted = Wanted(turn, recipient, _letter(turn, recipient, parts, leaves), None)
    key = wanted.key
    message_id = queue(
        turn.session,
        cause,
        recipient,
        make(wanted, key).rendered,
        now=turn.now,
        leaves_at=leaves,
        domain=turn.office.domain,
        worded=Worded(key.digest),
    )
    if message_id is not None:
        told = ((identity(part.known.row), part.step.key) for part in parts)
        put_on_record(turn.session, message_id, told)
    return message_id


def _letter(turn: Turn, recipient: Recipient, parts: Sequence[_Part], leaves: datetime) -> Letter:
    foretold = tuple(_foretold(part, recipient.language, turn.now) for part in parts)
    desk_url = turn.office.desk_url(identity(turn.known.round))
    about = letter(turn, recipient, BEFOREHAND, leaves)
    return replace(about, foretold=foretold, desk_url=desk_url)


def _foretold(part: _Part, language: str, now: datetime) -> Foretold:
    head, workdays = part.known.head, part.known.workdays
    at = swedish_instant(workdays.after(swedish_date(now), 1), head.sending.at)
    return Foretold(
        at=leaves_at(at, head.sending, workdays),
        label=step_label(part.step, language),
        title=part.known.activity.title,
        organisations=part.organisations,
        is_escalation=part.step.kind is StepKind.ESCALATION,
    )
