"""Programs that did not write our calendars read in them what the agenda meant.

A reader that is not on this machine is skipped, with what is missing; `.ci/run` installs all.
"""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Engine

from agenda.storage.store import open_engine
from tests.calendar_readers import (
    by_calcurse,
    by_icalendar,
    by_icaljs,
    by_ics,
    by_khal,
    by_libical,
    by_vobject,
)
from tests.calendar_readers.calendars import CALENDARS
from tests.calendar_readers.telling import CALENDAR, Missing

READERS = {
    "icalendar": by_icalendar,
    "vobject": by_vobject,
    "libical": by_libical,
    "ical.js": by_icaljs,
    "khal": by_khal,
    "calcurse": by_calcurse,
    "ics": by_ics,
}


@pytest.fixture
def engine(sqlite_url: str) -> Engine:
    """A database; what is written does not depend on which."""
    return open_engine(sqlite_url)


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize("reader", READERS)
def test_a_reader_is_told_what_the_agenda_means(
    reader: str, calendar: str, engine: Engine, tmp_path: Path
) -> None:
    program: ModuleType = READERS[reader]
    made = CALENDARS[calendar](engine)
    try:
        said = program.read(made.content, tmp_path)
    except Missing as missing:
        pytest.skip(str(missing))
    entries, meant = said.pop("entries"), list(made.meant["entries"].values())
    assert all(entry.keys() == program.SAYS for entry in entries)
    assert said == {name: made.meant[name] for name in CALENDAR & said.keys()}
    asked = program.SAYS - getattr(program, "MISREADS", {}).get(calendar, frozenset())
    assert _only(asked, entries) == _only(asked, meant)


def _only(names: frozenset[str], entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each entry what is asked for, in an order that is the same for all."""
    return sorted(({name: entry[name] for name in sorted(names)} for entry in entries), key=repr)
