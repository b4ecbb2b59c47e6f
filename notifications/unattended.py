"""What is due and nobody attends: Prefect did not run, so the postman does its work.

Prefect is what starts the work, and there are many ways in which it can fail to: its server
or its runner is down, somebody removed its deployments or cancelled a run. Nobody asked must
go without a reminder for that. What has been due for an hour is attended all the same, and
the coordinator is told, once for each time that it stands still.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from agenda.models import Message, Round, identity
from agenda.rounds.facts import Situation, situation, situations
from agenda.rounds.round import open_rounds
from agenda.steps.timetable import DAILY_ROUND
from agenda.steps.verdicts import due
from agenda.storage.store import reading, transaction
from agenda.words.errors import AgendaError
from agenda.workdays import ONE_DAY, swedish_date, swedish_instant
from notifications.attending import announce
from notifications.notices.queueing import tell
from notifications.office import Office
from notifications.outbox.recipients import Turn

PATIENCE = timedelta(hours=1)
"""How long after its instant a step is left to Prefect."""
TEMPLATE = "unattended"
log = logging.getLogger(__name__)


def attend_what_nobody_has(engine: Engine, office: Office, *, now: datetime) -> list[int]:
    """Queue what has been due for an hour unattended, and tell the coordinator of it.

    One activity that cannot be attended does not stop the rest; it is tried again next time.

    Returns:
        The activities that were attended.
    """
    with reading(engine) as session:
        found = unattended(session, now=now)
    attended = []
    for activity_id in found:
        try:
            # First, because once it is attended nothing says any more that it had not been.
            _tell(engine, office, activity_id, now=now)
            announce(engine, office, activity_id=activity_id, now=now)
        except (SQLAlchemyError, AgendaError):
            log.exception("activity %d could not be attended", activity_id)
        else:
            attended.append(activity_id)
    return attended


def unattended(session: Session, *, now: datetime) -> list[int]:
    """The activities of open rounds that Prefect should have attended an hour ago and has not."""
    return [
        identity(known.row)
        for started in open_rounds(session)
        for known in situations(session, identity(started))
        if _is_unattended(known, before=now - PATIENCE)
    ]


def _is_unattended(known: Situation, *, before: datetime) -> bool:
    steps = [verdict.step for verdict in due(known.verdicts(before))]
    if not steps:
        return False
    attended_at = known.row.attended_at
    if attended_at is None:
        return known.round.started_at <= before
    # What came due by something that somebody did, e.g. released a step that was held, is the
    # next daily round's work.
    return attended_at < max(_daily_round_before(before), *(step.at for step in steps))


def _daily_round_before(instant: datetime) -> datetime:
    day = swedish_date(instant)
    at = swedish_instant(day, DAILY_ROUND)
    return at if at <= instant else swedish_instant(day - ONE_DAY, DAILY_ROUND)


def _tell(engine: Engine, office: Office, activity_id: int, *, now: datetime) -> None:
    with transaction(engine) as session:
        known = situation(session, activity_id)
        # The last daily round is the same for as long as Prefect stands still.
        since = known.round.gone_through_at or known.round.started_at
        if not _is_told(session, known.round, since):
            turn = Turn(session, office, known, now)
            tell(turn, TEMPLATE, subject_key=_key(since), gone_through_at=since)


def _is_told(session: Session, round_: Round, since: datetime) -> bool:
    told: Iterable[str] = session.exec(
        select(Message.step_key).where(
            Message.round_id == round_.id, col(Message.template) == TEMPLATE
        )
    )
    return any(step_key.endswith(_key(since)) for step_key in told)


def _key(since: datetime) -> str:
    return f"{since:%Y%m%dT%H%M%S}"
