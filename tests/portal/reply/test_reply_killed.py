"""The portal killed at any moment between "skicka" and the answer: nothing lost, nothing twice."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from http.client import HTTPConnection, HTTPException
from statistics import median
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlencode

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, func, select, text
from sqlmodel import col

from agenda.clock import utc_now
from agenda.installation.example import start_example_round
from agenda.installation.settings import Settings
from agenda.links.personal import invite_colleague, organisation_link
from agenda.models import Answer, Draft, Message, RegisterEntry, identity
from agenda.register import What
from agenda.storage.store import reading, transaction
from notifications.office import Office
from tests.door import Door, PageForm, Reader, a_proposal
from tests.portal_process import PATIENCE_SECONDS, PortalProcess, portal_process

pytestmark = pytest.mark.slow

SEED = int(os.environ.get("AGENDA_TEST_SEED") or random.SystemRandom().getrandbits(32))
"""Printed when a test fails; set the variable to draw the same moments again."""
KILLS = {"sqlite": 100, "postgresql": 30}
ORGANISATIONS = ("bracke", "harjedalen", "ragunda", "stromsund", "ostersund")


class Met(StrEnum):
    """What a kill met, as the sender and the disk show it."""

    NOTHING_KEPT = "the answer was not on disk yet"
    KEPT = "it was on disk, and its sender had heard nothing"
    RECEIPT = "its sender had the receipt"


class Moments:
    """Draws when to kill: anywhere in a sending and somewhat after it, most often around the
    commit. Where that is it learns from the kills themselves, so that on a machine that turns
    slow or fast meanwhile they still fall on both sides of it."""

    def __init__(self, usual_seconds: float) -> None:
        self._random = random.Random(SEED)
        self._commit = usual_seconds

    def draw(self) -> float:
        """After how many seconds to kill."""
        return self._random.triangular(0, 2, 1) * self._commit

    def note(self, seconds: float, met: Met) -> None:
        """What a kill at a drawn moment met."""
        if met is Met.NOTHING_KEPT and seconds > self._commit * 0.9:
            self._commit *= 1.1
        elif met is Met.RECEIPT and seconds < self._commit * 1.1:
            self._commit /= 1.1


class Kept(NamedTuple):
    """What is on disk of one organisation."""

    titles: list[str]
    """Of each version's proposal, in their order."""
    receipts: Counter[tuple[int, str]]
    """How many messages there are, by version and recipient."""


class Sender:
    """An officer with a link of their own, who reviews, sends, and sends again."""

    def __init__(self, door: Door, portal: PortalProcess, organisation: str) -> None:
        self.organisation = organisation
        self.sent: list[str] = []
        self._door = door
        self._portal = portal
        self._colleague = f"kollega@{organisation}.example"
        self._home = door.address_of(_colleague(door, organisation, self._colleague))

    def send(self, title: str) -> float:
        """A sending that nothing befalls; how many seconds it took."""
        line, form = self._reviewed(title)
        began = perf_counter()
        self._press(line, form)
        assert _is_receipt(line)
        self.sent.append(title)
        return perf_counter() - began

    def send_and_kill(self, title: str, *, after: float | None) -> Met:
        """Press "skicka", kill the portal, start it, and send the same again.

        Without a number of seconds it is killed as soon as the answer is on disk.
        """
        line, form = self._reviewed(title)
        self._press(line, form)
        if after is None:
            self._portal.kill_once(lambda: self._newest_version() > len(self.sent))
        else:
            self._portal.kill(after=after)
        is_shown = _is_receipt(line)
        kept = self.kept()
        is_kept = kept == self.wanted(*self.sent, title)
        assert is_kept or kept == self.wanted(*self.sent), f"half of {title} is on disk"
        assert is_kept or not is_shown, f"{title} is lost, and its sender has a receipt"
        self._portal.start()
        self._send_again(form, title)
        return Met.RECEIPT if is_shown else Met.KEPT if is_kept else Met.NOTHING_KEPT

    def kept(self) -> Kept:
        """What is on disk."""
        with reading(self._door.engine) as session:
            found = self._door.invitation(session, self.organisation, "inspel")
            answers = select(Answer).where(col(Answer.invitation_id) == identity(found))
            mails = select(Message.step_key, Message.recipient).where(
                col(Message.template) == "receipt",
                col(Message.organisation_id) == found.organisation_id,
            )
            return Kept(
                [
                    answer.content["fragor"][0]["titel"]
                    for answer in session.scalars(answers.order_by(col(Answer.version)))
                ],
                Counter(
                    (int(key.rpartition(":")[2]), recipient)
                    for key, recipient in session.execute(mails)
                ),
            )

    def wanted(self, *titles: str) -> Kept:
        """What is on disk when each of these was sent in once: a version, and two receipts."""
        told = (self._colleague, f"kommun@{self.organisation}.example")
        versions = range(1, len(titles) + 1)
        return Kept(list(titles), Counter((version, to) for version in versions for to in told))

    def _reviewed(self, title: str) -> tuple[HTTPConnection, PageForm]:
        saved = self._door.save(self._home, "_granska", **a_proposal(titel=title))
        assert saved.headers["location"] == f"{self._home}/granska", saved.text[:500]
        # The form is sent over the line that it came by: one that the portal has not taken
        # up yet would outlive it.
        line = HTTPConnection("127.0.0.1", self._door.settings.portal_port, PATIENCE_SECONDS)
        line.request("GET", f"{self._home}/granska")
        return line, Reader(line.getresponse().read().decode()).forms[0]

    def _press(self, line: HTTPConnection, form: PageForm) -> None:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", form.action, urlencode(form.pairs), self._door.headers | kind)

    def _send_again(self, form: PageForm, title: str) -> None:
        """As somebody does who got no answer, or loads the page anew that they got."""
        again = self._door.post(form.action, form.pairs)
        assert again.headers["location"] == f"{self._home}/kvitto", again.text[:500]
        assert title in self._door.page(f"{self._home}/kvitto").text
        self.sent.append(title)

    def _newest_version(self) -> int:
        with reading(self._door.engine) as session:
            found = self._door.invitation(session, self.organisation, "inspel")
            versions = select(func.max(Answer.version))
            return session.scalar(versions.where(col(Answer.invitation_id) == found.id)) or 0


