"""khal, a calendar for the terminal: imports the file and lists it, as its user would."""

import os
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.calendar_readers.telling import Missing

FIELDS = ("uid", "title", "description", "location", "categories", "status", "url")
SAYS = frozenset({"uid", "title", "description", "place", "categories", "status", "url"}) | {
    "starts",
    "ends",
}
"""It shows no more of an entry, and of a calendar nothing."""
MISREADS = {"backslashes": frozenset({"title", "description", "place"})}
"""By calendar, what is not asked of it. Debian's khal reads with an icalendar that takes the
second half of an escaped backslash for the first half of what follows, so that "\\\\n" is a
line feed to it; RFC 5545 knows no other way to write a backslash."""
FORMAT = "\x1f".join(f"{{{name}}}" for name in (*FIELDS, "all-day", "start-long", "end-long"))
CONFIG = """
[calendars]
[[agendan]]
path = {folder}/agendan
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M:%SZ
longdatetimeformat = %Y-%m-%dT%H:%M:%SZ
"""


def read(content: bytes, folder: Path) -> dict[str, Any]:
    """What khal shows of a calendar in the years of the rounds that are tried."""
    (folder / "agendan").mkdir()
    (folder / "config").write_text(CONFIG.format(folder=folder))
    (folder / "read.ics").write_bytes(content)
    _khal(folder, "import", "--batch", "-a", "agendan", str(folder / "read.ics"))
    form = ("--once", "--day-format", "", "--format", f"\x1e{FORMAT}\x1d")
    shown = _khal(folder, "list", *form, "2020-01-01", "2021-12-31")
    # One that is over the whole day is listed before the others of its day, and no field
    # holds the signs that part them: our calendars hold no control characters.
    _, *lots = shown.split("\x1e")
    return {"entries": [_entry(lot.partition("\x1d")[0]) for lot in lots]}


def _khal(folder: Path, *arguments: str) -> str:
    khal = shutil.which("khal")
    if khal is None:
        raise Missing("khal: it is not on this machine")
    done = subprocess.run(
        [khal, "-c", str(folder / "config"), *arguments],
        # Nothing of its owner's, and nothing of this test's Python: Debian's khal has its own.
        env={"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def _entry(lot: str) -> dict[str, Any]:
    *said, is_all_day, starts, ends = lot.split("\x1f")
    found = dict(zip(FIELDS, said, strict=True))
    if is_all_day == "True":
        # It shows the last day; what is written is the day after (RFC 5545 3.6.1).
        ends = (date.fromisoformat(ends) + timedelta(days=1)).isoformat()
    return {
        "uid": found["uid"],
        "title": found["title"],
        "starts": starts,
        "ends": ends,
        "status": found["status"].strip(),
        "categories": [found["categories"]] if found["categories"] else [],
        "url": found["url"],
        "description": found["description"],
        "place": found["location"],
    }
