"""What the verdicts are given on, and what a verdict says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from agenda.steps.stages import Stage, stage_of
from agenda.steps.timetable import Step


class Status(StrEnum):
    """What is to be done about a step for a recipient."""

    DUE = "due"
    DONE = "done"
    WAITING = "waiting"
    ANSWERED = "answered"
    NOTHING_TO_REPORT = "nothing_to_report"
    DECLINED = "declined"
    EXTENDED = "extended"
    SUPERSEDED = "superseded"
    HELD = "held"
    UNTRACKED = "untracked"
    NO_ADDRESS = "no_address"
    BOUNCED = "bounced"
    CLOSED = "closed"


class Because(StrEnum):
    """What lies behind a status that has more than one cause; chooses the sentence."""

    ITSELF = ""
    NEWER_STEP = "newer_step"
    TOLD_SINCE = "told_since"
    PASSED = "passed"
    MOVED = "moved"
    ALL_ANSWERED = "all_answered"
    MARKED_DONE = "marked_done"
    CANCELLED = "cancelled"
    ANSWERS_LOCKED = "answers_locked"
    ROUND_CLOSED = "round_closed"
    FIRST_THE_ORGANISATION = "first_the_organisation"
    FIRST_THE_COORDINATOR = "first_the_coordinator"
    AHEAD = "ahead"
    """A person had it leave before its day."""
    NOT_ASKED_YET = "not_asked_yet"
    NOT_OVERDUE = "not_overdue"


class Verdict(NamedTuple):
    """What holds for one step and one recipient at an instant."""

    step: Step
    organisation: str | None
    """The organisation's key; None when the step speaks to the region's own people."""
    status: Status
    because: Because = Because.ITSELF
    at: datetime | None = None
    """When what decided it happened: the answer, the message, the move."""
    on: date | None = None
    """The date it points at: the extension's last day, the new last day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of one organisation that an activity asks."""

    organisation: str
    answer: Status | None = None
    """ANSWERED, NOTHING_TO_REPORT or DECLINED; None while nothing has come in."""
    answered_at: datetime | None = None
    extended_to: date | None = None
    unreachable: Status | None = None
    """NO_ADDRESS or BOUNCED when no message can be sent."""
    told: Mapping[str, datetime] = field(default_factory=dict)
    """When each message to it was queued, by step key."""
    escalated: Mapping[str, datetime] = field(default_factory=dict)
    """When its missing answer was taken further, by step key."""
    refused: Mapping[str, datetime] = field(default_factory=dict)
    """When every message of a step was refused for good, by step key."""
    held: Mapping[str, datetime] = field(default_factory=dict)
    """Since when steps are held for it, by step name."""
    ahead: Mapping[str, datetime] = field(default_factory=dict)
    """When a person had a step leave before its day, by step key."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one activity at an instant."""

    tracked_from: datetime
    """Steps before this instant are never sent."""
    asked: Sequence[Asked] = ()
    told: Mapping[str, datetime] = field(default_factory=dict)
    """When each message to the person responsible was queued, by step key."""
    reported: Mapping[str, datetime] = field(default_factory=dict)
    """When each message to the coordinator was queued, by step key.

    Its own, and of what speaks to others the notice that it is about to leave.
    """
    held: Mapping[str, datetime] = field(default_factory=dict)
    done_at: datetime | None = None
    cancelled_at: datetime | None = None
    locked_at: datetime | None = None
    round_closed_at: datetime | None = None
    moves: Sequence[tuple[date, date, datetime]] = ()
    """Earlier last days: from, to, when moved."""

    @property
    def stage(self) -> Stage:
        """How far the activity has come: what can still be done, and what is still said."""
        return stage_of(self, round_closed_at=self.round_closed_at)

    @property
    def outstanding(self) -> int:
        """How many of those asked have not answered."""
        return sum(asked.answer is None for asked in self.asked)


class Timetables(NamedTuple):
    """The steps a verdict is given on."""

    present: Sequence[Step]
    extended: Mapping[date, Sequence[Step]] = {}
    """The steps of each extension's own last day."""
    former: Mapping[date, Sequence[Step]] = {}
    """The steps of last days that no longer hold."""
    tracked: Sequence[Step] = ()
    """The steps as they were dated when the round began to be followed; none: as at present."""
