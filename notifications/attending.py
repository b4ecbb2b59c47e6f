"""The round's work as a plain function: look at an activity, queue what is due, deliver.

A scheduled run, the command line and the replay all call this. It may come early, late,
twice, at the same time as another, or not at all: what is due and not yet recorded is
queued once, and a missed day is caught up by the next look.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from agenda.models import Activity, Message, Organisation, Round, identity
from agenda.rounds.facts import Situation, situation
from agenda.storage.store import reading, transaction
from agenda.storage.taking_turns import patiently
from notifications.delivery.claiming import Delivered, Fate, ready
from notifications.delivery.sending import Sender, deliver
from notifications.notices.ahead import MANY, queue_for_many
from notifications.notices.arrivals import queue_arrivals
from notifications.notices.beforehand import queue_beforehand
from notifications.notices.queueing import queue_due
from notifications.notices.untold import queue_untold
from notifications.office import Office
from notifications.outbox.recipients import Turn

_NOT_ARRIVED = (Fate.FAILED, Fate.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Lot:
    """The messages to one organisation, or to the region's own people, that leave together."""

    label: str
    message_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LotResult:
    """What came of a lot."""

    sent: int = 0
    deferred: int = 0
    failed: tuple[str, ...] = ()
    """One Swedish sentence for each message that will never arrive."""
    is_server_away: bool = False
    """The mail server is in trouble: the rest waits for its next try."""


@dataclass(frozen=True, slots=True)
class Attended:
    """What one look at one activity came to."""

    round_name: str
    activity_key: str
    activity_title: str
    asked: int
    answered: int
    queued: int
    postponed: int
    """How many wait for the sending hours."""
    lots: tuple[Lot, ...]
    """What can leave now, leftovers included."""


def announce(engine: Engine, office: Office, *, activity_id: int, now: datetime) -> Attended:
    """Look at an activity and queue everything that is due about it.

    To many organisations it is queued in batches first; then all that is left, and the look
    itself, in one transaction. What only was in the way is waited for within the run: nobody
    else would look again before the next morning.
    """
    ahead: list[int] | None = None
    while True:
        attended = patiently(partial(_look, engine, office, activity_id, ahead, now=now))
        if attended is not None:
            return attended
        ahead = queue_for_many(engine, office, activity_id=activity_id, now=now)


def _look(
    engine: Engine, office: Office, activity_id: int, ahead: list[int] | None, *, now: datetime
) -> Attended | None:
    """One transaction's look; None where so many are asked that batches come first."""
    with transaction(engine) as session:
        known = situation(session, activity_id)
        if ahead is None and len(known.parties) >= MANY:
            return None
        queued = list(ahead or ())
        if known.facts.round_closed_at is None:
            turn = Turn(session, office, known, now)
            queued += [*queue_due(turn), *queue_arrivals(turn), *queue_untold(turn)]
            queued += queue_beforehand(turn)
            known.round.attended_at = known.row.attended_at = now
        leaving = ready(session, now=now, activity_id=activity_id)
        return _attended(known, queued, leaving, _lots(session, leaving))


def attend(
    engine: Engine,
    sender: Sender,
    office: Office,
    *,
    activity_id: int,
    now: Callable[[], datetime],
) -> tuple[Attended, LotResult]:
    """Look at an activity, queue what is due and deliver it: a whole run without Prefect.

    `now` is asked before every lot, because a slow mail server makes a long run.
    """
    attended = announce(engine, office, activity_id=activity_id, now=now())
    results: list[LotResult] = []
    for lot in attended.lots:
        results.append(deliver_lot(engine, sender, office, lot, now=now()))
        if results[-1].is_server_away:
            break
    return attended, together(results)


def deliver_lot(
    engine: Engine, sender: Sender, office: Office, lot: Lot, *, now: datetime
) -> LotResult:
    """Try to send the messages of a lot; one bad address never stops the rest."""
    delivered: list[Delivered] = []
    for message_id in lot.message_ids:
        delivered.append(deliver(engine, sender, office, message_id, now=now))
        if delivered[-1].is_about_server:
            break
    return LotResult(
        sent=sum(d.fate is Fate.SENT for d in delivered),
        deferred=sum(d.fate is Fate.DEFERRED for d in delivered),
        failed=tuple(f"{lot.label}: {d.said}" for d in delivered if d.fate in _NOT_ARRIVED),
        is_server_away=any(d.is_about_server for d in delivered),
    )


def together(results: Sequence[LotResult]) -> LotResult:
    """Several lots' results as one."""
    return LotResult(
        sent=sum(result.sent for result in results),
        deferred=sum(result.deferred for result in results),
        failed=tuple(sentence for result in results for sentence in result.failed),
        is_server_away=any(result.is_server_away for result in results),
    )


def activities_of(session: Session, round_: Round) -> list[int]:
    """The activities of a round, in the plan's order."""
    rows = session.exec(
        select(Activity.id).where(Activity.round_id == round_.id).order_by(col(Activity.position))
    )
    return [activity_id for activity_id in rows if activity_id is not None]


def open_activities(engine: Engine) -> list[int]:
    """The activities of every open round, in the plans' order."""
    with reading(engine) as session:
        found = session.exec(
            select(Activity)
            .join(Round)
            .where(col(Round.closed_at).is_(None))
            .order_by(col(Activity.round_id), col(Activity.position))
        )
        return [identity(row) for row in found]


def _attended(
    known: Situation, queued: list[int], leaving: list[int], lots: tuple[Lot, ...]
) -> Attended:
    return Attended(
        round_name=known.round.name,
        activity_key=known.activity.key,
        activity_title=known.activity.title,
        asked=len(known.facts.asked),
        answered=len(known.facts.asked) - known.facts.outstanding,
        queued=len(queued),
        postponed=len(set(queued) - set(leaving)),
        lots=lots,
    )


def _lots(session: Session, leaving: list[int]) -> tuple[Lot, ...]:
    """The messages grouped by whom they go to, in the order they leave."""
    lots: dict[str, list[int]] = {}
    for label, message_id in _labelled(session, leaving):
        lots.setdefault(label, []).append(message_id)
    return tuple(Lot(label, tuple(ids)) for label, ids in lots.items())


def _labelled(session: Session, leaving: list[int]) -> Iterator[tuple[str, int]]:
    if not leaving:
        return iter(())
    labels = {"responsible": "Ansvarig", "coordinator": "Samordnaren"}
    rows = session.exec(
        select(Message.id, Message.audience, Organisation.name)
        .join(Organisation, isouter=True)
        .where(col(Message.id).in_(leaving))
    )
    by_id = {key: labels.get(audience) or name or "" for key, audience, name in rows}
    return ((by_id[message_id], message_id) for message_id in leaving)
