"""`/samordna/logga-in`: the way in asked for, mailed, and used by a press."""

import logging
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from agenda.clock import utc_now
from agenda.forms.written import line_in
from agenda.installation.settings import Settings
from agenda.people import sessions, signing_in
from agenda.people.signing_in import TooManyAsked, Way
from agenda.storage.store import reading, transaction
from agenda.words.addresses import typed_mail_address
from notifications.acts.signing_in import way_in_mail
from notifications.office import Office
from notifications.post.outgoing import Result
from portal.desk.cookies import HOME, DeskCookie, drop, is_way_on, keep, kept
from portal.desk.visits import ROOM, AtDesk, Filled
from portal.desk.words import speaker
from portal.door.errands import errands
from portal.door.posting import TOKEN_FIELD
from portal.door.protection import TooOften
from portal.door.rendering import sees_mailbox
from portal.door.visits import client_of, gates, proof_of, read_form
from portal.door.voice import language_of, show

_LOG = logging.getLogger(__name__)
ADDRESS, CODE, ON_THE_WAY = "epost", "kod", "vidare"

router = APIRouter(prefix=HOME)
"""What is open to all."""
own_router = APIRouter(prefix=HOME)
"""What is for who is signed in."""


@router.api_route("/logga-in", methods=["GET", "HEAD"])
def sign_in_page(request: Request) -> Response:
    """The form for the address."""
    gates(request).enter("address", client_of(request))
    return sign_in(request)


@router.post("/logga-in")
async def ask(request: Request) -> Response:
    """Mail a way in to an address that has a desk; what is said is the same for any other."""
    gates(request).enter("address", client_of(request))
    language, settings = language_of(request), settings_of(request)
    proof = await run_in_threadpool(_proof, settings)
    async with read_form(request, token=proof, language=language) as posted:
        written, on = line_in(posted.get(ADDRESS)), posted.get(ON_THE_WAY)
    if (address := typed_mail_address(written)) is None:
        return await run_in_threadpool(sign_in, request, refused=written, on=on)
    browser = signing_in.a_browser()
    await run_in_threadpool(_ask, request, address, browser, language)
    answer = RedirectResponse(f"{HOME}/skickat", status_code=303)
    keep(request, answer, DeskCookie.ASKED, browser)
    if is_way_on(on):
        keep(request, answer, DeskCookie.ON_THE_WAY, on)
    return answer


@router.api_route("/skickat", methods=["GET", "HEAD"])
def asked_page(request: Request) -> Response:
    """That a mail is on its way, if the address is anybody's, and the code for another browser."""
    gates(request).enter("address", client_of(request))
    if not (browser := kept(request, DeskCookie.ASKED)):
        return RedirectResponse(f"{HOME}/logga-in", status_code=303)
    keyring = Office.of(settings_of(request)).keyring
    return show_page(
        request,
        "asked.html",
        code=signing_in.code_of(keyring, browser),
        sees_mailbox=sees_mailbox(request),
    )


@router.api_route("/logga-in/{token}", methods=["GET", "HEAD"])
def way_in_page(request: Request, token: str) -> Response:
    """The button that signs in: a program that opens every link in a mail uses nothing up."""
    gates(request).enter("address", client_of(request))
    return _way_in(request, token)


@router.post("/logga-in/{token}")
async def press(request: Request, token: str) -> Response:
    """Sign in, in a new session; once."""
    gates(request).enter("wrong link", client_of(request))
    language, settings = language_of(request), settings_of(request)
    proof = await run_in_threadpool(_proof, settings)
    async with read_form(request, token=proof, language=language) as posted:
        code = posted.get(CODE)
    try:
        secret = await run_in_threadpool(_spend, request, token, code)
    except LookupError:
        return await run_in_threadpool(_way_in, request, token)
    if secret is None:
        return await run_in_threadpool(_way_in, request, token, is_wrong=True)
    on = kept(request, DeskCookie.ON_THE_WAY)
    answer = RedirectResponse(on if is_way_on(on) else HOME, status_code=303)
    keep(request, answer, DeskCookie.SIGNED_IN, secret)
    drop(request, answer, DeskCookie.ASKED, DeskCookie.ON_THE_WAY)
    return answer


@own_router.post("/logga-ut")
def sign_out(here: AtDesk, _posted: Filled) -> Response:
    """End the session of this browser."""
    with transaction(here.engine) as session:
        sessions.end(session, here.signed_in.id or 0, now=here.now)
    return _gone(here.request)


