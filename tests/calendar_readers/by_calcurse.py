"""calcurse, an organizer for the terminal: imports the file, and its own files are read."""

import os
import re
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.calendar_readers.telling import Missing

SAYS = frozenset({"title", "starts", "ends", "description", "place"})
"""It keeps no more of an entry, not even its identifier, and of a calendar nothing."""
MISREADS = {"twenty thousand characters": frozenset({"description"})}
"""It cuts a line, unfolded, at 8,192 bytes."""
_DAY = r"(\d\d/\d\d/\d{4})"
_ALL_DAY = re.compile(rf"{_DAY} \[\d+\] (?:\{{1D -> {_DAY}\}} )?(?:>(\w+) )?(.*)")
_TIMED = re.compile(
    rf"{_DAY} @ (\d\d:\d\d) -> {_DAY} @ (\d\d:\d\d)\s*(?:>(\w+) )?[|!](.*)", re.DOTALL
)


def read(content: bytes, folder: Path) -> dict[str, Any]:
    """What calcurse has of a calendar, once it has taken in every entry."""
    calcurse = shutil.which("calcurse")
    if calcurse is None:
        raise Missing("calcurse: it is not on this machine")
    kept, file = folder / "calcurse", folder / "calcurse.ics"
    file.write_bytes(content)
    done = subprocess.run(
        [calcurse, "-D", str(kept), "-C", str(kept), "--quiet", "--import", str(file)],
        env={"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8", "TZ": "UTC"},
        capture_output=True,
        check=False,
    )
    # What it cannot take in it leaves out, and says so only in this way.
    assert (done.returncode, done.stderr) == (0, b""), done.stdout + done.stderr
    lines = (kept / "apts").read_text("utf-8").splitlines()
    return {"entries": [_entry(line, kept / "notes") for line in lines]}


def _entry(line: str, notes: Path) -> dict[str, Any]:
    if found := _ALL_DAY.fullmatch(line):
        first, last, note, title = found.groups()
        ends = _day(last or first) + timedelta(days=1)
        days = {"starts": f"{_day(first):%Y-%m-%d}", "ends": f"{ends:%Y-%m-%d}"}
    else:
        timed = _TIMED.fullmatch(line)
        assert timed is not None, line
        first, begins, last, finishes, note, title = timed.groups()
        days = {
            "starts": f"{_day(first):%Y-%m-%d}T{begins}:00Z",
            "ends": f"{_day(last):%Y-%m-%d}T{finishes}:00Z",
        }
    return {"title": title} | days | _noted(notes / note if note else None)


def _noted(note: Path | None) -> dict[str, str]:
    """Its note: the description and, under a line of its own, where it is and what it did."""
    text = note.read_text("utf-8") if note else ""
    description, _, rest = text.rpartition("-- \n") if "-- \n" in text else (text, "", "")
    place = re.search(r"^Location: (.*)$", rest, re.MULTILINE)
    return {"description": description.rstrip("\n"), "place": place[1] if place else ""}


def _day(american: str) -> datetime:
    return datetime.strptime(f"{american} +0000", "%m/%d/%Y %z")
