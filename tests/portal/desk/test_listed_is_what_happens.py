"""What the page before the second press lists is what then leaves, whatever is done and when."""

import html
import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from sqlmodel import select

from agenda.models import Activity, Message, Round, identity
from agenda.rounds.facts import situation
from agenda.storage.store import reading
from agenda.words.addresses import shown_address
from agenda.workdays import Workdays, swedish_date, swedish_instant
from notifications.attending import announce
from notifications.delivery.claiming import HELD_PAUSE
from notifications.delivery.sending import deliver_ready
from notifications.office import Office
from tests.obedient_server import ObedientServer
from tests.portal.desk.desk import ASTA, Desk
from tests.rounds_under_way import MUNICIPALITIES

ACTS = 7
"""How many are done to each round."""
_SECTION = re.compile(r'<section aria-labelledby="letters_leave">(.*?)</section>', re.DOTALL)
_GROUP = re.compile(r"<li><strong>(.*?)</strong>(.*?)</ul>", re.DOTALL)
_DAY = re.compile(r" – \d+ \w+ \d{4}$")
_WHOM = re.compile(r"<li[^>]*>([^<]*)</li>")

Letters = Counter[tuple[str, str]]
"""Subjects and whom they are to, as the page writes both."""


def listed(page: str) -> Letters:
    found = Letters()
    for section in _SECTION.findall(page):
        for subject, whom in _GROUP.findall(section):
            found.update(
                (html.unescape(subject), html.unescape(one)) for one in _WHOM.findall(whom)
            )
    return found


def leaves(desk: Desk) -> Letters:
    """What the post takes now, everything that waits for its turn."""
    server, office = ObedientServer(desk.now), Office.of(desk.settings)
    with reading(desk.engine) as session:
        before = set(session.scalars(select(Message.id).where(Message.sent_at.is_not(None))))  # type: ignore[union-attr]
    list(deliver_ready(desk.engine, server, office, now=lambda: desk.now))
    with reading(desk.engine) as session:
        known = {
            party.organisation.id: party.organisation.name
            for row in session.scalars(select(Activity))
            for party in situation(session, identity(row)).parties.values()
        }
        sent = session.scalars(select(Message).where(Message.sent_at.is_not(None)))  # type: ignore[union-attr]
        return Letters(
            (one.subject, _to(one, known.get(one.organisation_id, "")))
            for one in sent
            if one.id not in before
        )


def _to(message: Message, organisation: str) -> str:
    to = f"{message.recipient_name} <{shown_address(message.recipient)}>"
    return f"{organisation}, {to}" if organisation else to


def undated(letters: Letters) -> Letters:
    """Without the day that a letter to the region's own people names in its subject.

    One that waited while sending was paused leaves with the day that it then is.
    """
    return Letters((_DAY.sub("", subject), to) for subject, to in letters.elements())


def look_at_everything(desk: Desk) -> None:
    """Queue whatever is due, as the runs in Prefect do."""
    with reading(desk.engine) as session:
        ids = [identity(row) for row in session.scalars(select(Activity))]
    for number in ids:
        announce(desk.engine, Office.of(desk.settings), activity_id=number, now=desk.now)


def later(now: datetime, days: int) -> datetime:
    """A workday at ten in the morning, when letters leave."""
    day = Workdays().on_or_after(swedish_date(now) + timedelta(days=days))
    return max(now, swedish_instant(day, time(10)))


def an_act(desk: Desk, chance: random.Random) -> tuple[str, dict[str, str]]:
    """Where an act is asked for, and what is filled in."""
    key = chance.choice(["inspel", "inspel", "inspel", "workshop", "samrad", "skrivande"])
    plan = f"{desk.home}/plan/{key}"
    day = str(Workdays().on_or_after(swedish_date(desk.now) + timedelta(chance.randint(1, 60))))
    whom = chance.choice(MUNICIPALITIES)
    step = chance.choice(["reminder-10", "reminder-5", "reminder-1"])
    held = f"aktivitet=inspel&steg={step}&vem={chance.choice(['', whom])}"
    acts: list[Callable[[], tuple[str, dict[str, str]]]] = [
        lambda: (f"{plan}/flytta", {"dag": day}),
        lambda: (f"{plan}/flytta", {"dag": day, "foljande": "1"}),
        lambda: (f"{desk.home}/plan/inspel/anstand", {"vem": whom, "dag": day}),
        lambda: (f"{plan}/stall-in", {}),
        lambda: (f"{plan}/ateruppta", {}),
        lambda: (f"{plan}/klar", {}),
        lambda: (f"{plan}/oppna-igen", {}),
        lambda: (f"{plan}/las", {}),
        lambda: (f"{plan}/las-upp", {}),
        lambda: (f"{desk.home}/utskick/paus", {}),
        lambda: (f"{desk.home}/utskick/starta", {}),
        lambda: (f"{desk.home}/harnast/hall?{held}", {}),
        lambda: (f"{desk.home}/harnast/slapp?{held}", {}),
        lambda: (f"{desk.home}/harnast/skicka?{held}", {}),
        lambda: (f"{desk.home}/harnast/ord?{held}", {"rad-sv": f"Hej {chance.random()}!"}),
        lambda: (f"{desk.home}/harnast/standardtext?{held}", {}),
        lambda: (f"{desk.home}/plan/inspel/paminn", {"vem": chance.choice(["", whom])}),
    ]
    return chance.choice(acts)()


def is_paused(desk: Desk) -> bool:
    with reading(desk.engine) as session:
        return session.scalars(select(Round)).one().sending_paused_at is not None


@pytest.mark.parametrize("seed", range(3))
def test_what_is_listed_is_what_leaves_whatever_is_done_and_when(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    done = 0
    for _ in range(60):
        if done == ACTS:
            break
        desk.now = later(desk.now, chance.choice([0, 0, 1, 3, 9]))
        desk.sign_in(ASTA)
        look_at_everything(desk)
        leaves(desk)
        address, filled = an_act(desk, chance)
        form = desk.client.get(address)
        if form.status_code != 200 or "<form" not in form.text.rpartition("<main")[2]:
            continue
        asked = desk.press(address, **filled)
        if asked.status_code != 200 or "_bekraftat" not in asked.text:
            continue
        told = listed(asked.text)
        confirmed = desk.confirmed(address.partition("?")[0], asked)
        assert confirmed.status_code == 303, (address, filled)
        desk.now += HELD_PAUSE  # what stood still is tried again after so long
        expected = Letters() if is_paused(desk) else told
        left = leaves(desk)
        if address.endswith("/starta"):
            left, expected = undated(left), undated(expected)
        assert left == expected, (address, filled)
        done += 1
    assert done == ACTS
