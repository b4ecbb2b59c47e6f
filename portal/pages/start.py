"""The start page: where everything is, how every open round stands, what comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.clock import utc_now
from agenda.installation.settings import Settings
from agenda.models import Round, identity
from agenda.rounds.overview import Overview, overview
from agenda.rounds.round import Occasion, open_rounds, planned_occasions
from agenda.storage.store import reading
from flows.rest.addresses import artifact_itself_url, artifact_url, round_key, runs_url
from flows.rest.api import PrefectAway
from flows.rest.standing import newest_artifact_at
from notifications.delivery.standstill import standstill
from portal.door.rendering import Database, InForce, page
from portal.mailbox.words import mail_in_words

STEPS_SHOWN = 5

router = APIRouter()


@dataclass(frozen=True, slots=True)
class RoundOnPage:
    """One open round as the start page shows it."""

    overview: Overview
    ahead: list[Occasion]
    plan_url: str
    """Prefect's view of the whole plan ahead; its own start page shows the past day."""
    id: int
    is_paused: bool


@router.get("/")
def start_page(request: Request, settings: InForce, engine: Database) -> Response:
    """The start page."""
    with reading(engine) as session:
        shown = _rounds(session, settings, utc_now())
        stopped = standstill(session, now=utc_now())
    return page(
        request,
        "start.html",
        rounds=shown,
        prefect_url=settings.prefect_url,
        mail=mail_in_words(settings),
        stopped=stopped,
    )


@router.get("/matris/{round_id}")
def matrix(round_id: int, settings: InForce) -> Response:
    """To the matrix of who has answered what, as Prefect shows it; its menu hides it.

    Each version has an address of its own, so it is looked up when somebody goes there. Where
    there is none, or Prefect is away, it is the page where the versions will stand.
    """
    key = round_key(round_id)
    try:
        found = newest_artifact_at(settings.prefect_api, key)
    except PrefectAway:
        found = None
    url = settings.prefect_url
    target = artifact_itself_url(url, found) if found else artifact_url(url, key)
    return RedirectResponse(target, status_code=303)


def _rounds(session: Session, settings: Settings, now: datetime) -> list[RoundOnPage]:
    planned = planned_occasions(session, now=now)
    return [_on_page(session, settings, round_, planned, now) for round_ in open_rounds(session)]


def _on_page(
    session: Session, settings: Settings, round_: Round, planned: list[Occasion], now: datetime
) -> RoundOnPage:
    ahead = [occasion for occasion in planned if occasion.round_id == round_.id]
    last = ahead[-1].at if ahead else now
    return RoundOnPage(
        overview=overview(session, round_id=identity(round_), now=now),
        ahead=ahead[:STEPS_SHOWN],
        plan_url=runs_url(
            settings.prefect_url,
            round_name=round_.name,
            first=now,
            # The last step lies on the edge of the view otherwise.
            last=last + timedelta(days=1),
        ),
        id=identity(round_),
        is_paused=round_.sending_paused_at is not None,
    )
