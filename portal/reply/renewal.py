"""The link again, for who has lost the mail; and another in its place, for who holds it.

Whoever asks gets the same page whether their address is on file or not, and closes nothing by
asking: only somebody who comes with a link that opens can have it replaced.
"""

from hashlib import sha256

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from agenda.clock import utc_now
from agenda.forms.written import line_in
from agenda.installation.settings import Settings
from agenda.links.links import Found, find
from agenda.models import Purpose
from agenda.register import By, ProductPart
from agenda.storage.store import reading
from agenda.storage.upgrading import refuse_unless_current
from agenda.words.addresses import mailbox_of, typed_mail_address
from notifications.acts.links import mail_links_to, renew_for_holder
from notifications.acts.trying import carry_through
from notifications.office import Office
from portal.door.errands import errands
from portal.door.posting import TOKEN_FIELD
from portal.door.refusals import NotOpened
from portal.door.visits import client_of, gates, read_form
from portal.door.voice import language_of, show
from portal.reply.visits import ROOM, Here, form_token
from portal.reply.words import speaker

router = APIRouter(prefix="/svar")
own_router = APIRouter()
"""What needs a link that opens, below its address."""


@router.api_route("/ny-lank", methods=["GET", "HEAD"])
def renewal_page(request: Request, skickat: str = "") -> Response:
    """The form for who has lost the mail; and what is said when it was sent."""
    gates(request).enter("address", client_of(request))
    return _renewal(request, is_sent=bool(skickat))


@router.post("/ny-lank")
async def mail_to_address(request: Request) -> Response:
    """Mail its links to an address once more, if it is on file."""
    gates(request).enter("new link from", client_of(request))
    settings: Settings = request.app.state.settings
    language = language_of(request)
    token = await run_in_threadpool(form_token, settings, None)
    async with read_form(request, token=token, language=language) as posted:
        written = line_in(posted.get("epost"))
    if (address := typed_mail_address(written)) is None:
        return await run_in_threadpool(_renewal, request, refused=written)
    gates(request).enter("new link", sha256(mailbox_of(address).encode()).hexdigest())
    engine: Engine = request.app.state.engine
    # What is promised is done later, unseen: better to say at once that it cannot be done.
    await run_in_threadpool(refuse_unless_current, engine)
    now = utc_now()

    def mail() -> None:
        office = Office.of(settings)
        carry_through(
            engine,
            lambda session: mail_links_to(
                session, office, address, by=By.product(ProductPart.RENEWAL, now)
            ),
        )

    errands(request).run(mail)
    return RedirectResponse("/svar/ny-lank?skickat=1", status_code=303)


@own_router.api_route("/ny-lank", methods=["GET", "HEAD"])
def own_renewal_page(here: Here) -> Response:
    """One press to have the link replaced, for who has one that opens."""
    return show(
        here.request,
        "renewal.html",
        language=here.language,
        room=ROOM,
        say=speaker(here.language),
        is_sent=False,
        action=f"{here.home}/ny-lank",
        home=here.home,
        is_own=True,
        faults={},
        form_token=form_token(here.settings, None),
        token_field=TOKEN_FIELD,
    )


@router.post("/{token}/ny-lank")
async def mail_to_holder(request: Request, token: str) -> Response:
    """Replace the link that somebody came with; for one that opens nothing, mail what does."""
    gates(request).enter("new link from", client_of(request))
    settings: Settings = request.app.state.settings
    language = language_of(request)
    engine: Engine = request.app.state.engine
    found = await run_in_threadpool(_found, engine, token)
    if found is None:
        gates(request).enter("wrong link", client_of(request))
        raise NotOpened("unknown", language=language, room=ROOM, say=speaker(language))
    proof = await run_in_threadpool(form_token, settings, None)
    async with read_form(request, token=proof, language=language):
        gates(request).enter("new link", f"link {found.link.id}")
    now = utc_now()

    def renew() -> None:
        office = Office.of(settings)
        carry_through(engine, lambda session: renew_for_holder(session, office, token, now=now))

    errands(request).run(renew)
    return RedirectResponse("/svar/ny-lank?skickat=1", status_code=303)


def _renewal(request: Request, *, is_sent: bool = False, refused: str | None = None) -> Response:
    """The page for who has lost the mail; with what was written, if that is no address."""
    settings: Settings = request.app.state.settings
    language = language_of(request)
    faults = {} if refused is None else {"epost": speaker(language)("renewal_no_address")}
    return show(
        request,
        "renewal.html",
        language=language,
        room=ROOM,
        say=speaker(language),
        status_code=422 if faults else 200,
        is_sent=is_sent,
        action="/svar/ny-lank",
        is_own=False,
        faults=faults,
        written=refused or "",
        form_token=form_token(settings, None),
        token_field=TOKEN_FIELD,
    )


def _found(engine: Engine, token: str) -> Found | None:
    with reading(engine) as session:
        return find(session, Purpose.REPLY, token)
