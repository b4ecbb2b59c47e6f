"""A step for many organisations: its letters are made before the turn to write is taken.

Two hundred and ninety letters take seconds to make, and all who write wait for the turn. So
they are made while only reading, and queued a batch at a time. What changes meanwhile does no
harm: the unique key decides what exists, and what no longer holds never leaves.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Engine
from sqlmodel import Session

from agenda.models import Activity, Round
from agenda.rounds.facts import Situation, situation
from agenda.steps.verdicts import Verdict, due
from agenda.storage.store import reading, transaction
from agenda.storage.taking_turns import patiently
from notifications.notices.making import Ahead, Key, Made, use
from notifications.notices.queueing import queue_unless_faulty, wanted_by
from notifications.office import Office
from notifications.outbox.recipients import Turn

MANY = 100
"""For fewer organisations the letters are made within the turn: that takes no time to speak of."""
BATCH = 100


def queue_for_many(engine: Engine, office: Office, *, activity_id: int, now: datetime) -> list[int]:
    """Queue what is due to the many organisations that an activity asks."""
    with reading(engine) as session:
        known = situation(session, activity_id)
        found = [v for v in due(known.verdicts(now)) if v.organisation is not None]
        made = _made(Turn(session, office, known, now), found)
    queued: list[int] = []
    for first in range(0, len(found), BATCH):
        batch = found[first : first + BATCH]
        queued += patiently(partial(_queued, engine, office, known, batch, made, now=now))
    return queued


def _made(turn: Turn, found: Sequence[Verdict]) -> dict[Key, Made]:
    made: dict[Key, Made] = {}
    for verdict in found:
        try:
            made.update((wanted.key, wanted.made()) for wanted in wanted_by(turn, verdict))
        except Exception:  # noqa: S112  # met again, set aside and told when it is queued
            continue
    return made


def _queued(
    engine: Engine,
    office: Office,
    known: Situation,
    batch: Sequence[Verdict],
    made: Ahead,
    *,
    now: datetime,
) -> list[int]:
    with transaction(engine) as session:
        if _has_changed(session, known):
            # The look itself, which comes after this, sees what holds now.
            return []
        use(session, made)
        turn = Turn(session, office, known, now)
        return [id_ for verdict in batch for id_ in queue_unless_faulty(turn, verdict)]


def _has_changed(session: Session, known: Situation) -> bool:
    row = session.get_one(Activity, known.row.id)
    ended = session.get_one(Round, known.round.id).closed_at
    was = known.row
    return ended is not None or (
        (row.due_on, row.revision, row.done_at, row.cancelled_at, row.locked_at)
        != (was.due_on, was.revision, was.done_at, was.cancelled_at, was.locked_at)
    )
