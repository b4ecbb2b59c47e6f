"""What runs are called that the plan did not name."""

import re
from datetime import datetime

from prefect import runtime
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from agenda.installation.settings import settings
from agenda.installation.signature import opened
from agenda.models import Activity, Round
from agenda.storage.store import reading
from agenda.words.errors import AgendaError
from agenda.workdays import swedish_date
from flows.rest.schedules import run_title


def is_named(name: str) -> bool:
    """Whether somebody chose a run's name; Prefect's own is two random words: "gentle-wolf"."""
    return re.fullmatch(r"[a-z]+-[a-z]+", name) is None


def activity_run_name() -> str:
    """The name of a run of an activity: the planned one, or that it was started by hand."""
    given: str = runtime.flow_run.name
    if is_named(given):
        return given
    try:
        with opened(settings()) as engine:
            activity = runtime.flow_run.parameters["activity"]
            return activity_name(engine, activity, what="startad för hand")
    except (AgendaError, SQLAlchemyError):
        # The run itself says in words what is wrong; a name that raises would say it in SQL.
        return given


def upkeep_run_name() -> str:
    """The name of a run of the daily round: the one it was given, or the day's."""
    given: str = runtime.flow_run.name
    at: datetime = runtime.flow_run.scheduled_start_time
    return given if is_named(given) else f"Daglig genomgång {swedish_date(at).isoformat()}"


def activity_name(engine: Engine, activity_id: int, *, what: str) -> str:
    """What an activity is called on the dashboard: "Inspel · omgång 2027".

    Args:
        engine: The product's database.
        activity_id: The activity; it may be one that does not exist.
        what: What is done about it, between its title and its round.
    """
    with reading(engine) as session:
        row = session.get(Activity, activity_id)
        if row is None:
            return f"Aktivitet {activity_id} finns inte"
        round_ = session.get_one(Round, row.round_id)
        return run_title(row.title, what, round_.name)
