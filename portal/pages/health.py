"""`/halsa`: whether the product works, for a monitoring system. Names no person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, func, select

from agenda.clock import utc_now
from agenda.errors import AgendaError
from agenda.models import Message, MessageState, Round
from agenda.storage.store import reading
from agenda.storage.upgrading import is_current
from flows.api import PrefectAway
from flows.deployments import Deployment, deployments
from flows.standing import missing_at
from notifications.delivery.standstill import standstill
from notifications.unattended import unattended
from portal.door.rendering import Database, InForce

STUCK_AFTER = timedelta(minutes=15)
"""A message that has been due for longer than this is being delivered by nobody."""

SIGNS_OF_FAULT = (
    "outbox_is_stuck",
    "mail_stands_still_since",
    "daily_round_is_late",
    "activities_unattended",
)
"""What the database tells that makes the product unwell."""

DAILY_ROUND_WITHIN = timedelta(hours=26)
"""It comes once a day; two hours are left for a slow machine."""

router = APIRouter()


@router.get("/halsa")
def health(settings: InForce, engine: Database) -> JSONResponse:
    """200 while everything that must work does, 503 when something does not.

    Prefect's absence is reported but is not yet a fault: mail leaves without it. It is one
    when the daily round has not come for a day, or when Prefect answers and lacks what runs.
    """
    now = utc_now()
    told: dict[str, Any] = {"database": _database(engine)} | _prefect(settings.prefect_api)
    is_well = told["database"] == "current" and not told["deployments_missing"]
    if told["database"] == "current":
        with reading(engine) as session:
            told |= _outbox(session, now) | _mail(session, now) | _rounds(session, now)
        is_well &= not any(told[sign] for sign in SIGNS_OF_FAULT)
    return JSONResponse(
        {"status": "ok" if is_well else "fault", **told}, status_code=200 if is_well else 503
    )


def _database(engine: Engine) -> str:
    try:
        return "current" if is_current(engine) else "not upgraded"
    except (AgendaError, SQLAlchemyError):
        return "unusable"


def _prefect(api: str) -> dict[str, Any]:
    try:
        lacking = missing_at(api, _wanted())
    except PrefectAway:
        return {"prefect": "away", "deployments_missing": []}
    return {"prefect": "reachable", "deployments_missing": lacking}


@cache
def _wanted() -> Sequence[Deployment]:
    return tuple(deployments())


def _outbox(session: Session, now: datetime) -> dict[str, Any]:
    queued = (
        select(func.min(Message.next_attempt_at), func.min(Message.queued_at), func.count())
        .join(Round)
        .where(Message.state == MessageState.QUEUED, col(Round.sending_paused_at).is_(None))
    )
    due_since, waiting_since, waiting = session.exec(queued).one()
    counts = select(func.count()).where(Message.state == MessageState.FAILED)
    aside = select(func.count()).where(Message.state == MessageState.SET_ASIDE)
    return {
        "outbox_is_stuck": bool(due_since and due_since < now - STUCK_AFTER),
        "outbox_waiting": waiting,
        "outbox_waiting_since": _said(waiting_since),
        "outbox_failed": session.exec(counts).one(),
        "outbox_set_aside": session.exec(aside).one(),
    }


def _mail(session: Session, now: datetime) -> dict[str, Any]:
    """Since when nothing leaves; what the server said may name somebody and is left out."""
    found = standstill(session, now=now)
    return {"mail_stands_still_since": _said(found.since if found else None)}


def _rounds(session: Session, now: datetime) -> dict[str, Any]:
    is_open = col(Round.closed_at).is_(None)
    attended_at = session.exec(select(func.min(Round.attended_at)).where(is_open)).one()
    # Of a round that none has gone through yet: since it was started.
    since = func.coalesce(col(Round.gone_through_at), col(Round.started_at))
    is_late = is_open & (since < now - DAILY_ROUND_WITHIN)
    late = session.exec(select(func.count()).select_from(Round).where(is_late)).one()
    paused = select(func.count()).where(is_open, col(Round.sending_paused_at).is_not(None))
    return {
        "rounds_attended_at": _said(attended_at),
        "rounds_paused": session.exec(paused).one(),
        "daily_round_is_late": bool(late),
        # After an hour the postman attends them: some time later that has failed too.
        "activities_unattended": len(unattended(session, now=now - STUCK_AFTER)),
    }


def _said(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
