"""The portal: the web application that people open in a browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.concurrency import contextmanager_in_threadpool
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from agenda.installation import settings as in_force
from agenda.installation.settings import Settings
from agenda.installation.signature import check
from agenda.storage.store import BadDatabase, checked_url, open_engine
from agenda.storage.upgrading import refuse_missing
from agenda.words.errors import AgendaError
from portal import faults
from portal.deciding import pages as deciding
from portal.desk import refusals as desk_refusals
from portal.desk import routes as desk
from portal.desk.starting.rehearsing import Rehearsals
from portal.door import refusals
from portal.door.errands import Errands
from portal.door.following import Follower
from portal.door.headers import SafeHeaders
from portal.door.posting import most_octets
from portal.door.protection import BodyLimit, Gates
from portal.feeds import pages as feeds
from portal.feeds.shelf import FeedShelf
from portal.mailbox.keeping import TrialMailbox, listening
from portal.pages import accessibility, health, mailbox, start
from portal.reply import routes

STATIC = Path(__file__).parent / "static"


def installed() -> FastAPI:
    """The application of an installation, as uvicorn's factory: never with another's database.

    Where the database is only away for a while the pages say so themselves.

    Raises:
        SystemExit: there is no database yet, or the settings are another installation's.
    """
    chosen = in_force.settings()
    try:
        refuse_missing(checked_url(chosen.engine_url))
        engine = open_engine(chosen.engine_url)
        try:
            with suppress(BadDatabase):
                check(engine, chosen)
        finally:
            engine.dispose()
    except AgendaError as error:
        raise SystemExit(str(error)) from None
    return create_app(chosen)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application.

    Args:
        settings: The settings; those in force when not given.
    """
    chosen = settings or in_force.settings()
    app = FastAPI(
        title="Påverkansagendan",
        lifespan=_lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    _equip(app, chosen)
    _open_rooms(app, has_mailbox=not chosen.has_mail_server)
    faults.answer_faults(app)
    refusals.install(app)
    desk_refusals.install(app)
    app.add_middleware(BodyLimit, refuse=refusals.too_large, bound=most_octets)
    # Added last, so that it is outermost and covers what the others answer.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_own_names(chosen))
    app.add_middleware(SafeHeaders, is_https=chosen.portal_url.startswith("https://"))
    return app


def _equip(app: FastAPI, chosen: Settings) -> None:
    """Give an application what its pages share, and `_lifespan` closes."""
    app.state.settings = chosen
    app.state.engine = open_engine(chosen.engine_url)
    app.state.feeds = FeedShelf(app.state.engine, portal_url=chosen.portal_url)
    app.state.mailbox = TrialMailbox(chosen.var / "brevlada")
    app.state.gates = Gates()
    app.state.follower = Follower(chosen)
    app.state.errands = Errands()
    app.state.rehearsals = Rehearsals()


def _open_rooms(app: FastAPI, *, has_mailbox: bool) -> None:
    """Give an application its addresses."""
    # First and without FastAPI's layers: programs ask for it more often than people for anything.
    app.add_route(feeds.PATH, feeds.feed, methods=["GET", "HEAD"])
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(start.router)
    app.include_router(health.router)
    app.include_router(accessibility.router)
    app.include_router(feeds.router)
    app.include_router(routes.router)
    app.include_router(deciding.router)
    app.include_router(desk.router)
    if has_mailbox:
        app.include_router(mailbox.router)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    if settings.has_mail_server:
        yield
    else:
        intake = listening(app.state.mailbox, port=settings.mailbox_port)
        async with contextmanager_in_threadpool(intake):
            yield
    app.state.rehearsals.close()
    app.state.follower.close()
    app.state.errands.close()
    app.state.feeds.close()
    app.state.engine.dispose()


def _own_names(settings: Settings) -> list[str]:
    """The names it answers to: another site could point its own name at this machine."""
    return [urlsplit(settings.portal_url).hostname or "", settings.host, "localhost", "127.0.0.1"]
