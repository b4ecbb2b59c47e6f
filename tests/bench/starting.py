"""How long `agenda status --json` takes to answer, against importing what it is built on.

The floor is a bare `import sqlmodel, typer, rich`, in a process of its own like the command,
in turns within one run, so that only the ratio counts.
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from agenda.clock import utc_now
from agenda.installation.example import start_example_round
from agenda.installation.settings import Settings
from agenda.installation.signature import sign
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine, transaction
from tests.bench.measuring import Figure

TURNS = 15
_FLOOR = ("-c", "import sqlmodel, typer, rich")
_STATUS = ("-c", "from portal.cli import main; main()", "status", "--json")


def measure() -> list[Figure]:
    """The command against the bare imports."""
    with TemporaryDirectory(prefix="agenda-bench-") as folder:
        _install(Settings(_env_file=None, var=Path(folder) / "var"))
        floors, commands = [], []
        for _ in range(TURNS):
            floors.append(_seconds(_FLOOR, cwd=folder))
            commands.append(_seconds(_STATUS, cwd=folder))
    ratio = median(commands) / median(floors)
    return [
        Figure(
            "start av agenda status --json mot import sqlmodel, typer, rich",
            ratio,
            "x",
            "högst 1,5",
        )
    ]


def _install(settings: Settings) -> None:
    """A database with a round in it, as the first start makes it."""
    engine = open_engine(settings.engine_url)
    migrate(engine)
    with transaction(engine) as session:
        sign(session, settings, now=utc_now())
        start_example_round(session, now=utc_now())
    engine.dispose()


def _seconds(arguments: tuple[str, ...], *, cwd: str) -> float:
    started_at = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=cwd, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started_at
