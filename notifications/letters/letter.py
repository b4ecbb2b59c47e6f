"""A letter: everything that one mail to one recipient can say, before it is put into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from agenda.plan.model import Person
from notifications.letters.foretold import Foretold
from notifications.letters.occasions import Meeting
from notifications.letters.weeks import RoundWeek
from notifications.letters.works import Work


@dataclass(frozen=True, slots=True)
class Trouble:
    """A message that could not be delivered."""

    organisation_name: str
    recipient: str
    """The address it was sent to."""
    said: str
    """The mail server's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An answer that has come in, as the coordinator is told of it."""

    organisation_name: str
    kind: str
    """"submission", "nothing_to_report", "declined" or "ballot"."""
    received_at: datetime
    version: int


class ReceiptRow(Protocol):
    """One line of what was sent in: a form's field and what was filled in."""

    @property
    def label(self) -> str:
        """The field's name."""
        ...

    @property
    def text(self) -> str:
        """What was written, to be shown exactly so; empty for a heading and for files."""
        ...

    @property
    def level(self) -> int:
        """0 for the form's own fields, 1 and 2 for what is inside them."""
        ...

    @property
    def files(self) -> Sequence[int]:
        """One for each file that was attached there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a registrator needs of an answer that has come in."""

    kind: str
    """"submission", "nothing_to_report" or "declined"."""
    received_at: datetime
    version: int
    is_late: bool = False
    registry_no: str | None = None
    rows: tuple[ReceiptRow, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Each file's name and its SHA-256."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything one mail to one recipient can say. Which of it is said, its template decides."""

    template: str
    """The message: a file's name in `messages/sv` and `messages/en`."""
    language: str
    """"sv" or "en"."""
    round_name: str
    plan_title: str
    activity_title: str
    activity_kind: str = ""
    """Its name; empty in a letter that is about no activity."""
    description: str
    starts_on: date
    due_on: date
    """The recipient's own last day: inclusive, to midnight Swedish time."""
    is_quarter: bool
    """Only the quarter is settled; `due_on` is its last day."""
    occasion: Meeting | None = None
    """When and where people meet, if it is a meeting."""
    today: date
    """The Swedish date of writing, which "om tio arbetsdagar" and "i morgon" count from."""
    workdays_left: int
    """Workdays from today to `due_on`; negative when it has passed."""
    coordinator: Person
    recipient_name: str
    organisation_name: str | None = None
    is_locked: bool = False
    """Replies are no longer taken: the work with them has begun."""
    answer_url: str | None = None
    """The recipient's personal link; without one, they answer by replying to the mail."""
    answered: tuple[str, ...] = ()
    """Names of the organisations that have answered. A moved date is told otherwise to them."""
    outstanding: tuple[str, ...] = ()
    asked_at: datetime | None = None
    """When the invitation left, in UTC."""
    former_due_on: date | None = None
    former_is_quarter: bool = False
    """Only the quarter was settled before; `former_due_on` is its last day."""
    is_copy: bool = False
    """The coordinator's copy of an escalation."""
    intended_for: str | None = None
    """Of a copy, who the original went to; None when there is nobody to escalate to."""
    troubles: tuple[Trouble, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    """The answers that have come in, in the notice of them."""
    works: tuple[Work, ...] = ()
    """Everything of the recipient's that is due or overdue, in a letter about it all."""
    weeks: tuple[RoundWeek, ...] = ()
    """The recipient's rounds as a week of them begins, in the letter of that morning."""
    foretold: tuple[Foretold, ...] = ()
    """What is about to leave in the coordinator's name, in the notice of it."""
    desk_url: str | None = None
    """The round's own page on the desk."""
    note: str = ""
    """A person's own words: why a date was moved, time was granted, work is done."""
    own_words: str = ""
    """The coordinator's own words of a step, in place of the product's paragraphs."""
    own_lines: tuple[str, ...] = ()
    """The coordinator's own paragraphs above them: to all who get the step, to this one."""
    decided_by: str | None = None
    receipt: Receipt | None = None
    """What came in, in the receipt for it."""
    requested_until: date | None = None
    """The later last day that an organisation asks for."""
    decision_url: str | None = None
    """The coordinator's personal link to the decision on that."""
    sign_in_url: str | None = None
    """The way in to the desk, for whoever asked for it."""
    gone_through_at: datetime | None = None
    """When Prefect last went through the round, in UTC."""