def _is_receipt(line: HTTPConnection) -> bool:
    """Whether what came over a line, which may have broken, leads to the receipt."""
    try:
        answer = line.getresponse()
    except (HTTPException, ConnectionError):
        return False
    finally:
        line.close()
    assert answer.status == 303, answer.status
    return answer.headers.get("location", "").endswith("/kvitto")


def _colleague(door: Door, organisation: str, address: str) -> int:
    """A colleague's link: its receipts go to two, the colleague and the organisation."""
    keyring = Office.of(door.settings).keyring
    with transaction(door.engine) as session:
        found = door.invitation(session, organisation, "inspel")
        own = organisation_link(session, found, keyring, now=door.now)
        return identity(
            invite_colleague(session, own, keyring, name="Kim", address=address, now=door.now)
        )


@pytest.fixture
def senders(engine: Engine, database_url: str, settings: Settings) -> Iterator[list[Sender]]:
    """Officers at a portal of its own process, with the example round."""
    with transaction(engine) as session:
        start_example_round(session, now=utc_now())
    chosen = settings.model_copy(update={"database_url": SecretStr(database_url)})
    with portal_process(chosen) as portal, _browser(portal) as client:
        door = Door(client, engine, portal.settings, utc_now())
        yield [Sender(door, portal, organisation) for organisation in ORGANISATIONS]


def _browser(portal: PortalProcess) -> httpx.Client:
    # Each request over a line of its own: one that was kept is dead after a kill.
    return httpx.Client(
        base_url=portal.settings.portal_url,
        limits=httpx.Limits(max_keepalive_connections=0),
        timeout=PATIENCE_SECONDS,
        trust_env=False,
    )


def test_a_portal_killed_while_it_takes_an_answer_loses_none_and_takes_none_twice(
    engine: Engine, senders: list[Sender]
) -> None:
    print(f"AGENDA_TEST_SEED={SEED}")
    moments = Moments(median([sender.send("Före provet") for sender in senders]))
    met: Counter[Met] = Counter()
    for number in range(KILLS[engine.dialect.name]):
        # Between the commit and the answer lies a millisecond or two: every tenth aims at them.
        after = None if number % 10 == 9 else moments.draw()
        found = senders[number % len(senders)].send_and_kill(f"Fråga {number}", after=after)
        met[found] += 1
        if after is not None:
            moments.note(after, found)
    print(met)
    for sender in senders:
        assert sender.kept() == sender.wanted(*sender.sent)
    assert_sound(engine, answers=sum(len(sender.sent) for sender in senders))
    assert set(met) == set(Met), met


def assert_sound(engine: Engine, *, answers: int) -> None:
    """The database is whole: its own check, no draft left over, and one register line each."""
    with reading(engine) as session:
        lines = select(func.count()).where(
            col(RegisterEntry.what) == What.ANSWER_RECORDED,
            col(RegisterEntry.who).startswith("länk "),
        )
        drafts = select(func.count()).select_from(Draft)
        assert (session.scalar(lines), session.scalar(drafts)) == (answers, 0)
        if engine.dialect.name == "sqlite":
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
