"""`/samordna/…/avsluta`: a round is closed, once what follows has been seen."""

from fastapi import APIRouter, Response

from agenda.storage.store import reading
from notifications.acts.planned.rounds import ending
from notifications.attending import activities_of
from portal.desk.acts.two_step import AskedAct, follow_all, press
from portal.desk.cookies import HOME
from portal.desk.visits import Filled, InRound, RoundVisit

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/avsluta")


@router.api_route("", methods=["GET", "HEAD"])
def close_page(here: InRound) -> Response:
    """What closing a round means."""
    return _page(here)


@router.post("")
def close(here: InRound, posted: Filled) -> Response:
    """Close the round."""
    here.refuse_unless_fresh()
    with reading(here.engine) as session:
        ids = activities_of(session, here.round)
    asked = AskedAct(
        name="close_round",
        wanted=ending(here.round, ids, actor=here.by.actor),
        subject=here.round.name,
        page="plan",
        back=f"{here.home}/plan",
    )
    return press(
        here,
        posted,
        asked,
        refuse=lambda told: _page(here, told),
        done=lambda: follow_all(here, f"omgång {here.round.name} avslutad"),
    )


def _page(here: RoundVisit, refused: str = "") -> Response:
    return here.show(
        "close_round.html", page="plan", status_code=409 if refused else 200, refused=refused
    )
