"""A plan as its file is written: dates in three ways, and the kind's defaults left out."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from agenda.kinds import Closing, Ladder
from agenda.plan.model import (
    ActivityTerms,
    Day,
    OrganisationEntry,
    Plan,
    PlanHead,
    PlannedActivity,
    with_defaults_of_kind,
)
from agenda.plan.quarters import first_day, last_day, quarter_of

WAYS_TO_DATE = (
    frozenset({"on"}),
    frozenset({"starts_on", "due_on"}),
    frozenset({"quarter"}),
)
"""The keys that give an activity its dates; one of these sets, and nothing of another."""


def _quarter(value: str) -> str:
    quarter_of(value)
    return value


class ActivityEntry(ActivityTerms):
    """An activity as a file says it: what is not said comes from its kind."""

    on: Day | None = None
    """An activity of a single day."""
    starts_on: Day | None = None
    due_on: Day | None = None
    quarter: Annotated[str, AfterValidator(_quarter)] | None = None
    """Only a quarter is known: 2021-Q1."""
    closing: Closing = Closing.DEADLINE
    steps: Ladder = Field(default_factory=Ladder)

    def as_activity(self) -> PlannedActivity:
        """The activity, completed with what its kind brings."""
        said = self.model_dump(exclude_unset=True, exclude={"on", "quarter"})
        return PlannedActivity.model_validate(with_defaults_of_kind(said | self._dates()))

    def _dates(self) -> dict[str, Any]:
        if self.quarter is not None:
            quarter = quarter_of(self.quarter)
            days = first_day(quarter), last_day(quarter)
            return {"starts_on": days[0], "due_on": days[1], "is_quarter": True}
        return {"starts_on": self.on or self.starts_on, "due_on": self.on or self.due_on}


class PlanEntry(PlanHead):
    """A whole plan file. Its fields, and theirs, are the keys that a file may hold."""

    organisations: tuple[OrganisationEntry, ...] = ()
    activities: tuple[ActivityEntry, ...] = Field(min_length=1)

    def as_plan(self) -> Plan:
        """The plan."""
        said: dict[str, Any] = {name: getattr(self, name) for name in PlanHead.model_fields}
        return Plan(
            **said,
            organisations=self.organisations,
            activities=tuple(entry.as_activity() for entry in self.activities),
        )
