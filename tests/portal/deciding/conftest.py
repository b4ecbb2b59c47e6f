"""The coordinator's page: the door of the replies, with a request for more time behind it."""

from collections.abc import Iterator

import pytest

from portal.deciding import visits
from portal.door import following
from tests.door import Door
from tests.portal.reply.conftest import (
    chromium,
    context,
    page,
    site,
    triggered,
)
from tests.portal.reply.conftest import door as reply_door

__all__ = ["chromium", "context", "page", "reply_door", "site", "triggered"]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that the runs ahead were planned anew, instead of asking Prefect for it."""
    asked: list[str] = []
    monkeypatch.setattr(following, "bring_up_to_date", lambda _, now: asked.append("anew"))
    return asked


@pytest.fixture
def door(reply_door: Door, planned, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The bundled plan's round on either database, seen at the instant that a test names."""
    monkeypatch.setattr(visits, "utc_now", lambda: reply_door.now)
    return reply_door
