"""ical.js, the parser of Thunderbird, run by Node."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.calendar_readers.telling import ENTRY, Missing

FOLDER = Path(__file__).parent / "icaljs"
SAYS = ENTRY


def read(content: bytes, folder: Path) -> dict[str, Any]:
    """What ical.js reads in a calendar."""
    node = shutil.which("node")
    if node is None:
        raise Missing("ical.js: there is no node on this machine")
    done = subprocess.run(
        [node, "read.mjs"], cwd=FOLDER, input=content, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    if "missing" in found:
        raise Missing("ical.js is not installed: run npm ci in tests/calendar_readers/icaljs")
    return found
