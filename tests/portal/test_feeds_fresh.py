"""A calendar feed is never older than what was committed before it was asked for."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Event

import icalendar
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session

from agenda.calendar.feeds import subscribe
from agenda.installation.secret import secret_key
from agenda.installation.settings import Settings
from agenda.links.keyring import Keyring
from agenda.links.links import renew, revoke
from agenda.models import Link, Round, identity
from agenda.register import By
from agenda.replies.course import cancel
from agenda.rounds.finding import find_activity, find_organisation
from agenda.storage.newest import NewestLine
from agenda.storage.store import transaction
from portal.app import create_app
from portal.feeds import shelf as feed_shelf
from portal.feeds.shelf import FeedShelf
from tests.rounds_under_way import INPUT, OFFICE, WHO, RoundUnderWay, a_plan, sv

NOW = sv("2020-09-01 09:00")
PORTAL = "http://127.0.0.1"


class Subscription:
    """Bräcke's feed of a round, and what a program that reads it sees."""

    def __init__(self, under_way: RoundUnderWay, keyring: Keyring) -> None:
        self.under_way = under_way
        self.keyring = keyring
        with transaction(under_way.engine) as session:
            known = session.get_one(Round, under_way.id)
            link = subscribe(
                session,
                known,
                keyring,
                by=By.person(WHO, NOW),
                organisation=find_organisation(session, known, "bracke"),
            )
            self.id, self.token = identity(link), keyring.token(link)

    @property
    def path(self) -> str:
        """Where a program asks."""
        return f"/kalender/{self.token}.ics"

    def change(self, act: Callable[[Session, Link], object]) -> None:
        """Do something to the link."""
        with transaction(self.under_way.engine) as session:
            act(session, session.get_one(Link, self.id))

    def revoke(self) -> None:
        """Close the feed."""
        self.change(lambda session, link: revoke(session, link, by=By.person(WHO, NOW)))

    def renew(self) -> None:
        """Give the feed another address."""
        self.change(
            lambda session, link: renew(session, link, self.keyring, by=By.person(WHO, NOW))
        )

    def cancel(self) -> None:
        """Cancel the activity."""
        with transaction(self.under_way.engine) as session:
            known = session.get_one(Round, self.under_way.id)
            cancel(session, find_activity(session, known, INPUT), by=By.person(WHO, NOW))


@pytest.fixture
def subscription(engine: Engine) -> Subscription:
    """A feed of a round whose changes are made outside the portal, on both databases."""
    return Subscription(RoundUnderWay(engine, a_plan("bracke")), OFFICE.keyring)


@pytest.fixture
def portal(
    settings: Settings, subscription: Subscription, free_ports: Callable[[int], list[int]]
) -> Iterator[TestClient]:
    """The portal on the same database, with connections of its own."""
    url = subscription.under_way.engine.url.render_as_string(hide_password=False)
    (mailbox_port,) = free_ports(1)
    chosen = Settings(_env_file=None, var=settings.var, database_url=url, mailbox_port=mailbox_port)
    with TestClient(create_app(chosen), base_url=PORTAL) as client:
        yield client


