"""The desk with as many as there are: what a page asks the database for does not grow with them."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import Engine, event

from agenda.installation.settings import Settings
from agenda.models import Coordinator
from agenda.people.signing_in import let_in_anywhere
from agenda.storage.store import transaction
from portal.app import create_app
from portal.desk import visits
from portal.desk.entrance import signing_in
from tests.door import Reader
from tests.rounds_under_way import PLAN, RoundUnderWay, a_plan, many, sv

NOW = sv("2020-09-21 10:00")
FEW, MANY = 6, 60
PAGES = (
    *("", "/plan", "/plan/inspel", "/plan/inspel/flytta", "/plan/inspel/anstand"),
    *("/svar", "/svar/inspel", "/svar/inspel/kommun-0", "/svar/inspel/kommun-0/registrera"),
    *("/harnast?dagar=20", "/organisationer", "/organisationer/kommun-0"),
    *("/organisationer/kommun-0/kontakter", "/organisationer/las-in"),
    *("/utskick", "/utskick?sok=kommun", "/utskick/paus", "/diariet", "/personer"),
)


@pytest.fixture
def asked_for(
    engine: Engine,
    database_url: str,
    settings: Settings,
    free_ports,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[list[str], TestClient]]:
    """A few in the first round and many in the second; what is asked of the database."""
    for number, count in enumerate((FEW, MANY)):
        everything = tuple(one.key for one in PLAN.activities)
        plan = a_plan(organisations=many(count), only=everything, name=f"omgång {number}")
        under_way = RoundUnderWay(engine, plan)
        under_way.look("2020-05-08 08:00")
        for answered in range(count // 3):
            under_way.answer(f"kommun-{answered}", "2020-08-28 08:00")
        under_way.look("2020-09-18 09:00")
    chosen = settings.model_copy(
        update={"database_url": SecretStr(database_url), "mailbox_port": free_ports(1)[0]}
    )
    for module in (visits, signing_in):
        monkeypatch.setattr(module, "utc_now", lambda: NOW)
    statements: list[str] = []
    with TestClient(
        create_app(chosen), base_url=chosen.portal_url, follow_redirects=False
    ) as client:
        _sign_in(engine, client, chosen)
        event.listen(
            client.app.state.engine,  # type: ignore[attr-defined]
            "before_cursor_execute",
            lambda _c, _cursor, statement, *_: statements.append(statement),
        )
        yield statements, client


def _sign_in(engine: Engine, client: TestClient, settings: Settings) -> None:
    with transaction(engine) as session:
        token = let_in_anywhere(session, session.get_one(Coordinator, 1), now=NOW)
    way = f"/samordna/logga-in/{token}"
    form = Reader(client.get(way).text).forms[0]
    client.post(way, data=dict(form.pairs), headers={"Origin": settings.portal_url})


def test_a_page_for_many_asks_no_more_than_a_page_for_few(
    asked_for: tuple[list[str], TestClient],
) -> None:
    statements, client = asked_for
    grown = {}
    for page in PAGES:
        counts = []
        for number in (1, 2):
            address = f"/samordna/{number}{page}"
            assert client.get(address).status_code == 200, address
            statements.clear()  # what is read once and kept is not counted
            client.get(address)
            counts.append(len(statements))
        if counts[1] > counts[0]:
            grown[page] = counts
    assert grown == {}
