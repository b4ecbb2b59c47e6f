"""A new link: mailed to the addresses on file, with the same page whether there are any or not."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select
from starlette.concurrency import run_in_threadpool

from agenda.clock import utc_now
from agenda.forms.written import line_in
from agenda.links import Found, find_link, organisation_link
from agenda.models import Activity, Contact, Invitation, Link, Round
from agenda.settings import Settings
from agenda.store import reading, transaction
from agenda.upgrading import refuse_unless_current
from notifications import replying
from notifications.office import Office
from portal.reply.posting import TOKEN_FIELD
from portal.reply.refusals import NotOpened
from portal.reply.visits import Here, client_of, form_token, gates, read_form
from portal.reply.voice import language_of, show

_LOG = logging.getLogger(__name__)
WHO = "begäran om ny länk"

router = APIRouter(prefix="/svar")
own_router = APIRouter()
"""What needs a link that opens, below its address."""


class Errands:
    """Does what a page has promised after the page has gone: nobody can tell how long it took."""

    def __init__(self) -> None:
        self._turns = ThreadPoolExecutor(max_workers=1, thread_name_prefix="errands")

    def run(self, errand: Callable[[], None]) -> None:
        """Have something done; returns at once, and tells the log when it fails."""

        def done() -> None:
            try:
                errand()
            except Exception:
                _LOG.exception("An errand failed")

        self._turns.submit(done)

    def close(self) -> None:
        """Finish what was promised."""
        self._turns.shutdown(wait=True)


@router.api_route("/ny-lank", methods=["GET", "HEAD"])
def renewal_page(request: Request, skickat: str = "") -> Response:
    """The form for who has lost the mail; and what is said when it was sent."""
    gates(request).enter("address", client_of(request))
    settings: Settings = request.app.state.settings
    return show(
        request,
        "renewal.html",
        language=language_of(request),
        is_sent=bool(skickat),
        action="/svar/ny-lank",
        is_own=False,
        form_token=form_token(settings, None),
        token_field=TOKEN_FIELD,
    )


@router.post("/ny-lank")
async def mail_to_address(request: Request) -> Response:
    """Mail new links to an address, if it is on file."""
    gates(request).enter("new link from", client_of(request))
    settings: Settings = request.app.state.settings
    language = language_of(request)
    token = await run_in_threadpool(form_token, settings, None)
    async with read_form(request, token=token, language=language) as posted:
        address = line_in(posted.get("epost")).strip().casefold()
    gates(request).enter("new link", sha256(address.encode("utf-8", "replace")).hexdigest())
    engine: Engine = request.app.state.engine
    # What is promised is done later, unseen: better to say at once that it cannot be done.
    await run_in_threadpool(refuse_unless_current, engine)
    now = utc_now()
    _errands(request).run(lambda: renew_for_address(engine, settings, address, now=now))
    return RedirectResponse("/svar/ny-lank?skickat=1", status_code=303)


@own_router.api_route("/ny-lank", methods=["GET", "HEAD"])
def own_renewal_page(here: Here) -> Response:
    """One press for a new link, for who has one that opens."""
    return show(
        here.request,
        "renewal.html",
        language=here.language,
        is_sent=False,
        action=f"{here.home}/ny-lank",
        home=here.home,
        is_own=True,
        form_token=form_token(here.settings, None),
        token_field=TOKEN_FIELD,
    )


@router.post("/{token}/ny-lank")
async def mail_to_holder(request: Request, token: str) -> Response:
    """Mail a new link to the addresses on file, also for one that opens nothing any more."""
    gates(request).enter("new link from", client_of(request))
    settings: Settings = request.app.state.settings
    language = language_of(request)
    engine: Engine = request.app.state.engine
    found = await run_in_threadpool(_found, engine, token)
    if found is None:
        gates(request).enter("wrong link", client_of(request))
        raise NotOpened("unknown", language=language)
    proof = await run_in_threadpool(form_token, settings, None)
    async with read_form(request, token=proof, language=language):
        gates(request).enter("new link", f"link {found.link.id}")
    now = utc_now()
    _errands(request).run(lambda: renew_for_holder(engine, settings, found.link, now=now))
    return RedirectResponse("/svar/ny-lank?skickat=1", status_code=303)


def renew_for_holder(engine: Engine, settings: Settings, link: Link, *, now: datetime) -> None:
    """Renew a link, or the organisation's own when that one has been closed."""
    office = Office.of(settings)
    with transaction(engine) as session:
        current = session.get_one(Link, link.id)
        if current.revoked_at is not None:
            invitation = session.get_one(Invitation, current.invitation_id)
            current = organisation_link(session, invitation, office.keyring, now=now)
        replying.renew_link(session, office, current, now=now, who=WHO)


def renew_for_address(engine: Engine, settings: Settings, address: str, *, now: datetime) -> None:
    """Renew every link that was mailed to an address and can still be used."""
    office = Office.of(settings)
    with transaction(engine) as session:
        for link in _links_mailed_to(session, address):
            replying.renew_link(session, office, link, now=now, who=WHO)


def _links_mailed_to(session: Session, address: str) -> list[Link]:
    open_links = (
        select(Link)
        .join(Invitation, col(Invitation.id) == col(Link.invitation_id))
        .join(Activity, col(Activity.id) == col(Invitation.activity_id))
        .join(Round, col(Round.id) == col(Activity.round_id))
        .where(
            col(Link.revoked_at).is_(None),
            col(Activity.done_at).is_(None),
            col(Activity.cancelled_at).is_(None),
            col(Round.closed_at).is_(None),
        )
        .order_by(col(Link.id))
    )
    reached = select(Contact.organisation_id).where(
        func.lower(Contact.address) == address,
        col(Contact.is_removed).is_(False),
        col(Contact.bounced_at).is_(None),
    )
    own = open_links.where(
        col(Link.invited_by_id).is_(None), col(Invitation.organisation_id).in_(reached)
    )
    colleagues = open_links.where(
        col(Link.invited_by_id).is_not(None), func.lower(Link.address) == address
    )
    return [*session.exec(own), *session.exec(colleagues)]


def _found(engine: Engine, token: str) -> Found | None:
    with reading(engine) as session:
        return find_link(session, token)


def _errands(request: Request) -> Errands:
    found: Errands = request.app.state.errands
    return found
