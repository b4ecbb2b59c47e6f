"""The desk's pages for 290 organisations: each against as many bytes from a fixed address.

The portal runs in a process of its own, and a coordinator is signed in. A page's floor is as
many bytes from the same process, past the database and the templates.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx
from sqlalchemy import Engine
from sqlmodel import col, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from agenda.clock import utc_now
from agenda.installation.settings import Settings
from agenda.models import AnswerKind, Coordinator, Invitation
from agenda.people.signing_in import let_in_anywhere
from agenda.register import By
from agenda.replies.answers import NewAnswer
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine, transaction
from notifications.acts.answers import record_answer
from notifications.attending import announce, open_activities
from notifications.office import Office
from portal.app import create_app
from tests.bench.measuring import Figure
from tests.crowd import MUNICIPALITIES, gather
from tests.door import Reader
from tests.portal_process import PATIENCE_SECONDS, portal_process

HOME = "/samordna/1"
PAGES = {
    "läget": "",
    "planen": "/plan",
    "en aktivitet": "/plan/inspel",
    "flytta dess dag": "/plan/inspel/flytta",
    "svaren": "/svar",
    "en aktivitets svar": "/svar/inspel",
    "går ut härnäst, 20 arbetsdagar": "/harnast?dagar=20",
    "organisationerna": "/organisationer",
    "en organisation": "/organisationer/kommun-0",
    "utskicken": "/utskick",
    "diariet": "/diariet",
}
AIM = "under 150"
TURNS = 15
FLOOR = "/lika-mycket"


def measure() -> list[Figure]:
    """Each page to its last byte, the best of several turns. Takes about half a minute."""
    with TemporaryDirectory(prefix="agenda-bench-") as folder:
        settings = Settings(_env_file=None, var=Path(folder))
        engine = open_engine(settings.engine_url)
        migrate(engine)
        gather(engine)
        with portal_process(settings, app=f"{__name__}:portal_with_floor") as portal:
            _under_way(engine, Office.of(portal.settings))
            with _signed_in(engine, portal.settings) as browser:
                figures = [one for name in PAGES for one in _figures(browser, name)]
        engine.dispose()
    return figures


def _figures(browser: httpx.Client, name: str) -> Iterator[Figure]:
    page = f"{HOME}{PAGES[name]}"
    size = len(browser.get(page).raise_for_status().content)
    bare = f"{FLOOR}/{size}"
    turns = [(_milliseconds(browser, page), _milliseconds(browser, bare)) for _ in range(TURNS)]
    taken, floor = (min(column) for column in zip(*turns, strict=True))
    yield Figure(f"bordet för {MUNICIPALITIES}: {name}", taken, "ms", AIM)
    yield Figure(
        f"  mot lika många byte från en fast adress ({size // 1000} kB)", taken / floor, "x", ""
    )


def _milliseconds(browser: httpx.Client, page: str) -> float:
    began = perf_counter()
    browser.get(page).raise_for_status()
    return (perf_counter() - began) * 1000


def _under_way(engine: Engine, office: Office) -> None:
    """One third has answered, and the day's letters are in the outbox."""
    now = utc_now()
    with transaction(engine) as session:
        asked = session.exec(select(Invitation).where(col(Invitation.id) % 3 > 1)).all()
        for invitation in asked:
            new = NewAnswer(kind=AnswerKind.SUBMISSION, received_at=now, text="Mötesspår.")
            record_answer(session, office, invitation, new, by=By.person("mätningen", now))
    for activity_id in open_activities(engine):
        announce(engine, office, activity_id=activity_id, now=now)


@contextmanager
def _signed_in(engine: Engine, settings: Settings) -> Iterator[httpx.Client]:
    with transaction(engine) as session:
        coordinator = session.exec(select(Coordinator)).one()
        way = f"/samordna/logga-in/{let_in_anywhere(session, coordinator, now=utc_now())}"
    origin = {"Origin": settings.portal_url}
    with httpx.Client(
        base_url=settings.portal_url, timeout=PATIENCE_SECONDS, trust_env=False
    ) as browser:
        form = Reader(browser.get(way).text).forms[0]
        browser.post(way, data=dict(form.pairs), headers=origin)
        yield browser


def portal_with_floor() -> ASGIApp:
    """What the server process runs: the portal, and as many bytes as are asked for."""
    portal = create_app()

    async def bare(request: Request) -> Response:
        return Response(b" " * request.path_params["size"], media_type="text/html")

    portal.router.routes.insert(0, Route(f"{FLOOR}/{{size:int}}", bare))
    return portal
