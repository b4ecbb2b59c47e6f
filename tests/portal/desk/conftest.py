"""The desk: a round under way behind its sign-in, and a browser of a coordinator's."""

import pytest

from portal.desk import visits
from portal.desk.entrance import signing_in
from portal.desk.entrance.directory import pages as directory_pages
from portal.door import following
from tests.door import Door
from tests.portal.desk.desk import ASTA, Desk
from tests.portal.reply.conftest import chromium, context, page, site, triggered
from tests.portal.reply.conftest import door as reply_door

__all__ = ["chromium", "context", "page", "reply_door", "site", "triggered"]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that the runs ahead were planned anew, instead of asking Prefect for it."""
    asked: list[str] = []
    monkeypatch.setattr(following, "bring_up_to_date", lambda _, now: asked.append("anew"))
    monkeypatch.setattr(following, "trigger_upkeep", lambda _, name: asked.append(name))
    return asked


@pytest.fixture
def outside(reply_door: Door, planned: list[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk as it is found by somebody who is not signed in."""
    desk = Desk(reply_door.client, reply_door.engine, reply_door.settings)
    for module in (visits, signing_in, directory_pages):
        monkeypatch.setattr(module, "utc_now", lambda: desk.now)
    return desk


@pytest.fixture
def desk(outside: Desk) -> Desk:
    """The desk as the round's coordinator has it before them."""
    outside.sign_in(ASTA)
    return outside
