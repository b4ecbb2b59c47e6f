"""What waits for a decision in a round, and nothing else: the first thing on the desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial

from sqlmodel import Session

from agenda.models import Round, identity
from agenda.rounds.overview import ActivityLine, Overview, Standing
from agenda.rounds.waiting import wishes_for_time
from agenda.workdays import Workdays, swedish_date
from notifications.readings.contacts import contact_lines
from notifications.readings.incoming import mails_at_desk

LATE_FOR = timedelta(days=7)
"""How long a late answer is news."""
SETTLED_BY = timedelta(days=92)
"""How long before a quarter the day in it should be settled."""


class ToDoKind(StrEnum):
    """What is waited for, in the order that it is shown."""

    MAIL_PAUSED = "mail_paused"
    WISH = "wish"
    NOT_ARRIVED = "not_arrived"
    REPLY_BY_MAIL = "reply_by_mail"
    UNCLAIMED_MAIL = "unclaimed_mail"
    REFUSED = "refused"
    NO_ADDRESS = "no_address"
    LATE = "late"
    MISSING = "missing"
    OVERDUE = "overdue"
    LEAVES = "leaves"
    NO_DAY = "no_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """One matter that waits; what is empty has no part in it."""

    kind: ToDoKind
    activity: str = ""
    """Its key."""
    title: str = ""
    organisation: str = ""
    """Its key."""
    name: str = ""
    words: str = ""
    """What somebody wrote, or what a mail server said."""
    at: datetime | None = None
    on: date | None = None
    count: int = 0
    number: int = 0
    """Of the message that did not arrive, or of the mail that came in."""

    @property
    def way(self) -> str:
        """Where on the desk it is done: what follows the round's own address."""
        return {
            ToDoKind.MAIL_PAUSED: "/utskick",
            ToDoKind.WISH: f"/plan/{self.activity}/anstand?vem={self.organisation}",
            ToDoKind.NOT_ARRIVED: f"/utskick/{self.number}",
            ToDoKind.REFUSED: f"/organisationer/{self.organisation}",
            ToDoKind.NO_ADDRESS: f"/organisationer/{self.organisation}",
            ToDoKind.REPLY_BY_MAIL: f"/inkommande/{self.number}",
            ToDoKind.UNCLAIMED_MAIL: "/inkommande",
            ToDoKind.LATE: f"/svar/{self.activity}/{self.organisation}",
            ToDoKind.MISSING: f"/plan/{self.activity}",
            ToDoKind.OVERDUE: f"/plan/{self.activity}",
            ToDoKind.LEAVES: "/harnast",
            ToDoKind.NO_DAY: f"/plan/{self.activity}/flytta",
        }[self.kind]


def to_do(
    session: Session, round_: Round, found: Overview, *, is_for_reader: bool = False
) -> list[ToDo]:
    """What waits for a decision at the instant of an overview; none in a closed round.

    Args:
        session: A session that reads.
        round_: The round.
        found: How it stands.
        is_for_reader: Whether it is for somebody who only reads: mail that nobody knows whose
            it is, is not for them.
    """
    if round_.closed_at is not None:
        return []
    return sorted(
        (
            *_from_rows(session, round_, found),
            *_from_mail(session, round_, coordinates=not is_for_reader),
            *_from_overview(round_, found),
        ),
        key=lambda one: list(ToDoKind).index(one.kind),
    )


def _from_rows(session: Session, round_: Round, found: Overview) -> Iterator[ToDo]:
    titles = {line.key: line.title for line in found.activities if not line.stage.is_over}
    if round_.sending_paused_at is not None:
        yield ToDo(kind=ToDoKind.MAIL_PAUSED, at=round_.sending_paused_at)
    for wish in wishes_for_time(session, identity(round_)):
        if wish.decided_at is None and wish.activity in titles:
            yield ToDo(
                kind=ToDoKind.WISH,
                activity=wish.activity,
                title=titles[wish.activity],
                organisation=wish.organisation,
                name=wish.name,
                words=wish.reason,
                at=wish.requested_at,
                on=wish.until,
            )
    for line in contact_lines(session, round_.id, only_refused=True):
        yield ToDo(
            kind=ToDoKind.REFUSED,
            organisation=line["organisation"],
            name=line["organisation_name"],
            title=line["address"],
            words=line["bounce_reason"],
            at=line["bounced_at"],
        )


def _from_mail(session: Session, round_: Round, *, coordinates: bool) -> Iterator[ToDo]:
    waiting = mails_at_desk(session, round_, coordinates=coordinates, waits=True)
    for line in waiting:
        if line.organisation_name is not None:
            yield ToDo(
                kind=ToDoKind.REPLY_BY_MAIL,
                name=line.organisation_name,
                title=line.subject,
                at=line.arrived_at,
                number=line.id,
            )
    if unclaimed := sum(line.organisation_name is None for line in waiting):
        yield ToDo(kind=ToDoKind.UNCLAIMED_MAIL, count=unclaimed)


def _from_overview(round_: Round, found: Overview) -> Iterator[ToDo]:
    for trouble in found.troubles:
        yield ToDo(
            kind=ToDoKind.NOT_ARRIVED,
            name=trouble.organisation,
            title=trouble.subject,
            words=trouble.said,
            at=trouble.queued_at,
            number=trouble.number,
        )
    yield from _organisations(found)
    for line in found.activities:
        yield from _activity(line, found)
    following = Workdays(round_.head.closed_days).after(swedish_date(found.now), 1)
    for coming in found.coming:
        if swedish_date(coming.at) <= following:
            yield ToDo(
                kind=ToDoKind.LEAVES,
                activity=coming.activity_key,
                title=coming.activity_title,
                name=coming.label,
                at=coming.at,
                count=len(coming.recipients),
            )


def _organisations(found: Overview) -> Iterator[ToDo]:
    going_on = {line.key: line for line in found.activities if not line.stage.is_over}
    for organisation in found.organisations:
        cells = {key: cell for key, cell in organisation.cells.items() if key in going_on}
        if any(cell.standing is Standing.NO_ADDRESS for cell in cells.values()):
            yield ToDo(
                kind=ToDoKind.NO_ADDRESS, organisation=organisation.key, name=organisation.name
            )
        for key, cell in cells.items():
            at = cell.answered_at
            if cell.is_late and at is not None and at > found.now - LATE_FOR:
                yield ToDo(
                    kind=ToDoKind.LATE,
                    activity=key,
                    title=going_on[key].title,
                    organisation=organisation.key,
                    name=organisation.name,
                    at=at,
                )


def _activity(line: ActivityLine, found: Overview) -> Iterator[ToDo]:
    if line.stage.is_over:
        return
    about = partial(ToDo, activity=line.key, title=line.title, on=line.due_on)
    if line.is_past and not line.asked:
        yield about(kind=ToDoKind.OVERDUE)
    elif line.is_past and line.answered < line.asked:
        yield about(kind=ToDoKind.MISSING, count=line.asked - line.answered)
    if line.is_quarter and line.starts_on - SETTLED_BY <= swedish_date(found.now):
        yield about(kind=ToDoKind.NO_DAY)
