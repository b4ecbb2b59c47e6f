"""`/halsa`: whether the product works, for a monitoring system. Names no person."""

from datetime import datetime, timedelta
from typing import Any

import httpx
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, func, select

from agenda.clock import utc_now
from agenda.errors import AgendaError
from agenda.models import Message, MessageState, Round
from agenda.store import reading
from agenda.upgrading import is_current
from notifications.standstill import standstill
from portal.pages.rendering import Database, InForce

STUCK_AFTER = timedelta(minutes=15)
"""A message that has been due for longer than this is being delivered by nobody."""

router = APIRouter()


@router.get("/halsa")
def health(settings: InForce, engine: Database) -> JSONResponse:
    """200 while everything that must work does, 503 when something does not.

    Prefect's absence is reported but is not a fault: mail leaves without it.
    """
    now = utc_now()
    told: dict[str, Any] = {
        "database": _database(engine),
        "prefect": _prefect(settings.prefect_api),
    }
    is_well = told["database"] == "current"
    if is_well:
        with reading(engine) as session:
            told |= _outbox(session, now) | _mail(session, now) | _rounds(session)
        is_well = not (told["outbox_is_stuck"] or told["mail_stands_still_since"])
    return JSONResponse(
        {"status": "ok" if is_well else "fault", **told}, status_code=200 if is_well else 503
    )


def _database(engine: Engine) -> str:
    try:
        return "current" if is_current(engine) else "not upgraded"
    except (AgendaError, SQLAlchemyError):
        return "unusable"


def _prefect(api: str) -> str:
    try:
        # A proxy that the machine names for the outside must not be asked for loopback.
        answer = httpx.get(f"{api}/health", timeout=1, trust_env=False)
    except httpx.HTTPError:
        return "away"
    return "reachable" if answer.is_success else "away"


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


def _rounds(session: Session) -> dict[str, Any]:
    is_open = col(Round.closed_at).is_(None)
    attended_at = session.exec(select(func.min(Round.attended_at)).where(is_open)).one()
    paused = select(func.count()).where(is_open, col(Round.sending_paused_at).is_not(None))
    return {
        "rounds_attended_at": _said(attended_at),
        "rounds_paused": session.exec(paused).one(),
    }


def _said(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
