"""What a command works on: the settings, the database, the present instant and who asks."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from agenda.clock import utc_now

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from agenda.models import Round
    from agenda.settings import Settings
    from notifications.office import Office

NAMED: ContextVar[str | None] = ContextVar("named", default=None)
"""Who was given with --as."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One command's look at the installation."""

    settings: "Settings"
    engine: "Engine"
    now: datetime
    who: str
    """Who acts, for the register."""
    clock: Callable[[], datetime]
    """For what takes so long that `now` would be the past."""

    @property
    def office(self) -> "Office":
        """The office that mails are sent from."""
        from notifications.office import Office

        return Office.of(self.settings)


@contextmanager
def visit(*, sets_up: bool = False) -> Iterator[Visit]:
    """Open the installation's database for one command.

    Args:
        sets_up: Make or upgrade the tables where they are missing or old; otherwise the
            command stops and says how to come on.

    Raises:
        BadSettings: the settings cannot be used.
        BadDatabase: the database cannot be used as it stands.
    """
    from agenda.database_faults import said_in_words
    from agenda.settings import settings
    from agenda.store import checked_url, open_engine
    from agenda.upgrading import is_current, refuse_missing, refuse_unless_current, upgrade

    found = settings()
    if not sets_up:
        refuse_missing(checked_url(found.engine_url))
    engine = open_engine(found.engine_url)
    try:
        if not sets_up:
            refuse_unless_current(engine)
        elif not is_current(engine):
            upgrade(found.engine_url, backups=found.var / "backups")
        with said_in_words(engine.url):
            yield Visit(found, engine, utc_now(), who_acts(), utc_now)
    finally:
        engine.dispose()


@contextmanager
def looking(round_name: str | None) -> Iterator[tuple[Visit, "Session", "Round"]]:
    """A visit that only reads, and the round it is about.

    Raises:
        NotFound: there is no such round, or several and none was named.
    """
    from agenda.rounds import find_round
    from agenda.store import reading

    with visit() as here, reading(here.engine) as session:
        yield here, session, find_round(session, round_name)


@contextmanager
def changing(round_name: str | None) -> Iterator[tuple[Visit, "Session", "Round"]]:
    """A visit that changes something, all of it or nothing, and the round it is about.

    Raises:
        NotFound: there is no such round, or several and none was named.
    """
    from agenda.rounds import find_round
    from agenda.store import transaction

    with visit() as here, transaction(here.engine) as session:
        yield here, session, find_round(session, round_name)


def who_acts() -> str:
    """Who acts: given with --as or in AGENDA_USER, else the computer's user."""
    if named := (NAMED.get() or "").strip():
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "kommandoraden"
