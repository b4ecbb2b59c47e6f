"""Sessions: browsers in which somebody is signed in to the desk, until one of two limits."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, delete, select

from agenda.links.keyring import token_hash
from agenda.models import Coordinator, DeskSession, identity
from agenda.people.coordinators import coordinators_at_work
from agenda.register import By, What, record

IDLE: Final = timedelta(hours=4)
"""How long somebody may stay away (ASVS 5.0: 7.3.1)."""
LONGEST: Final = timedelta(hours=12)
"""How long a session lasts, whatever is done in it (ASVS 5.0: 7.3.2)."""
FRESH: Final = timedelta(minutes=30)
"""How long after somebody showed who they are what cannot be undone may be done."""
SEEN_EVERY: Final = timedelta(minutes=5)
"""How exactly it is noted when somebody came last."""


def begin(session: Session, coordinator: Coordinator, *, now: datetime) -> str:
    """Sign somebody in, in a session of its own; the secret that its cookie holds."""
    token = secrets.token_urlsafe(32)
    session.add(
        DeskSession(
            coordinator_id=identity(coordinator),
            token_hash=token_hash(token),
            signed_in_at=now,
            seen_at=now,
        )
    )
    by = By.person(coordinator.name, now, identity=coordinator.id)
    record(session, by, What.SIGNED_IN)
    return token


def find(session: Session, token: str, *, now: datetime) -> tuple[DeskSession, Coordinator] | None:
    """Who is signed in with a cookie's secret; None where nobody is, or no longer."""
    row = session.exec(
        select(DeskSession, Coordinator)
        .join(Coordinator)
        .where(
            DeskSession.token_hash == token_hash(token),
            col(DeskSession.ended_at).is_(None),
            col(DeskSession.signed_in_at) > now - LONGEST,
            col(DeskSession.seen_at) > now - IDLE,
            col(Coordinator.left_at).is_(None),
        )
    ).first()
    return (row[0], row[1]) if row else None


def coordinates_open_round(session: Session, token: str, *, now: datetime) -> bool:
    """Whether a cookie's secret is that of somebody who coordinates a round under way."""
    found = find(session, token, now=now)
    return found is not None and found[1] in coordinators_at_work(session)


def is_fresh(signed_in: DeskSession, *, now: datetime) -> bool:
    """Whether somebody showed who they are so lately that it need not be asked again."""
    return signed_in.signed_in_at > now - FRESH


def note_seen(session: Session, session_id: int, *, now: datetime) -> None:
    """Note that somebody came, so that the session does not end for idleness."""
    signed_in = session.get_one(DeskSession, session_id)
    signed_in.seen_at = max(signed_in.seen_at, now)


def end(session: Session, session_id: int, *, now: datetime) -> None:
    """Sign a browser out."""
    signed_in = session.get_one(DeskSession, session_id)
    signed_in.ended_at = signed_in.ended_at or now


def end_everywhere(session: Session, coordinator_id: int, *, by: By) -> int:
    """Sign somebody out in every browser; in how many they were signed in."""
    found = _going_on(session, coordinator_id, now=by.at)
    for signed_in in found:
        signed_in.ended_at = by.at
    if found:
        record(session, by, What.SIGNED_OUT_EVERYWHERE, after=f"antal: {len(found)}")
    return len(found)


def forget_ended(session: Session, *, before: datetime) -> None:
    """Remove the sessions that ended, by one limit or the other, before an instant."""
    over = (
        (col(DeskSession.ended_at) < before)
        | (col(DeskSession.signed_in_at) < before - LONGEST)
        | (col(DeskSession.seen_at) < before - IDLE)
    )
    session.exec(delete(DeskSession).where(over))


def _going_on(session: Session, coordinator_id: int, *, now: datetime) -> Sequence[DeskSession]:
    return session.exec(
        select(DeskSession).where(
            DeskSession.coordinator_id == coordinator_id,
            col(DeskSession.ended_at).is_(None),
            col(DeskSession.signed_in_at) > now - LONGEST,
            col(DeskSession.seen_at) > now - IDLE,
        )
    ).all()
