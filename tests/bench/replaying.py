"""How long a replay of the bundled plan takes, against as many bare commits."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from sqlalchemy import text

from agenda.plan.model import OrganisationEntry, Plan
from agenda.plan.reading import bundled_plan, read_plan
from agenda.storage.store import open_engine
from notifications.replay.replay import replay
from notifications.replay.scenario import read_scenario
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
        *_without_answers(plan),
    ]


def _without_answers(plan: Plan) -> list[Figure]:
    """Nobody answers, nobody marks anything done; then with four times as many asked."""
    began = process_time()
    rows = len(list(replay(plan)))
    seconds = process_time() - began
    more = plan.model_copy(update={"organisations": _four_times(plan)})
    began = process_time()
    more_rows = len(list(replay(more)))
    growth = ((process_time() - began) / seconds) / (more_rows / rows)
    return [
        Figure(f"  utan svar, processortid för {rows} brev", seconds, "s", "under 5"),
        Figure("  växt i tid mot växt i brev, fyra gånger så många", growth, "x", "högst 1"),
    ]


def _four_times(plan: Plan) -> tuple[OrganisationEntry, ...]:
    return tuple(
        organisation.model_copy(update={"key": f"{organisation.key}-{number}"})
        for organisation in plan.organisations
        for number in range(4)
    )


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
