"""What is wrong with a plan or odd in it, by where it stands: for who changes it by pieces."""

from functools import lru_cache
from typing import Final, NamedTuple

from pydantic import ValidationError

from agenda.plan.checks.contradictions import check_contradictions
from agenda.plan.checks.oddities import oddities
from agenda.plan.checks.rows import check_rows
from agenda.plan.drafts.as_file import plan_file
from agenda.plan.entries import PlanEntry
from agenda.plan.model import Plan
from agenda.plan.model_faults import sentence
from agenda.plan.nodes import compose
from agenda.plan.values import Values, read_values
from agenda.plan.wanted import KeyPath
from agenda.words.faults import Fault, FaultyFile

_KEPT: Final = 16
"""So many texts' plans are remembered; each is a few hundred kilobytes at the most."""


class Finding(NamedTuple):
    """One thing that is wrong, or odd, in a plan."""

    path: KeyPath
    """Where it stands in the plan's file: ("activities", 4, "due_on")."""
    sentence: str
    is_fault: bool
    """It must be mended before a round can be started; what is only odd may be meant."""

    @property
    def activity(self) -> int | None:
        """Which activity of the plan it concerns, from 0."""
        return self._position("activities")

    @property
    def organisation(self) -> int | None:
        """Which organisation it concerns, from 0."""
        return self._position("organisations")

    def _position(self, name: str) -> int | None:
        if self.path[:1] != (name,) or len(self.path) < 2 or not isinstance(self.path[1], int):
            return None
        return self.path[1]


def examine(plan: Plan) -> tuple[Finding, ...]:
    """Every fault of a plan or, where it has none, everything that is odd in it."""
    return examined(plan_file(plan))


# A draft is read at every visit and changes seldom: with 290 organisations reading takes a while.
@lru_cache(maxsize=_KEPT)
def examined(text: str) -> tuple[Finding, ...]:
    """What `examine` says of a plan, of the text that `plan_file` wrote of it."""
    values = _values(text)
    check_rows(values)
    check_contradictions(values)
    faults = [
        Finding(remark.path, fault.sentence, is_fault=True)
        for remark, fault in zip(values.noted, values.faults(), strict=True)
    ]
    if faults:
        return tuple(dict.fromkeys(faults))
    found = oddities(as_stored(text))
    return tuple(Finding(path, words, is_fault=False) for path, words in found)


@lru_cache(maxsize=_KEPT)
def as_stored(text: str) -> Plan:
    """The plan of a text that `plan_file` wrote, whatever may be wrong between its rows.

    Raises:
        FaultyFile: the text is none of those.
    """
    values = _values(text)
    try:
        return PlanEntry.model_validate(values.data).as_plan()
    except ValidationError as failed:
        faults = (Fault(1, sentence(error, PlanEntry)) for error in failed.errors())
        raise FaultyFile("", faults) from failed


def _values(text: str) -> Values:
    root, faults = compose(text.encode())
    if root is None or faults:
        raise FaultyFile("", faults)
    return read_values(root, PlanEntry)
