"""How long `agenda status --json` takes to answer, against importing what it is built on.

The floor is a bare `import sqlmodel, typer, rich`, in a process of its own like the command,
in turns within one run, so that only the ratio counts.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.measuring import Figure

TURNS = 15
_FLOOR = ("-c", "import sqlmodel, typer, rich")
_STATUS = ("-c", "from portal.cli import main; main()", "status", "--json")
_START = (
    "-c",
    "from portal.cli import main; main()",
    "round",
    "start",
    "--first-day",
    "2027-04-06",
)


def measure() -> list[Figure]:
    """The command against the bare imports."""
    with TemporaryDirectory(prefix="agenda-bench-") as folder:
        # A port where nobody answers: a Prefect that happens to run is not to be changed.
        # Nor is its database, so nothing of its settings is taken over.
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("AGENDA_")
        } | {
            "AGENDA_VAR": folder,
            "AGENDA_PREFECT_API_URL": "http://127.0.0.1:9/api",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        _seconds(_START, environment)
        floors, commands = [], []
        for _ in range(TURNS):
            floors.append(_seconds(_FLOOR, environment))
            commands.append(_seconds(_STATUS, environment))
    ratio = median(commands) / median(floors)
    return [
        Figure(
            "start av agenda status --json mot import sqlmodel, typer, rich",
            ratio,
            "x",
            "högst 1,5",
        )
    ]


def _seconds(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    started_at = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        # A folder without a file of settings.
        cwd=environment["AGENDA_VAR"],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - started_at
