"""A plan: what a round's activities are, when, who answers for them and who is asked.

The fields' names are the keys of a plan file. `agenda.plan.reading` turns a file into
this and reports every fault with its line; nothing else builds one from outside text.
"""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agenda.kinds import KINDS, Closing, Ladder
from agenda.addresses import Address

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]


class Frozen(BaseModel):
    """A value that never changes and takes no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(StrEnum):
    """What a contact is told: everything, a copy of everything, or only escalations."""

    PRIMARY = "primary"
    COPY = "copy"
    ESCALATION = "escalation"


class Person(Frozen):
    """Somebody at the region who answers for something."""

    name: Line
    address: Address
    title: Line | None = None
    telephone: Line | None = None


class ContactEntry(Frozen):
    """Where an organisation is reached: a mailbox, or another channel's Apprise URL."""

    name: Line
    address: Address
    role: Role = Role.PRIMARY


class OrganisationEntry(Frozen):
    """Somebody who is asked or told: a municipality, a consultee, a body."""

    key: Key
    name: Line
    kind: Key
    language: Annotated[str, StringConstraints(pattern="^(sv|en)$")] = "sv"
    contacts: tuple[ContactEntry, ...] = ()


class SendingHours(Frozen):
    """When what the timetable causes may leave: workdays, Swedish time."""

    at: time = time(8)
    """The time of day of the dated steps."""
    from_time: time = time(7)
    until_time: time = time(18)
    workdays_only: bool = True

    @classmethod
    def always(cls, at: time) -> "SendingHours":
        """No quiet hours: for trying out, and for plans that ask for it."""
        return cls(at=at, from_time=time.min, until_time=time.max, workdays_only=False)


class Activity(Frozen):
    """One row of the plan. `due_on` is its last day, inclusive, to midnight in Sweden."""

    key: Key
    kind: Key
    title: Line
    starts_on: date
    due_on: date
    is_quarter: bool = False
    """The plan only names a quarter: the day within it is not yet set."""
    description: Text = ""
    responsible: Person | None = None
    """Who is reminded of internal work; without one, the plan's coordinator."""
    after: tuple[Key, ...] = ()
    """The activities this one builds on."""
    asks: tuple[Key, ...] = ()
    """The organisations asked: keys of organisations or of kinds of organisation."""
    closing: Closing
    steps: Ladder

    @property
    def is_asking(self) -> bool:
        """Whether organisations outside are asked to answer."""
        return bool(self.asks)


class PlanHead(Frozen):
    """What a plan says of the round as a whole."""

    key: Key
    name: Line
    """The short name of the round it describes, e.g. "2020"."""
    title: Line
    goal: Text = ""
    responsible: Person
    coordinator: Person
    steering_group: Text = ""
    reference_groups: Text = ""
    closed_days: tuple[date, ...] = ()
    sending: SendingHours = Field(default_factory=SendingHours)


class Plan(PlanHead):
    """A whole plan (genomförandeplan), as its file says it."""

    organisations: tuple[OrganisationEntry, ...] = ()
    activities: tuple[Activity, ...]

    def activity(self, key: str) -> Activity:
        """The activity with a key; KeyError if there is none."""
        return next(found for found in self.activities if found.key == key)


def with_defaults_of_kind(entry: dict[str, Any]) -> dict[str, Any]:
    """An activity as its file says it, completed with what its kind brings."""
    kind = KINDS[entry["kind"]]
    ladder = kind.ladder.model_dump() | entry.get("steps", {})
    return {"asks": kind.asks, "closing": kind.closing} | entry | {"steps": ladder}
