"""Which steps are due now, for whom, and why the others are not. Pure.

Everything the product does reads this list: the live run sends what is DUE, the preview
moves `now` forward, the explanation prints the reasons, the replay moves `now` through
the whole plan. A step is not matched to a day: what is due and not yet recorded is due,
so a run may come early, late, twice or not at all.
"""

from collections.abc import Iterable
from datetime import datetime

from agenda.steps.verdicts.beforehand import to_be_foretold
from agenda.steps.verdicts.organisations import for_organisation
from agenda.steps.verdicts.region import for_the_region
from agenda.steps.verdicts.terms import Asked, Because, Facts, Status, Timetables, Verdict
from agenda.steps.verdicts.tracking import steps_then, tracked_on, untracked

__all__ = [
    "Asked",
    "Because",
    "Facts",
    "Status",
    "Timetables",
    "Verdict",
    "due",
    "steps_then",
    "to_be_foretold",
    "tracked_on",
    "untracked",
    "verdicts",
]


def verdicts(timetables: Timetables, facts: Facts, now: datetime) -> list[Verdict]:
    """The verdict on every step for every recipient, at an instant."""
    found = [
        verdict
        for asked in facts.asked
        for verdict in for_organisation(timetables, facts, asked, now)
    ]
    found.extend(for_the_region(timetables, facts, now))
    return found


def due(found: Iterable[Verdict]) -> list[Verdict]:
    """What is to be sent now, in the order it came due."""
    return sorted(
        (verdict for verdict in found if verdict.status is Status.DUE),
        key=lambda verdict: (verdict.step.at, verdict.step.key, verdict.organisation or ""),
    )
