"""An act done in its turn to write, with its letters made before that.

It is tried and taken back to find out which letters it causes, they are made while nobody
waits for the turn, and then it is done.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from agenda.storage.store import transaction, trying
from notifications.notices.making import Ahead, Key, Made, Wanted, note, use

Done = TypeVar("Done")


def carry_through(engine: Engine, act: Callable[[Session], Done]) -> Done:
    """Do an act that is one transaction; what it gave.

    Args:
        engine: The database.
        act: Called twice, the first time to be taken back; it must change nothing else.

    Raises:
        sqlalchemy.exc.TimeoutError: no turn to write for too long.
        Exception: whatever the act raises; then nothing is done.
    """
    _, ahead = tried(engine, act)
    with transaction(engine) as session:
        use(session, ahead)
        return act(session)


def tried(engine: Engine, act: Callable[[Session], Done]) -> tuple[Done, Ahead]:
    """What an act would give, and the letters that it would cause; nothing is done."""
    with trying(engine) as session:
        noted = note(session)
        found = act(session)
    return found, _made(noted)


def _made(noted: Mapping[Key, Wanted]) -> dict[Key, Made]:
    made: dict[Key, Made] = {}
    for key, wanted in noted.items():
        try:
            made[key] = wanted.made()
        except Exception:  # noqa: S112  # met again in its turn, where it belongs to an act
            continue
    return made
