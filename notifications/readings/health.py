"""How the outbox and the rounds are, in numbers: for a monitoring system. Names no person."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from agenda.models import Message, MessageState, Round


class OutboxHealth(NamedTuple):
    """What waits and what went wrong."""

    due_since: datetime | None
    """When the message that has waited longest could have left."""
    waiting_since: datetime | None
    waiting: int
    failed: int
    set_aside: int


class RoundsHealth(NamedTuple):
    """Whether the open rounds are gone through."""

    attended_at: datetime | None
    """When the one that was attended longest ago was."""
    is_late: bool
    paused: int


def outbox_health(session: Session) -> OutboxHealth:
    """The messages of rounds whose sending is not paused; failures of all."""
    queued = (
        select(func.min(Message.next_attempt_at), func.min(Message.queued_at), func.count())
        .join(Round)
        .where(Message.state == MessageState.QUEUED, col(Round.sending_paused_at).is_(None))
    )
    due_since, waiting_since, waiting = session.exec(queued).one()
    failed, aside = (
        session.exec(select(func.count()).where(Message.state == state)).one()
        for state in (MessageState.FAILED, MessageState.SET_ASIDE)
    )
    return OutboxHealth(due_since, waiting_since, waiting, failed, aside)


def rounds_health(session: Session, *, late_after: timedelta, now: datetime) -> RoundsHealth:
    """The open rounds; late is one that nobody has gone through for so long."""
    is_open = col(Round.closed_at).is_(None)
    attended_at = session.exec(select(func.min(Round.attended_at)).where(is_open)).one()
    # Of a round that none has gone through yet: since it was started.
    since = func.coalesce(col(Round.gone_through_at), col(Round.started_at))
    is_late = is_open & (since < now - late_after)
    late = session.exec(select(func.count()).select_from(Round).where(is_late)).one()
    paused = select(func.count()).where(is_open, col(Round.sending_paused_at).is_not(None))
    return RoundsHealth(attended_at, bool(late), session.exec(paused).one())
