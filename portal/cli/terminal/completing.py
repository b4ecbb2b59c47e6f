"""What the shell proposes for a half-typed name: rounds, activities, organisations."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from agenda.words.errors import AgendaError

if TYPE_CHECKING:
    from sqlmodel import Session


def round_names(incomplete: str) -> list[str]:
    """The rounds' names."""
    from notifications.readings import rounds

    return _beginning(incomplete, rounds.round_names)


def activity_keys(incomplete: str) -> list[str]:
    """The keys of the open rounds' activities."""
    from notifications.readings import rounds

    return _beginning(incomplete, rounds.activity_keys)


def organisation_keys(incomplete: str) -> list[str]:
    """The keys of the open rounds' organisations."""
    from notifications.readings import rounds

    return _beginning(incomplete, rounds.organisation_keys)


def _beginning(incomplete: str, names: "Callable[[Session], Iterable[str]]") -> list[str]:
    from agenda.storage.store import reading
    from portal.cli.terminal.visit import visit

    try:
        with visit() as here, reading(here.engine) as session:
            found = set(names(session))
    except AgendaError:
        # Whoever presses the tab key is in the middle of a line: no complaint there.
        return []
    return sorted(name for name in found if name.startswith(incomplete))
