"""`/samordna/katalog`: to the region's directory by a press, and back signed in."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from agenda.clock import utc_now
from agenda.models import Coordinator
from agenda.people import directory, sessions, signing_in
from agenda.people.signing_in import TooManyAsked
from agenda.register import By
from agenda.storage.store import transaction
from notifications.office import Office
from portal.desk.cookies import HOME, DeskCookie, drop, is_way_on, keep, kept
from portal.desk.entrance import signing_in as door
from portal.desk.entrance.directory.provider import (
    CALLBACK,
    Proved,
    Unproved,
    issuer_of,
    way_there,
    who_came,
)
from portal.desk.visits import AtDesk, Filled
from portal.door.protection import TooOften
from portal.door.visits import client_of, gates, proof_of, read_form
from portal.door.voice import language_of

_LOG = logging.getLogger(__name__)
ME = f"{HOME}/jag"

router = APIRouter()
"""What is open to all."""
own_router = APIRouter(prefix=ME)
"""What is for who is signed in."""


class _Back(NamedTuple):
    """How somebody came back: with a session's secret, bound, or with why not."""

    secret: str = ""
    refused: str = ""
    binds: bool = False


@dataclass(frozen=True, slots=True)
class _Trip:
    """A trip that has been spent, as it is used after its transaction."""

    set_out: directory.SetOut
    binds_id: int | None
    asked_at: datetime


@router.post(f"{HOME}/katalog")
async def go(request: Request) -> Response:
    """Send a browser to the directory."""
    gates(request).enter("wrong link", client_of(request))
    settings = door.settings_of(request)
    if not settings.has_directory:
        return await run_in_threadpool(door.sign_in, request, status_code=404)
    proof = await run_in_threadpool(proof_of, settings, "desk")
    async with read_form(request, token=proof, language=language_of(request)) as posted:
        on = posted.get(door.ON_THE_WAY)
    return await run_in_threadpool(_go, request, on, None)


@own_router.post("/katalog")
def bind(here: AtDesk, _posted: Filled) -> Response:
    """Have who is signed in say who they are in the directory."""
    here.refuse_unless_fresh()
    if not here.settings.has_directory:
        return RedirectResponse(ME, status_code=303)
    return _go(here.request, "", here.person)


@own_router.post("/katalog/bort")
def unbind(here: AtDesk, _posted: Filled) -> Response:
    """Have the directory sign them in no longer."""
    here.refuse_unless_fresh()
    if here.settings.asks_for_role:
        # Else whoever loses their role in the directory could come in by mail all the same.
        return RedirectResponse(ME, status_code=303)
    with transaction(here.engine) as session:
        directory.unbind(session, here.person, by=here.by)
    return RedirectResponse(ME, status_code=303)


@router.get(CALLBACK)
def back(request: Request) -> Response:
    """Sign in whom the directory sends back, or say why not."""
    gates(request).enter("wrong link", client_of(request))
    came = _came(request)
    if came.refused:
        answer = _refused(request, came.refused)
    else:
        on = ME if came.binds else kept(request, DeskCookie.ON_THE_WAY)
        answer = RedirectResponse(on if is_way_on(on) else HOME, status_code=303)
    if came.secret:
        keep(request, answer, DeskCookie.SIGNED_IN, came.secret)
        drop(request, answer, DeskCookie.ON_THE_WAY)
    drop(request, answer, DeskCookie.TO_DIRECTORY)
    return answer


def _go(request: Request, on: str, binds: Coordinator | None) -> Response:
    settings, now = door.settings_of(request), utc_now()
    browser, office = signing_in.a_browser(), Office.of(settings)
    try:
        with transaction(door.engine_of(request)) as session:
            trip = directory.set_out(
                session,
                office.keyring,
                browser=browser,
                client=client_of(request),
                issuer=issuer_of(settings),
                binds=binds,
                now=now,
            )
        address = way_there(settings, trip)
    except TooManyAsked as error:
        raise TooOften(error.seconds) from None
    except Unproved as error:
        _LOG.warning("The directory let nobody in: %s", error)
        return _refused(request, error.why)
    # A page of its own, not a redirect: a browser lets a form lead to this site alone.
    answer = door.show_page(request, "to_directory.html", address=address)
    keep(request, answer, DeskCookie.TO_DIRECTORY, browser)
    if is_way_on(on):
        keep(request, answer, DeskCookie.ON_THE_WAY, on)
    return answer


def _came(request: Request) -> _Back:
    settings, now = door.settings_of(request), utc_now()
    told, browser = dict(request.query_params), kept(request, DeskCookie.TO_DIRECTORY)
    if not settings.has_directory or not browser or not told.get("state"):
        return _Back(refused="lost")
    ring = Office.of(settings).keyring
    with transaction(door.engine_of(request)) as session:
        visit = directory.come_back(session, state=told["state"], browser=browser, now=now)
        going = directory.going(
            ring, state=told["state"], browser=browser, issuer=issuer_of(settings)
        )
        trip = None if visit is None else _Trip(going, visit.binds_id, visit.asked_at)
    if trip is None:
        return _Back(refused="lost")
    try:
        proved = who_came(settings, trip.set_out, told, asked_at=trip.asked_at, now=now)
    except Unproved as error:
        _LOG.warning("The directory let nobody in: %s", error)
        return _Back(refused=error.why)
    with transaction(door.engine_of(request)) as session:
        if trip.binds_id is not None:
            return _bound(request, session, proved, trip.binds_id)
        return _signed_in(request, session, proved)


def _signed_in(request: Request, session: Session, proved: Proved) -> _Back:
    person = directory.whose(session, issuer=proved.issuer, subject=proved.subject)
    if person is None or person.left_at is not None:
        _LOG.warning("Somebody whom the directory knows has no desk")
        return _Back(refused="unknown" if person is None else "left")
    secret = sessions.begin(session, person, now=utc_now())
    door.end_former(request, session)
    return _Back(secret=secret)


def _bound(request: Request, session: Session, proved: Proved, binds_id: int) -> _Back:
    """Bind to who set out, if it is they who are still signed in in this browser."""
    now = utc_now()
    found = sessions.find(session, kept(request, DeskCookie.SIGNED_IN), now=now)
    if found is None or found[1].id != binds_id:
        return _Back(refused="lost")
    person = found[1]
    by = By.person(person.name, now, identity=person.id)
    is_bound = directory.bind(session, person, issuer=proved.issuer, subject=proved.subject, by=by)
    return _Back(binds=True) if is_bound else _Back(refused="anothers")


def _refused(request: Request, why: str) -> Response:
    status = 502 if why == "away" else 403
    return door.show_page(
        request,
        "directory_refused.html",
        status_code=status,
        why=why,
    )