@own_router.post("/logga-ut-overallt")
def sign_out_everywhere(here: AtDesk, _posted: Filled) -> Response:
    """End every session of whoever is signed in."""
    with transaction(here.engine) as session:
        sessions.end_everywhere(session, here.person.id or 0, by=here.by)
    return _gone(here.request)


def sign_in(
    request: Request,
    *,
    refused: str | None = None,
    on: str = "",
    status_code: int = 200,
    **values: Any,
) -> Response:
    """The page that asks who somebody is; with what was written, if that is no address."""
    faults = {} if refused is None else {ADDRESS: speaker(language_of(request))("no_address")}
    return show_page(
        request,
        "sign_in.html",
        status_code=422 if faults else status_code,
        faults=faults,
        address=refused or "",
        on=on,
        names={"address": ADDRESS, "on": ON_THE_WAY},
        **values,
    )


def _gone(request: Request) -> Response:
    answer = RedirectResponse(f"{HOME}/logga-in", status_code=303)
    drop(request, answer, *DeskCookie)
    return answer


def _ask(request: Request, address: str, browser: str, language: str) -> None:
    engine, settings, now = engine_of(request), settings_of(request), utc_now()
    office, client = Office.of(settings), client_of(request)
    with transaction(engine) as session:
        try:
            way = signing_in.ask(
                session,
                office.keyring,
                address=address,
                browser=browser,
                client=client,
                # Else who has lost their role in the directory came in by mail all the same.
                lets_in_bound=not settings.asks_for_role,
                now=now,
            )
        except TooManyAsked as error:
            raise TooOften(error.seconds) from None
    # For an address that nobody has, too: how long it takes must not tell.
    errands(request).run(lambda: _mail(settings, office, way, language))


def _mail(settings: Settings, office: Office, way: Way | None, language: str) -> None:
    # Loaded by who sends: the portal starts without it (tests/portal/test_app.py).
    from notifications.post.channels import Channels

    if way is None:
        return
    with Channels(settings) as channels:
        outcome = channels.send(way_in_mail(office, way, language=language, now=utc_now()))
    if outcome.result is not Result.SENT:
        _LOG.error("The way in of coordinator %s was not mailed", way.coordinator.id)


def _way_in(request: Request, token: str, *, is_wrong: bool = False) -> Response:
    with reading(engine_of(request)) as session:
        found = signing_in.find(session, token, now=utc_now())
    say = speaker(language_of(request))
    if found is None:
        return show_page(request, "spent.html", status_code=410)
    return show_page(
        request,
        "way_in.html",
        status_code=422 if is_wrong else 200,
        action=f"{HOME}/logga-in/{token}",
        needs_code=signing_in.needs_code(found, kept(request, DeskCookie.ASKED)),
        faults={CODE: say("wrong_code")} if is_wrong else {},
        names={"code": CODE},
    )


def _spend(request: Request, token: str, code: str) -> str | None:
    keyring, now = Office.of(settings_of(request)).keyring, utc_now()
    browser = kept(request, DeskCookie.ASKED)
    with transaction(engine_of(request)) as session:
        secret = signing_in.spend(session, keyring, token, browser=browser, code=code, now=now)
        if secret:
            end_former(request, session)
    return secret


def end_former(request: Request, session: Session) -> None:
    """End the session that a browser had before: it has one."""
    former, now = kept(request, DeskCookie.SIGNED_IN), utc_now()
    if former and (signed_in := sessions.find(session, former, now=now)):
        sessions.end(session, signed_in[0].id or 0, now=now)


def show_page(request: Request, template: str, **values: Any) -> Response:
    """A page for who is not signed in."""
    language, settings = language_of(request), settings_of(request)
    return show(
        request,
        template,
        language=language,
        room=ROOM,
        say=speaker(language),
        desk=HOME,
        form_token=_proof(settings),
        token_field=TOKEN_FIELD,
        has_directory=settings.has_directory,
        **values,
    )


def _proof(settings: Settings) -> str:
    return proof_of(settings, "desk")


def settings_of(request: Request) -> Settings:
    """The settings of the application."""
    found: Settings = request.app.state.settings
    return found


def engine_of(request: Request) -> Engine:
    """The database of the application."""
    found: Engine = request.app.state.engine
    return found
