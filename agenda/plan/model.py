"""A plan: what a round's activities are, when, who answers for them and who is asked.

The fields' names are the keys of a plan file. `agenda.plan.reading` turns a file into
this and reports every fault with its line; nothing else builds one from outside text.
"""

from datetime import date, time
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from agenda.forms.fields import Form
from agenda.forms.labels import FieldKey, Option
from agenda.kinds import KINDS, Closing, Ladder
from agenda.plan.policy_areas import POLICY_AREAS
from agenda.plan.sentences import SENTENCES
from agenda.words.addresses import Address
from agenda.words.texts import Frozen, Key, Line, Text


def _kind(value: str) -> str:
    if value not in KINDS:
        near = get_close_matches(value, KINDS, n=1)
        if near:
            raise ValueError(SENTENCES("kind_meant", near=near[0]))
        raise ValueError(SENTENCES("unknown_kind", kinds=", ".join(sorted(KINDS))))
    return value


def _organisation_kind(value: str) -> str:
    # Any kind goes, but a slip of the pen would leave an organisation out of what is asked.
    near = get_close_matches(value, ORGANISATION_KINDS, n=1, cutoff=0.8)
    if near and value != near[0]:
        raise ValueError(SENTENCES("organisation_kind", near=near[0]))
    return value


ORGANISATION_KINDS = ("municipality", "consultee", "body")
"""The kinds of organisation that the kinds of activity know; a plan may have others."""
KindName = Annotated[str, AfterValidator(_kind)]
"""One of the kinds of activity."""
OrganisationKind = Annotated[Key, AfterValidator(_organisation_kind)]
"""What sort of organisation it is, in one word: `asks` can name all of a sort at once."""
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2099, 12, 31))]
"""A date that a plan can hold: a slip like 0202-10-02 is none."""


_List = Annotated[tuple[Option, ...], Field(min_length=1, max_length=100)]


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
    kind: OrganisationKind
    language: Literal["sv", "en"] = "sv"
    contacts: tuple[ContactEntry, ...] = ()


class SendingHours(Frozen):
    """When what the timetable causes may leave: workdays, Swedish time."""

    at: time = time(8)
    """The time of day of the dated steps."""
    from_time: time = time(7)
    until_time: time = time(18)
    workdays_only: bool = True

    @model_validator(mode="after")
    def _has_hours(self) -> "SendingHours":
        if self.from_time >= self.until_time:
            raise ValueError(SENTENCES("no_hours"))
        return self

    @classmethod
    def always(cls, at: time) -> "SendingHours":
        """No quiet hours: for trying out, and for plans that ask for it."""
        return cls(at=at, from_time=time.min, until_time=time.max, workdays_only=False)


class ActivityTerms(Frozen):
    """What a plan says of an activity besides its dates and what its kind brings."""

    key: Key
    kind: KindName
    title: Line
    description: Text = ""
    responsible: Person | None = None
    """Who is reminded of internal work; without one, the plan's coordinator."""
    after: tuple[Key, ...] = ()
    """The activities this one builds on."""
    asks: tuple[Key, ...] = ()
    """The organisations asked: keys of organisations or of kinds of organisation."""
    form: Form | None = None
    """What they are asked to fill in; without one, the form of the kind."""
    from_time: time | None = None
    """When a meeting of one day begins, Swedish time."""
    until_time: time | None = None
    place: Line | None = None
    """Where a meeting is held."""
    ballot: Form | None = None
    """What they vote on, once the coordinator opens it; without one, the kind's."""


class PlannedActivity(ActivityTerms):
    """One row of the plan. `due_on` is its last day, inclusive, to midnight in Sweden."""

    starts_on: Day
    due_on: Day
    is_quarter: bool = False
    """The plan only names a quarter: the day within it is not yet set."""
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
    """What the work is called where people read of it."""
    document: Line | None = None
    """What the plan's own document is called."""
    goal: Text = ""
    responsible: Person
    coordinator: Person
    steering_group: Text = ""
    reference_groups: Text = ""
    policy_areas: Annotated[tuple[Line, ...], Field(min_length=1, max_length=100)] = POLICY_AREAS
    """What the list of that name in a form offers."""
    lists: Annotated[dict[FieldKey, _List], Field(max_length=50)] = Field(default_factory=dict)
    """Lists of the plan's own, that `options_from`, `items_from` and `rows_from` can name."""
    closed_days: tuple[Day, ...] = ()
    sending: SendingHours = Field(default_factory=SendingHours)


class Plan(PlanHead):
    """A whole plan (genomförandeplan), as its file says it."""

    organisations: tuple[OrganisationEntry, ...] = ()
    activities: tuple[PlannedActivity, ...] = Field(min_length=1)

    def activity(self, key: str) -> PlannedActivity:
        """The activity with a key; KeyError if there is none."""
        for found in self.activities:
            if found.key == key:
                return found
        raise KeyError(key)

    def asked(self, activity: PlannedActivity) -> tuple[OrganisationEntry, ...]:
        """The organisations that an activity of this plan asks, in the plan's order."""
        return tuple(
            organisation
            for organisation in self.organisations
            if organisation.key in activity.asks or organisation.kind in activity.asks
        )


def with_defaults_of_kind(entry: dict[str, Any]) -> dict[str, Any]:
    """An activity as its file says it, completed with what its kind brings."""
    kind = KINDS[entry["kind"]]
    ladder = kind.ladder.model_dump() | entry.get("steps", {})
    return {"asks": kind.asks, "closing": kind.closing} | entry | {"steps": ladder}
