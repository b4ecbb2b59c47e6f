"""How fast the calendar feed is: against the same bytes served statically, and at 10,000 events.

The portal runs as `agenda up` starts it, in a process of its own, and has the feed's bytes at
fixed addresses too. All are asked in turns within one run, so that only the ratio counts.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from agenda.calendar.feeds import render_feed, subscribe
from agenda.clock import utc_now
from agenda.installation.example import start_example_round
from agenda.installation.secret import secret_key
from agenda.installation.settings import Settings
from agenda.links.keyring import Keyring
from agenda.register import By
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine, transaction
from portal.app import create_app
from portal.up.parts import PORTAL_FACTORY, Program, part_environment, parts
from tests.bench.loading import Load, free_port
from tests.bench.measuring import Figure

TURNS = 25
SECONDS = 0.2
FOLDER = "BENCH_FOLDER"
"""The environment variable that tells the server process where the feed's bytes lie."""
FILE = "kalender.ics"
TAG = '"kopia"'


class Served(NamedTuple):
    """A server process with one feed."""

    port: int
    feed: str
    etag: str


def measure() -> list[Figure]:
    """The feed against its own bytes, whole and as 304. Takes about a minute."""
    with TemporaryDirectory(prefix="agenda-bench-") as folder:
        settings = Settings(
            _env_file=None, var=Path(folder), portal_port=free_port(), mailbox_port=free_port()
        )
        path, etag = _subscribed(settings)
        with _portal(settings):
            return _compared(Served(settings.portal_port, path, etag))


def _compared(served: Served) -> list[Figure]:
    feed = Load(served.port, served.feed)
    copy, file, bare = (Load(served.port, path) for path in ("/kopia", f"/mapp/{FILE}", "/bar"))
    if len({load.content() for load in (feed, copy, file, bare)}) != 1:
        raise RuntimeError("the copies are not the feed's bytes")
    whole = _in_turns(feed, copy, file, bare, status=200)
    known = (feed.having(served.etag), copy.having(TAG))
    spared = _in_turns(*known, status=304)
    return [
        Figure("kalenderflödet mot samma byte från en fast adress", whole[0], "x", "minst 0,8"),
        Figure("  mot samma byte från en fil", whole[1], "x", ""),
        Figure("  mot samma byte utan portalens mellanled", whole[2], "x", ""),
        Figure("  kalenderflöden i sekunden", whole[3], "/s", ""),
        Figure("304 på kalenderflödet mot 304 från en fast adress", spared[0], "x", "minst 0,8"),
        Figure("  304 i sekunden", spared[1], "/s", ""),
    ]


def _in_turns(feed: Load, *floors: Load, status: int) -> list[float]:
    """The feed's rate against each floor's, and the rate itself: medians of several turns."""
    turns = []
    for _ in range(TURNS):
        rate = feed.per_second(status=status, seconds=SECONDS)
        floor_rates = [floor.per_second(status=status, seconds=SECONDS) for floor in floors]
        turns.append([*(rate / floor for floor in floor_rates), rate])
    return [median(column) for column in zip(*turns, strict=True)]


def _subscribed(settings: Settings) -> tuple[str, str]:
    """A feed of a whole round: its path and its entity tag; its bytes lie beside the database."""
    engine = open_engine(settings.engine_url)
    migrate(engine)
    keyring = Keyring(secret_key(settings), settings.portal_url)
    with transaction(engine) as session:
        known = start_example_round(session, now=utc_now())
        link = subscribe(session, known, keyring, by=By.person("mätningen", utc_now()))
        feed = render_feed(session, link, portal_url=settings.portal_url, now=utc_now())
        path = f"/kalender/{keyring.token(link)}.ics"
    engine.dispose()
    (settings.var / FILE).write_bytes(feed.content)
    return path, feed.etag


@contextmanager
def _portal(settings: Settings) -> Iterator[None]:
    (portal,) = [part for part in parts(settings) if part.key == "portal"]
    own = {
        FOLDER: str(settings.var),
        "AGENDA_PORTAL_PORT": str(settings.portal_port),
        # A product that runs beside it has the usual one.
        "AGENDA_MAILBOX_PORT": str(settings.mailbox_port),
    }
    environment = part_environment(settings) | own
    with subprocess.Popen(_with_copies(portal), env=environment) as server:
        try:
            Load(settings.portal_port, "/halsa").wait()
            yield
        finally:
            server.terminate()


def _with_copies(portal: Program) -> list[str]:
    own = f"{__name__}:portal_with_copies"
    return [own if word == PORTAL_FACTORY else word for word in portal.command]


def portal_with_copies() -> ASGIApp:
    """What the server process runs: the portal, and the feed's bytes in three other ways.

    /kopia answers from memory through the portal's middleware, /mapp from a file likewise,
    /bar from memory before the portal is asked at all.
    """
    folder = Path(os.environ[FOLDER])
    content = (folder / FILE).read_bytes()
    portal = create_app()
    portal.router.routes[:0] = [
        Route("/kopia", _copy(content)),
        Mount("/mapp", StaticFiles(directory=folder)),
    ]
    bare = Response(content)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await (bare if scope.get("path") == "/bar" else portal)(scope, receive, send)

    return serve


def _copy(content: bytes) -> Callable[[Request], Response]:
    headers = {"ETag": TAG}

    async def copy(request: Request) -> Response:
        if request.headers.get("if-none-match") == TAG:
            return Response(status_code=304, headers=headers)
        return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)

    return copy
