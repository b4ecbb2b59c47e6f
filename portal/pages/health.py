"""`/halsa`: whether the product works, for a monitoring system. Names no person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from agenda.clock import utc_now
from agenda.storage.store import reading
from agenda.storage.upgrading import is_current
from agenda.words.errors import AgendaError
from flows.rest.api import PrefectAway
from flows.rest.deployments import Deployment, deployments
from flows.rest.standing import missing_at
from notifications.delivery.standstill import standstill
from notifications.outbox.unread import away_since
from notifications.readings.health import outbox_health, rounds_health
from notifications.unattended import unattended
from portal.door.rendering import Database, InForce

STUCK_AFTER = timedelta(minutes=15)
"""A message that has been due for longer than this is being delivered by nobody."""

SIGNS_OF_FAULT = (
    "outbox_is_stuck",
    "mail_stands_still_since",
    "incoming_mail_unread_since",
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
    found = outbox_health(session)
    return {
        "outbox_is_stuck": bool(found.due_since and found.due_since < now - STUCK_AFTER),
        "outbox_waiting": found.waiting,
        "outbox_waiting_since": _said(found.waiting_since),
        "outbox_failed": found.failed,
        "outbox_set_aside": found.set_aside,
    }


def _mail(session: Session, now: datetime) -> dict[str, Any]:
    """Since when nothing leaves; what the server said may name somebody and is left out."""
    found = standstill(session, now=now)
    away = away_since(session, now=now)
    return {
        "mail_stands_still_since": _said(found.since if found else None),
        "incoming_mail_unread_since": _said(away.fault_since if away else None),
    }


def _rounds(session: Session, now: datetime) -> dict[str, Any]:
    found = rounds_health(session, late_after=DAILY_ROUND_WITHIN, now=now)
    return {
        "rounds_attended_at": _said(found.attended_at),
        "rounds_paused": found.paused,
        "daily_round_is_late": found.is_late,
        # After an hour the postman attends them: some time later that has failed too.
        "activities_unattended": len(unattended(session, now=now - STUCK_AFTER)),
    }


def _said(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
