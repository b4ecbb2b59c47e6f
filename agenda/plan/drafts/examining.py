"""What is wrong with a plan or odd in it, by where it stands: for who changes it by pieces."""

from typing import NamedTuple

from pydantic import ValidationError

from agenda.plan.checks.contradictions import check_contradictions
from agenda.plan.checks.oddities import oddities
from agenda.plan.checks.rows import check_rows
from agenda.plan.drafts.as_file import plan_file
from agenda.plan.entries import PlanEntry
from agenda.plan.model import Plan
from agenda.plan.nodes import compose
from agenda.plan.values import Values, read_values
from agenda.plan.wanted import KeyPath
from agenda.words.errors import BadInput
from agenda.words.faults import FaultyFile


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
    values = _values(plan_file(plan))
    check_rows(values)
    check_contradictions(values)
    faults = [
        Finding(remark.path, fault.sentence, is_fault=True)
        for remark, fault in zip(values.noted, values.faults(), strict=True)
    ]
    if faults:
        return tuple(dict.fromkeys(faults))
    return tuple(Finding(path, words, is_fault=False) for path, words in oddities(plan))


def as_stored(text: str) -> Plan:
    """The plan of a text that `plan_file` wrote, whatever may be wrong between its rows.

    Raises:
        BadInput: the text is none of those.
    """
    try:
        return PlanEntry.model_validate(_values(text).data).as_plan()
    except ValidationError as error:
        raise BadInput(str(error)) from error


def _values(text: str) -> Values:
    root, faults = compose(text.encode())
    if root is None or faults:
        raise FaultyFile("", faults)
    return read_values(root, PlanEntry)