CHANGES: dict[str, Callable[[Subscription], object]] = {
    "moved": lambda one: one.under_way.move(date(2020, 10, 9), "2020-09-02 10:00"),
    "extended": lambda one: one.under_way.extend("bracke", date(2020, 10, 9), "2020-09-02 10:00"),
    "answered": lambda one: one.under_way.answer("bracke", "2020-09-02 10:00"),
    "cancelled": Subscription.cancel,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_committed_elsewhere_is_in_the_next_answer(
    portal: TestClient, subscription: Subscription, change: str
) -> None:
    before = [portal.get(subscription.path) for _ in range(2)]
    CHANGES[change](subscription)
    known = {"If-None-Match": before[0].headers["etag"]}
    after = portal.get(subscription.path, headers=known)
    assert before[0].content == before[1].content
    assert (after.status_code, after.content != before[0].content) == (200, True)


def test_an_answer_that_is_withdrawn_leaves_the_calendar_at_once_with_a_higher_sequence(
    portal: TestClient, subscription: Subscription
) -> None:
    seen = []
    for change in (
        lambda: None,
        lambda: subscription.under_way.answer("bracke", "2020-09-02 10:00"),
        lambda: subscription.under_way.withdraw_answer("bracke", "2020-09-03 10:00"),
        lambda: subscription.under_way.answer("bracke", "2020-09-04 10:00"),
    ):
        change()
        answer = portal.get(subscription.path)
        (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        at = icalendar.vDDDTypes.from_ical(event["last-modified"].to_ical().decode())
        seen.append((str(event["summary"]).startswith("Besvarad"), event["sequence"], at))
    assert [is_answered for is_answered, _, _ in seen] == [False, True, False, True]
    sequences, instants = ([one[n] for one in seen] for n in (1, 2))
    assert sequences == sorted(set(sequences))
    assert instants == sorted(set(instants))


@pytest.mark.parametrize(
    ("change", "status"), [(Subscription.revoke, 410), (Subscription.renew, 404)]
)
def test_an_address_that_was_closed_or_replaced_opens_nothing_from_the_next_request_on(
    portal: TestClient,
    subscription: Subscription,
    change: Callable[[Subscription], None],
    status: int,
) -> None:
    before = portal.get(subscription.path).status_code
    change(subscription)
    assert (before, portal.get(subscription.path).status_code) == (200, status)


def test_what_was_cancelled_leaves_when_its_time_is_up_though_nobody_changes_anything(
    portal: TestClient, subscription: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscription.cancel()
    sizes, dates = [], []
    for days in (0, 42, 43):
        monkeypatch.setattr(feed_shelf, "utc_now", lambda days=days: NOW + timedelta(days=days))
        answer = portal.get(subscription.path)
        sizes.append(answer.content.count(b"BEGIN:VEVENT"))
        dates.append(answer.headers["last-modified"])
    assert sizes == [1, 1, 0]
    known = {"If-Modified-Since": dates[0]}
    assert dates[0] == dates[1] != dates[2]
    assert portal.get(subscription.path, headers=known).status_code == 200


def test_a_command_in_another_process_closes_a_feed_of_the_running_portal(
    portal_settings: Settings,
) -> None:
    app = create_app(portal_settings)
    keyring = Keyring(secret_key(portal_settings), portal_settings.portal_url)
    one = Subscription(RoundUnderWay(app.state.engine, a_plan("bracke")), keyring)
    with TestClient(app, base_url=PORTAL) as client:
        before = client.get(one.path).status_code
        command = "from portal.cli import main; main()"
        subprocess.run(
            [sys.executable, "-c", command, "calendar", "revoke", str(one.id)],
            env=os.environ | {"AGENDA_VAR": str(portal_settings.var)},
            check=True,
            capture_output=True,
        )
        assert (before, client.get(one.path).status_code) == (200, 410)


class SlowLine(NewestLine):
    """A look at the register that comes back when the test lets it, as over a slow network."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.begun, self.may_return = Event(), Event()
        self.looks = 0

    def look(self) -> object:
        """Look, then wait."""
        self.looks += 1
        seen = super().look()
        self.begun.set()
        assert self.may_return.wait(timeout=30)
        return seen

    def look_at_once(self) -> None:
        """Never."""


def test_who_asks_during_a_look_is_answered_by_the_next_one_and_all_of_them_share_it(
    subscription: Subscription,
) -> None:
    engine = subscription.under_way.engine
    line = SlowLine(engine)

    async def ask() -> list[bytes]:
        shelf = FeedShelf(engine, portal_url=PORTAL, line=line)
        first = asyncio.create_task(shelf.feed(subscription.token, has_spans=False))
        await asyncio.to_thread(line.begun.wait, 30)
        await asyncio.to_thread(CHANGES["moved"], subscription)
        others = [
            asyncio.create_task(shelf.feed(subscription.token, has_spans=False)) for _ in range(9)
        ]
        await asyncio.sleep(0)
        others.pop().cancel()
        line.may_return.set()
        await first
        return [(await other).whole.body for other in others]

    found = asyncio.run(ask())
    assert (line.looks, len(found), len(set(found))) == (2, 8, 1)
    assert b"DTSTART;VALUE=DATE:20201009" in found[0]


def test_a_database_that_is_away_is_everybodys_trouble_and_the_next_look_begins_anew(
    subscription: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = FeedShelf(subscription.under_way.engine, portal_url=PORTAL)

    async def ask(count: int) -> list[object]:
        asked = (shelf.feed(subscription.token, has_spans=False) for _ in range(count))
        return await asyncio.gather(*asked, return_exceptions=True)

    with monkeypatch.context() as patch:
        patch.setattr(NewestLine, "look", lambda _: (_ for _ in ()).throw(OSError("away")))
        refused = asyncio.run(ask(3))
    (found,) = asyncio.run(ask(1))
    assert [str(error) for error in refused] == ["away"] * 3
    assert found.whole.status_code == 200
