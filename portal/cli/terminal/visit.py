"""What a command works on: the settings, the database, the present instant and who asks."""

import getpass
import pwd
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from agenda.clock import utc_now
from agenda.installation.settings import Settings, settings
from agenda.installation.signature import opened
from agenda.models import Round
from agenda.people.coordinators import coordinator_called, coordinators_at_work
from agenda.register import Actor, ActorKind, By
from agenda.rounds.round import find_round
from agenda.storage.faults import said_in_words
from agenda.storage.store import reading, transaction
from notifications.office import Office
from portal.cli.terminal.options import NAMED

FIRST_PERSON, NOBODY = 1000, 65534
"""The numbers of people's own accounts begin here (login.defs); the other is nobody's."""
Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Visit:
    """One command's look at the installation."""

    settings: Settings
    engine: Engine
    now: datetime
    clock: Callable[[], datetime]
    """For what takes so long that `now` would be the past."""

    @property
    def by(self) -> By:
        """Who acts, and when."""
        return By(who_acts(self.engine), self.now)

    @property
    def office(self) -> Office:
        """The office that mails are sent from."""
        return Office.of(self.settings)


@contextmanager
def visit(*, is_rekeying: bool = False) -> Iterator[Visit]:
    """Open the installation's database for one command; only `agenda up` makes one.

    Args:
        is_rekeying: The secret key may be another than the installation's.

    Raises:
        BadSettings: the settings cannot be used, or are another installation's.
        BadDatabase: the database cannot be used as it stands.
    """
    found = settings()
    with opened(found, is_rekeying=is_rekeying) as engine, said_in_words(engine.url):
        yield Visit(found, engine, utc_now(), utc_now)


@contextmanager
def looking(round_name: str | None) -> Iterator[tuple[Visit, Session, Round]]:
    """A visit that only reads, and the round it is about.

    Raises:
        NotFound: there is no such round, or several and none was named.
    """
    with visit() as here, reading(here.engine) as session:
        yield here, session, find_round(session, round_name)


@contextmanager
def changing(
    round_name: str | None, *, is_for_good: bool = False
) -> Iterator[tuple[Visit, Session, Round]]:
    """A visit that changes something, all of it or nothing, and the round it is about.

    What cannot be undone (`is_for_good`) needs a name while the example is open too.

    Raises:
        NotFound: there is no such round, or several and none was named.
    """
    with visit() as here, transaction(here.engine) as session:
        yield here, session, find_round(session, round_name, is_for_good=is_for_good)


def who_acts(engine: Engine | None = None) -> Actor:
    """Who acts: given with --as or in AGENDA_USER, else the computer's user, by full name.

    A coordinator's own name or address tells which one it is. An account that several share,
    such as root, is no person. Then it is the coordinator of the open rounds who acts, as far
    as anybody can know: the account stands beside the name, and no identity.
    """
    user = _user()
    name = (NAMED.get() or "").strip() or _full_name(user)
    if name:
        which = _asked(engine, lambda session: coordinator_called(session, name))
        return Actor(ActorKind.PERSON, name, which)
    names = _asked(engine, lambda session: {one.name for one in coordinators_at_work(session)})
    coordinator = names.pop() if names and len(names) == 1 else None
    account = f"konto {user}"
    return Actor(ActorKind.PERSON, f"{coordinator} ({account})" if coordinator else account)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "kommandoraden"


def _full_name(user: str) -> str | None:
    """The name of a person's own account; None for one that several share."""
    try:
        account = pwd.getpwnam(user)
    except KeyError:
        return user
    if account.pw_uid >= FIRST_PERSON and account.pw_uid != NOBODY:
        return account.pw_gecos.partition(",")[0].strip() or user
    return None


def _asked(engine: Engine | None, question: Callable[[Session], Known]) -> Known | None:
    """What the database knows; None of one that is only now being made."""
    if engine is None:
        return None
    try:
        with reading(engine) as session:
            return question(session)
    except SQLAlchemyError:
        return None
