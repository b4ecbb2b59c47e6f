"""A whole country answers at once: 290 municipalities at a portal of its own process."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from ipaddress import ip_address
from time import perf_counter
from typing import Any, NamedTuple

import httpx
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from agenda.clock import utc_now
from agenda.installation.example import example_plan
from agenda.installation.settings import Settings
from agenda.links.personal import organisation_link
from agenda.models import Activity, Invitation, Organisation
from agenda.register import By
from agenda.rounds.round import start_round
from agenda.storage.store import transaction
from notifications.office import Office
from tests.door import Door, a_proposal
from tests.portal_process import PATIENCE_SECONDS
from tests.rounds_under_way import INPUT, WHO, many

MUNICIPALITIES = 290
AT_ONCE = 32
"""How many are waiting for an answer at any time."""
PROXY = "127.0.0.1"
"""The reverse proxy that says where each of them comes from."""
# Of the block that is set aside for measuring (RFC 2544).
_FIRST_ADDRESS = ip_address("198.18.0.1")
_PARAGRAPH = "Tågen mellan kommunens orter går för sällan för att pendla med. "


class Asked(NamedTuple):
    """One request and its answer."""

    what: str
    """Method and last part of the path, e.g. "POST skicka"; of the form itself only "GET"."""
    status: int
    seconds: float


def gather(engine: Engine) -> None:
    """Start a round that asks every municipality, with ten workdays left."""
    now = utc_now()
    plan = example_plan(now).model_copy(update={"organisations": many(MUNICIPALITIES)})
    with transaction(engine) as session:
        start_round(session, plan, by=By.person(WHO, now))


def homes(engine: Engine, settings: Settings) -> dict[str, str]:
    """Each municipality's own link, within the portal."""
    keyring = Office.of(settings).keyring
    with transaction(engine) as session:
        return {
            key: f"/svar/{keyring.token(organisation_link(session, one, keyring, now=utc_now()))}"
            for key, one in _asked(session)
        }


def answer_all(settings: Settings, links: dict[str, str]) -> list[Asked]:
    """Have each of them open its link, fill in, review, send, and look at its receipt."""

    def answer(visitor: "_Visitor", organisation: str) -> None:
        door = Door(visitor, None, settings)
        home = links[organisation]
        changes = a_proposal(titel=title_of(organisation), problem=_PARAGRAPH * 30)
        sent = door.send(home, **changes)
        assert sent.headers["location"] == f"{home}/kvitto", sent.text[:500]
        assert title_of(organisation) in door.page(f"{home}/kvitto").text

    return visit_all(settings.portal_url, links, answer)


def visit_all(address: str, visitors: Iterable[str], visit: Any) -> list[Asked]:
    """Have all of them visit a server, some at a time, each from an address of its own."""
    with _lines() as lines, ThreadPoolExecutor(AT_ONCE) as pool:

        def one(number: int, name: str) -> list[Asked]:
            with _Visitor(lines, address, str(_FIRST_ADDRESS + number)) as visitor:
                visit(visitor, name)
            return visitor.asked

        asked = pool.map(one, *zip(*enumerate(visitors), strict=True))
        return [each for some in asked for each in some]


def title_of(organisation: str) -> str:
    """What an organisation writes, so that no other's answer can be taken for its own."""
    return f"Fråga från {organisation}"


class _Visitor(httpx.Client):
    """A browser behind the proxy, which notes what it asked for and how long it waited."""

    def __init__(self, lines: httpx.BaseTransport, address: str, comes_from: str) -> None:
        super().__init__(
            transport=_Kept(lines),
            base_url=address,
            headers={"X-Forwarded-For": comes_from},
            timeout=PATIENCE_SECONDS,
        )
        self.asked: list[Asked] = []

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send a request and, where one is told that others are in the way, once more."""
        request.read()
        began = perf_counter()
        answer = super().send(request, **options)
        while answer.status_code == 503 and perf_counter() - began < PATIENCE_SECONDS:
            assert "Retry-After" in answer.headers, answer.text[:500]
            answer = super().send(request, **options)
        part = request.url.path.split("/")[3:4]
        what = " ".join((request.method, *part))
        self.asked.append(Asked(what, answer.status_code, perf_counter() - began))
        return answer


class _Kept(httpx.BaseTransport):
    """Lines that many clients use, and that outlive each of them."""

    def __init__(self, lines: httpx.BaseTransport) -> None:
        self._lines = lines

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._lines.handle_request(request)


@contextmanager
def _lines() -> Iterator[httpx.BaseTransport]:
    """The proxy's lines to the server: as many as come at once, kept open."""
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    with httpx.HTTPTransport(limits=limits, trust_env=False) as lines:
        yield lines


def _asked(session: Session) -> list[tuple[str, Invitation]]:
    query = (
        select(Organisation.key, Invitation)
        .join(Invitation)
        .join(Activity)
        .where(Activity.key == INPUT)
        .order_by(col(Organisation.position))
    )
    return list(session.exec(query))
