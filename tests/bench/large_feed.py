"""How long a calendar feed of 10,000 events takes when it, or all but one event, is known.

Call to bytes: what a calendar program waits for besides the network.
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, insert
from sqlmodel import Session, select

from agenda.calendar.deadlines import round_entries
from agenda.calendar.feeds import subscribe
from agenda.calendar.rendering import Entry, render_calendar
from agenda.clock import utc_now
from agenda.installation.example import start_example_round
from agenda.links.keyring import Keyring
from agenda.models import Activity, Round, identity
from agenda.register import By
from agenda.rounds.facts import situations
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine, reading, transaction
from portal.feeds.shelf import FeedShelf, Shelved
from tests.bench.measuring import Figure, best_of

EVENTS = 10_000
KEYRING = Keyring(b"the secret key of the measurement", "http://127.0.0.1")


def measure() -> list[Figure]:
    """A feed of 10,000 events. The first rendering, which is not measured, takes the time."""
    with TemporaryDirectory(prefix="agenda-bench-") as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'agenda.db'}")
        migrate(engine)
        round_id, token = _large_round(engine)
        with asyncio.Runner() as loop:
            shelf = FeedShelf(engine, portal_url="http://127.0.0.1")

            def ask() -> Shelved:
                return loop.run(shelf.feed(token, has_spans=False))

            uids = set(re.findall(rb"^UID:.*", bytes(ask().whole.body), re.MULTILINE))
            if len(uids) < EVENTS:
                raise RuntimeError(f"only {len(uids)} events")
            unchanged = best_of(ask)
            shelf.close()
        with reading(engine) as session:
            entries = list(
                round_entries(situations(session, round_id), portal_url="http://127.0.0.1")
            )
        changing = _with_one_changed(entries)
        changed = best_of(lambda: render_calendar(next(changing), name="Agendan"))
        engine.dispose()
    return [
        Figure(
            f"kalenderflöde med {EVENTS} poster, inget ändrat", unchanged * 1000, "ms", "under 20"
        ),
        Figure("  en av dem ändrad, de andra redan skrivna", changed * 1000, "ms", "under 20"),
    ]


def _large_round(engine: Engine) -> tuple[int, str]:
    """A round with so many activities of one day each, and a feed of all of it."""
    now = utc_now()
    with transaction(engine) as session:
        known = start_example_round(session, now=now)
        link = subscribe(session, known, KEYRING, by=By.person("mätningen", now))
        _add_activities(session, known)
        return identity(known), KEYRING.token(link)


def _add_activities(session: Session, known: Round) -> None:
    query = select(Activity).where(Activity.round_id == known.id, Activity.key == "workshop")
    model = session.exec(query).one().model_dump(exclude={"id"})
    rows = []
    for number in range(EVENTS):
        day = known.started_at.date() + timedelta(days=number % 400)
        own = {"key": f"dag-{number}", "position": 100 + number, "starts_on": day, "due_on": day}
        rows.append(model | own | {"terms": model["terms"] | {"key": own["key"]}})
    session.execute(insert(Activity), rows)


def _with_one_changed(entries: list[Entry]) -> Iterator[list[Entry]]:
    """The same entries again and again, but for one that is another revision each time."""
    for revision in count(1):
        middle = len(entries) // 2
        entries[middle] = replace(entries[middle], revision=revision)
        yield entries
