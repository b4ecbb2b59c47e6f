"""`/samordna/prefect`: who may see Prefect's dashboard, and the way to it from the sign-in page.

Prefect knows no people and shows every round; whoever reaches it can do anything there. So a proxy
in front of it asks here about each request, and lets through what reads (docs/nginx/agenda.conf).
"""

from datetime import timedelta
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from agenda.clock import utc_now
from agenda.models import DeskRole
from agenda.people.sessions import coordinates_open_round
from agenda.rounds.finding import find_activity
from agenda.rounds.round import last_occasion
from agenda.storage.store import reading
from agenda.words.errors import NotFound
from flows.rest.addresses import runs_url
from portal.desk.cookies import HOME, DeskCookie, is_way_on, kept
from portal.desk.entrance.signing_in import engine_of
from portal.desk.visits import AtDesk, InRound, NotYours, RefusedBecause
from portal.door.visits import client_of, gates

router = APIRouter(prefix=HOME)
"""What is open to all."""
own_router = APIRouter(prefix=HOME)
"""What is for who is signed in."""
round_router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/korningar")
"""What is about a round's runs."""
BEYOND = timedelta(days=1)
"""How far the view goes past the last step, which would lie on its edge."""


@router.api_route("/prefect-far", methods=["GET", "HEAD"])
def may_see(request: Request) -> Response:
    """204 for who is signed in and coordinates a round that is under way; else 401, and no more.

    Only the cookie is looked at: whatever else a request says of where it was going can be made
    up. It is not noted that they came, as an open dashboard asks by itself all night.
    """
    gates(request).enter("address", client_of(request))
    token = kept(request, DeskCookie.SIGNED_IN)
    if not token:
        return Response(status_code=401)
    with reading(engine_of(request)) as session:
        may = coordinates_open_round(session, token, now=utc_now())
    return Response(status_code=204 if may else 401)


@own_router.api_route("/prefect/{page:path}", methods=["GET", "HEAD"])
def to_dashboard(here: AtDesk, page: str) -> Response:
    """To a page of the dashboard; where the proxy sends those whom it does not let through.

    Raises:
        NotYours: they coordinate no round that is under way, so that they would come back here.
    """
    if not any(
        role is DeskRole.COORDINATOR and round_.closed_at is None for round_, role in here.rounds
    ):
        raise NotYours(here, RefusedBecause.NO_DASHBOARD)
    if not is_way_on(f"{HOME}/prefect/{page}"):
        return RedirectResponse(HOME, status_code=303)
    query = f"?{here.request.url.query}" if here.request.url.query else ""
    return RedirectResponse(f"{here.settings.prefect_url}/{quote(page)}{query}", status_code=303)


@round_router.api_route("", methods=["GET", "HEAD"])
def to_runs(here: InRound, aktivitet: str = "") -> Response:
    """To the round's runs in the dashboard, from its start to its last step; or an activity's.

    Raises:
        NotYours: there is no such activity, or the dashboard is not for them.
    """
    if not here.sees_runs:
        raise NotYours(here, RefusedBecause.NO_DASHBOARD)
    with reading(here.engine) as session:
        try:
            title = find_activity(session, here.round, aktivitet).title if aktivitet else ""
        except NotFound:
            raise NotYours(here) from None
        last = last_occasion(session, here.round, now=here.now)
    url = runs_url(
        here.settings.prefect_url,
        round_name=here.round.name,
        first=here.round.started_at,
        last=last + BEYOND,
        named=title,
    )
    return RedirectResponse(url, status_code=303)
