"""A round, its activities and what the coordinator has done to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from agenda.kinds import KINDS
from agenda.models.instants import Instants
from agenda.plan.model import PlanHead


class Round(SQLModel, table=True):
    """One run-through of a plan (omgång)."""

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    name: str = Field(unique=True)
    plan: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """The plan without its activities and organisations, which have tables of their own."""
    is_example: bool = False
    tracked_from: datetime
    """Steps before this instant are never sent."""
    started_at: datetime
    attended_at: datetime | None = None
    """When somebody last looked at what is due in it."""
    gone_through_at: datetime | None = None
    """When Prefect's daily round last went through all of it."""
    sending_paused_at: datetime | None = None
    """Since when nothing of it leaves, e.g. after a restored backup, until a person says so."""
    closed_at: datetime | None = None

    @property
    def head(self) -> PlanHead:
        """The plan as its own value: titles, people, sending hours, closed days."""
        return PlanHead.model_validate(self.plan)


class Activity(SQLModel, table=True):
    """One row of a round's plan; the dates are the ones that hold now."""

    __table_args__ = (UniqueConstraint("round_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    key: str
    position: int
    starts_on: date
    due_on: date
    is_quarter: bool = False
    was_quarter: bool = False
    """The plan only named a quarter: its first day is none that anybody was told."""
    single_day_since: datetime | None = None
    """Since when it is a single day after having been several: its first day is then cancelled
    where calendars show it."""
    terms: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """What the plan says of it besides its dates."""
    done_at: datetime | None = None
    cancelled_at: datetime | None = None
    locked_at: datetime | None = None
    """Since when its answers are locked, because the work with them has begun."""
    since: dict[str, datetime] = Field(
        default_factory=dict, sa_column=Column(Instants, nullable=False)
    )
    """Since when each state of its kind's own holds, by the name that the kind has for it."""
    attended_at: datetime | None = None
    """When somebody last looked at what is due about it."""
    revision: int = 0
    """Rises with every change that a calendar must show (RFC 5545 SEQUENCE)."""
    changed_at: datetime

    @property
    def kind(self) -> str:
        """The kind of activity, by its name."""
        return str(self.terms["kind"])

    @property
    def title(self) -> str:
        """What the plan calls it."""
        return str(self.terms["title"])

    @property
    def asks(self) -> tuple[str, ...]:
        """The keys and kinds of those who are asked."""
        return tuple(self.terms["asks"])

    def enter(self, state: str, at: datetime) -> None:
        """Be in a state from an instant on.

        Raises:
            ValueError: the kind of activity has no such state.
        """
        if state not in KINDS[self.kind].states:
            raise ValueError(f"{self.kind} has no state {state}")
        self.since = self.since | {state: at}

    def leave(self, state: str) -> None:
        """Be in a state no longer."""
        self.since = {name: at for name, at in self.since.items() if name != state}


class DeadlineMove(SQLModel, table=True):
    """A last day that was moved: the steps that counted from it no longer leave."""

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    from_on: date
    to_on: date
    moved_at: datetime


class ActivityFile(SQLModel, table=True):
    """A file that goes with an activity, for those who are asked: the draft to comment on."""

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    name: str
    media_type: str
    sha256: str = Field(foreign_key="filecontent.sha256", index=True)
    attached_at: datetime
    attached_by: str
    removed_at: datetime | None = None


class Hold(SQLModel, table=True):
    """A step that the coordinator holds back until it is released."""

    __table_args__ = (UniqueConstraint("activity_id", "step", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    step: str
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    held_at: datetime
    reason: str = ""


class StepWords(SQLModel, table=True):
    """What the letter of a step says in a language, in the coordinator's own words.

    The step is known by its name, so that they stay when the last day is moved.
    """

    __table_args__ = (UniqueConstraint("activity_id", "step", "organisation_id", "language"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    step: str
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    """Whose letter alone; None: of all who get the step."""
    language: str
    """"sv" or "en"."""
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    """In place of the product's own paragraphs; empty where those stand."""
    line: str = Field(default="", sa_column=Column(Text, nullable=False))
    """A paragraph above them; empty where there is none."""
    written_at: datetime
