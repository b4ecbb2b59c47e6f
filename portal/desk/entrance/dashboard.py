"""`/samordna/prefect`: who may see Prefect's dashboard, and the way to it from the sign-in page.

Prefect knows no people and shows every round; whoever reaches it can do anything there. So a proxy
in front of it asks here about each request, and lets through what reads (docs/nginx/agenda.conf).
"""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from agenda.clock import utc_now
from agenda.models import DeskRole
from agenda.people.sessions import coordinates_open_round
from agenda.storage.store import reading
from portal.desk.cookies import HOME, DeskCookie, is_way_on, kept
from portal.desk.entrance.signing_in import engine_of
from portal.desk.visits import AtDesk, NotYours
from portal.door.visits import client_of, gates

router = APIRouter(prefix=HOME)
"""What is open to all."""
own_router = APIRouter(prefix=HOME)
"""What is for who is signed in."""


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
        NotYours: they coordinate no round that is under way, so that they would come back.
    """
    if not any(
        role is DeskRole.COORDINATOR and round_.closed_at is None for round_, role in here.rounds
    ):
        raise NotYours(here)
    if not is_way_on(f"{HOME}/prefect/{page}"):
        return RedirectResponse(HOME, status_code=303)
    query = f"?{here.request.url.query}" if here.request.url.query else ""
    return RedirectResponse(f"{here.settings.prefect_url}/{quote(page)}{query}", status_code=303)
