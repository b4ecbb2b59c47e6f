"""How long a replay of the bundled plan takes, against as many bare commits."""

from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from agenda.plan.reading import bundled_plan, read_plan
from agenda.store import open_engine
from notifications.replay import replay
from notifications.scenario import read_scenario
from tests.bench.measuring import Figure, best_of


def measure() -> list[Figure]:
    """The bundled plan with the bundled scenario, from its first step to its last."""
    plan = read_plan(bundled_plan())
    scenario = read_scenario(bundled_plan().with_suffix(".answers.csv"), plan)
    rows = len(list(replay(plan, scenario)))
    seconds = best_of(lambda: list(replay(plan, scenario)), times=2)
    floor = best_of(lambda: _commits(2 * rows), times=2)
    return [
        Figure("uppspelning av den medföljande planen", seconds, "s", "under 10"),
        Figure(f"  mot {2 * rows} tomma transaktioner i samma databas", seconds / floor, "x", ""),
    ]


def _commits(count: int) -> None:
    """As many durable commits as the messages of the replay need: a claim and a record each."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'floor.db'}")
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE t (n INTEGER)"))
        for n in range(count):
            with engine.begin() as connection:
                connection.execute(text("INSERT INTO t VALUES (:n)"), {"n": n})
        engine.dispose()
