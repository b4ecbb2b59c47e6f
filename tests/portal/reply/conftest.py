"""A door to knock on: a round under way, links to it, and a client that fills in its forms."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from agenda.rounds import start_round
from agenda.settings import Settings
from agenda.store import transaction
from portal import following
from portal.app import create_app
from portal.reply import renewing, visits
from tests.door import START, Door
from tests.rounds_under_way import PLAN, WHO


@pytest.fixture
def triggered(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """The runs that were asked for, instead of asking Prefect for them."""
    asked: list[dict] = []

    def trigger(api: str, **wanted: object) -> bool:
        asked.append({"api": api, **wanted})
        return True

    monkeypatch.setattr(following, "trigger", trigger)
    return asked


@pytest.fixture
def door(
    engine, database_url: str, settings: Settings, triggered, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Door]:
    """The bundled plan's round, four weeks into its input, on either database."""
    chosen = settings.model_copy(update={"database_url": SecretStr(database_url)})
    with transaction(engine) as session:
        start_round(session, PLAN, now=START, who=WHO)
    with TestClient(
        create_app(chosen), base_url=chosen.portal_url, follow_redirects=False
    ) as client:
        door = Door(client, engine, chosen)
        monkeypatch.setattr(visits, "utc_now", lambda: door.now)
        monkeypatch.setattr(renewing, "utc_now", lambda: door.now)
        yield door
