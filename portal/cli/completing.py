"""What the shell proposes for a half-typed name: rounds, activities, organisations."""

from typing import Any

from agenda.errors import AgendaError


def round_names(incomplete: str) -> list[str]:
    """The rounds' names."""
    from sqlmodel import select

    from agenda.models import Round

    return _beginning(incomplete, select(Round.name))


def activity_keys(incomplete: str) -> list[str]:
    """The keys of the open rounds' activities."""
    from sqlmodel import col, select

    from agenda.models import Activity, Round

    query = select(Activity.key).join(Round).where(col(Round.closed_at).is_(None))
    return _beginning(incomplete, query)


def organisation_keys(incomplete: str) -> list[str]:
    """The keys of the open rounds' organisations."""
    from sqlmodel import col, select

    from agenda.models import Organisation, Round

    query = select(Organisation.key).join(Round).where(col(Round.closed_at).is_(None))
    return _beginning(incomplete, query)


def _beginning(incomplete: str, names: Any) -> list[str]:
    from agenda.storage.store import reading
    from portal.cli.visit import visit

    try:
        with visit() as here, reading(here.engine) as session:
            found = set(session.exec(names))
    except AgendaError:
        # Whoever presses the tab key is in the middle of a line: no complaint there.
        return []
    return sorted(name for name in found if name.startswith(incomplete))
