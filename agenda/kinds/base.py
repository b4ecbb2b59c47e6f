"""What a kind of activity is made of."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Closing(StrEnum):
    """What ends an activity."""

    DEADLINE = "deadline"
    """It closes by itself at midnight after its last day."""
    MARKED_DONE = "marked_done"
    """It stays open, overdue if need be, until somebody marks it done."""


class Ladder(BaseModel):
    """The dated steps of an activity, counted in workdays from its last day (`due_on`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opens: bool = False
    """Invite the organisations asked on the first day (on a day off: the next workday)."""
    invitation_workdays_before: int | None = Field(default=None, ge=0, le=250)
    """Invite them this long before the last day instead."""
    reminders_workdays_before: tuple[int, ...] = ()
    """Remind those who have not answered."""
    closes: bool = False
    """Tell the coordinator how it ended, at midnight after the last day."""
    overdue_workdays_after: tuple[int, ...] = ()
    """Tell those who have still not answered that the last day has passed."""
    escalation_workdays_after: int | None = Field(default=None, ge=1, le=250)
    """Tell the escalation contact, with a copy to the coordinator."""
    internal_workdays_before: tuple[int, ...] = ()
    """Remind the person responsible at the region; 0 is the last day itself."""
    nags: bool = False
    """Remind the person responsible every workday after the last day until it is done."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of activity and the defaults it brings; a plan file can override each."""

    name: str
    label: dict[str, str]
    """What the kind is called, by language ("sv", "en")."""
    asks: tuple[str, ...]
    """The kinds of organisation asked to answer; empty when the work is internal."""
    closing: Closing
    ladder: Ladder


INTERNAL = Ladder(internal_workdays_before=(10, 2, 0), nags=True)
"""The ladder of work that somebody at the region does: remind, then nag until done."""
