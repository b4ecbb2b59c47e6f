"""How long the verdicts take, against making as many verdicts with nothing to decide."""

import math
from datetime import UTC, date, datetime, time

from agenda.plan.model import PlannedActivity, with_defaults_of_kind
from agenda.steps.timetable import timetable
from agenda.steps.verdicts import Asked, Facts, Status, Timetables, Verdict, verdicts
from agenda.workdays import Workdays
from tests.bench.measuring import Figure, best_of

ACTIVITIES = 12
NOW = datetime(2020, 9, 18, 6, tzinfo=UTC)
STEPS = timetable(
    PlannedActivity.model_validate(
        {"key": "inspel", "title": "Inspel", "starts_on": date(2020, 5, 8)}
        | {"due_on": date(2020, 10, 2)}
        | with_defaults_of_kind({"kind": "input"})
    ),
    Workdays(),
    at=time(8),
)
"""The longest ladder of all kinds, so that no activity is cheaper than in a real plan."""


def measure() -> list[Figure]:
    """Verdicts for 290 organisations x 12 activities, and how the time grows to 100,000."""
    few, many = _seconds(290), _seconds(100_000)
    floor = best_of(lambda: _floor(290))
    exponent = math.log(many / few) / math.log(100_000 / 290)
    return [
        Figure("verdikt, 290 organisationer x 12 aktiviteter", few * 1000, "ms", "under 100"),
        Figure("  mot att bara skapa lika många verdikt", few / floor, "x", ""),
        Figure("  tillväxt till 100 000 organisationer", exponent, "exponent", "omkring 1,0"),
    ]


def _seconds(organisations: int) -> float:
    facts = Facts(
        tracked_from=datetime(2020, 1, 1, tzinfo=UTC),
        asked=[Asked(organisation=f"kommun-{n}") for n in range(organisations)],
    )
    timetables = Timetables(STEPS)

    def judge() -> None:
        for _ in range(ACTIVITIES):
            verdicts(timetables, facts, NOW)

    return best_of(judge, times=5 if organisations < 1000 else 1)


def _floor(organisations: int) -> None:
    for _ in range(ACTIVITIES):
        [Verdict(step, "kommun", Status.WAITING) for _ in range(organisations) for step in STEPS]
