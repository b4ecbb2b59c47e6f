"""`/samordna`: what waits for a decision, and who has answered what; and which rounds there are."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from agenda.models import DeskRole, identity
from agenda.rounds.overview import overview
from agenda.storage.store import reading
from notifications.delivery.standstill import standstill
from notifications.readings.to_do import to_do
from portal.desk.cookies import HOME
from portal.desk.standing.matrix import matrix
from portal.desk.visits import AtDesk, InRound

router = APIRouter(prefix=HOME)


@router.api_route("", methods=["GET", "HEAD"])
def first_page(here: AtDesk) -> Response:
    """To the round that is under way; where there is none or several, the list of them."""
    under_way = [one.round for one in here.rounds if one.round.closed_at is None]
    own = [one for one in under_way if not one.is_example] or under_way
    if len(own) == 1:
        return RedirectResponse(f"{HOME}/{own[0].id}", status_code=303)
    return _rounds(here)


@router.api_route("/omgangar", methods=["GET", "HEAD"])
def rounds(here: AtDesk) -> Response:
    """The rounds that they may see."""
    return _rounds(here)


@router.api_route("/{round_id:int}", methods=["GET", "HEAD"])
def standing(here: InRound) -> Response:
    """Where a round stands."""
    with reading(here.engine) as session:
        found = overview(session, round_id=identity(here.round), now=here.now)
        is_reader = here.role is not DeskRole.COORDINATOR
        waiting = to_do(session, here.round, found, is_for_reader=is_reader)
        stopped = standstill(session, now=here.now)
    chosen = here.request.query_params
    return here.show(
        "standing.html",
        page="standing",
        found=found,
        waiting=waiting,
        stopped=stopped,
        ways=lambda one: here.home + one.way,
        matrix=matrix(found, order=chosen.get("ordning", ""), only=chosen.get("visa", "")),
    )


def _rounds(here: AtDesk) -> Response:
    return here.show("rounds.html", page="to_do")
