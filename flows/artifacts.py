"""The artifacts that Prefect shows: one for each round and one for each activity."""

from datetime import datetime

from prefect.artifacts import create_markdown_artifact
from sqlalchemy import Engine
from sqlmodel import Session

from agenda.installation.settings import settings
from agenda.models import Activity
from agenda.rounds.overview import Overview, overview
from agenda.storage.store import reading
from flows.dashboard import activity_markdown, round_markdown
from flows.rest.addresses import activity_key, round_key
from notifications.delivery.standstill import standstill


def refresh(engine: Engine, *, activity_id: int, now: datetime) -> None:
    """Show where an activity and its round stand, on the page of the run that calls this.

    Args:
        engine: The product's database.
        activity_id: The activity that the run looked at.
        now: The present instant.
    """
    with reading(engine) as session:
        row = session.get_one(Activity, activity_id)
        view = overview(session, round_id=row.round_id, now=now)
        trouble = _trouble(session, now)
    _show_activity(view, row.round_id, row.key)
    _show_round(view, row.round_id, trouble)


def refresh_round(engine: Engine, *, round_id: int, now: datetime) -> None:
    """Show where a round and each of its activities stand.

    Args:
        engine: The product's database.
        round_id: The round.
        now: The present instant.
    """
    with reading(engine) as session:
        view = overview(session, round_id=round_id, now=now)
        trouble = _trouble(session, now)
    for line in view.activities:
        _show_activity(view, round_id, line.key)
    _show_round(view, round_id, trouble)


def _trouble(session: Session, now: datetime) -> str:
    found = standstill(session, now=now)
    return f"{found.in_words} {found.said}" if found else ""


def _show_activity(view: Overview, round_id: int, key: str) -> None:
    title = next(line.title for line in view.activities if line.key == key)
    create_markdown_artifact(
        activity_markdown(view, key) + _at_desk(f"{round_id}/plan/{key}"),
        key=activity_key(round_id, key),
        description=f"{title}, omgång {view.round_name}",
    )


def _show_round(view: Overview, round_id: int, trouble: str) -> None:
    create_markdown_artifact(
        round_markdown(view, trouble=trouble) + _at_desk(str(round_id)),
        key=round_key(round_id),
        description=f"Hela omgång {view.round_name}",
    )


def _at_desk(page: str) -> str:
    return f"\n[Till samordnarens bord]({settings().portal_url}/samordna/{page})\n"
