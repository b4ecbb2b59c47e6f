"""The week as it begins: one letter to each coordinator about all their rounds, or none.

From eight o'clock on the week's first workday, and only that day: what was true on Monday
morning is no news on Thursday. The postman looks, so it leaves whether or not Prefect runs.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Engine
from sqlmodel import Session, select

from agenda.models import Coordinator, Message, Round, identity
from agenda.people.coordinators import rounds_coordinated
from agenda.rounds.overview import Overview, overview
from agenda.steps.kinds import Audience, StepKind
from agenda.storage.store import reading, transaction
from agenda.words.addresses import shown_address
from agenda.workdays import Workdays, swedish_date, swedish_instant
from notifications.letters.letter import Letter
from notifications.letters.rendering import Rendered, render
from notifications.letters.weeks import RoundWeek, WeekAnswers, WeekMails, WeekMatter
from notifications.office import Office
from notifications.outbox.hours import leaves_at
from notifications.outbox.queue import Cause, Recipient, queue
from notifications.readings.to_do import ToDo, ToDoKind, to_do
from notifications.readings.upcoming import Ahead, ahead

TEMPLATE = "weekly"
AT = time(8)
"""When it is told at the earliest, Swedish time."""
WORKDAYS = 5
"""How far ahead it looks, the day itself included."""


class _Written(NamedTuple):
    """A letter that is to be queued."""

    cause: Cause
    recipient: Recipient
    words: Rendered
    leaves_at: datetime


def tell_of_the_week(engine: Engine, office: Office, *, now: datetime) -> int:
    """Queue the letter of each coordinator whose week begins, once; how many are queued.

    It is written while others may write, which takes the time, and then queued.
    """
    if now < swedish_instant(swedish_date(now), AT):
        return 0
    with reading(engine) as session:
        written = [
            letter
            for person, rounds in rounds_coordinated(session)
            if (letter := _written(session, office, person, rounds, now=now)) is not None
        ]
    queued = 0
    for one in written:
        with transaction(engine) as session:
            queued += _queue(session, office, one, now=now)
    return queued


def begins_week(day: date, workdays: Workdays) -> bool:
    """Whether a day is the first workday of its week: Monday or, on a day off, the next one."""
    return workdays.on_or_after(day - timedelta(days=day.weekday())) == day


def _queue(session: Session, office: Office, one: _Written, *, now: datetime) -> bool:
    # Asked again within the turn to write. Not by the message's key alone: that names the
    # round, and the one before this may have been closed or paused since.
    if _is_told(session, one.cause.step_key):
        return False
    queue(
        session,
        one.cause,
        one.recipient,
        one.words,
        now=now,
        leaves_at=one.leaves_at,
        domain=office.domain,
    )
    return True


def _written(
    session: Session, office: Office, person: Coordinator, rounds: Sequence[Round], *, now: datetime
) -> _Written | None:
    today = swedish_date(now)
    # The example is there to be looked at; nobody has its week before them.
    rounds = [one for one in rounds if not one.is_example]
    # Nothing is sent in the name of a round whose sending is paused.
    lead = next((one for one in rounds if one.sending_paused_at is None), None)
    if lead is None:
        return None
    workdays = Workdays(lead.head.closed_days)
    leaves = leaves_at(now, lead.head.sending, workdays)
    if not begins_week(today, workdays) or swedish_date(leaves) != today:
        return None
    key = _key(person, today)
    if _is_told(session, key):
        return None
    every = (_week(session, office, one, now=now) for one in rounds)
    weeks = tuple(week for week in every if not week.is_empty)
    if not weeks:
        return None
    recipient = Recipient(name=person.name, address=person.address)
    return _Written(
        _cause(lead, key), recipient, render(_letter(lead, recipient, weeks, today)), leaves
    )


def _key(person: Coordinator, day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"coordinator-{identity(person)}:{TEMPLATE}:{year}-W{week:02}"


def _is_told(session: Session, step_key: str) -> bool:
    found = select(Message.id).where(Message.step_key == step_key, Message.template == TEMPLATE)
    return session.exec(found.limit(1)).first() is not None


def _cause(lead: Round, key: str) -> Cause:
    return Cause(
        round_id=identity(lead),
        activity_id=None,
        organisation_id=None,
        audience=Audience.COORDINATOR.value,
        step_key=key,
        step=TEMPLATE,
        template=TEMPLATE,
        due_on=None,
    )


def _letter(lead: Round, recipient: Recipient, weeks: tuple[RoundWeek, ...], today: date) -> Letter:
    return Letter(
        template=TEMPLATE,
        language=recipient.language,
        round_name=lead.name,
        plan_title=lead.head.title,
        activity_title="",
        description="",
        starts_on=today,
        due_on=today,
        is_quarter=False,
        today=today,
        workdays_left=0,
        coordinator=lead.head.coordinator,
        recipient_name=recipient.name,
        weeks=weeks,
    )


def _week(session: Session, office: Office, round_: Round, *, now: datetime) -> RoundWeek:
    url = office.desk_url(identity(round_))
    today = swedish_date(now)
    until = Workdays(round_.head.closed_days).after(today, WORKDAYS - 1)
    found = overview(session, round_id=identity(round_), now=now)
    waiting = [one for one in to_do(session, round_, found) if one.kind is not ToDoKind.LEAVES]
    is_paused = round_.sending_paused_at is not None
    return RoundWeek(
        name=round_.name,
        plan_title=round_.head.title,
        url=url,
        until=until,
        matters=tuple(_matters(waiting, url)),
        answers=tuple(_answers(found, today)),
        mails=() if is_paused else tuple(_mails(session, office, round_, until=until, now=now)),
    )


def _matters(waiting: Sequence[ToDo], url: str) -> Iterator[WeekMatter]:
    """What waits, in the order it has; several of a kind are one line, which leads to them all."""
    for kind, together in groupby(waiting, key=lambda one: one.kind):
        first, *others = together
        if others:
            yield WeekMatter(kind=kind.value, count=1 + len(others), url=url)
        else:
            yield WeekMatter(
                kind=kind.value,
                url=url + first.way,
                name=first.name,
                title=first.title,
                day=first.on,
                of=first.count,
            )


def _answers(found: Overview, today: date) -> Iterator[WeekAnswers]:
    for line in found.asking:
        if line.stage.takes_answers and line.starts_on <= today:
            yield WeekAnswers(line.title, line.answered, line.asked, line.due_on)


def _mails(
    session: Session, office: Office, round_: Round, *, until: date, now: datetime
) -> Iterator[WeekMails]:
    """What leaves, by day and step; what another letter tells, and what reaches nobody, not."""
    ours = {shown_address(one) for one in (round_.head.coordinator.address, *office.alerts)}
    counted: Counter[tuple[date, str, str]] = Counter()
    for one in ahead(session, office, round_id=identity(round_), until=until, now=now):
        entry = one.ahead
        if entry.to and entry.in_letter_of is None and not _is_known(entry, ours):
            leaves_on = max(swedish_date(entry.leaves_at), swedish_date(now))
            counted[leaves_on, entry.label, entry.activity_title] += len(entry.to)
    for (leaves_on, label, title), count in counted.items():
        yield WeekMails(leaves_on, label, title, count)


def _is_known(entry: Ahead, ours: Collection[str]) -> bool:
    """Whether the letter would say twice what it says, or what is on its way to the coordinator.

    A daily reminder of overdue work is one matter that waits, not five letters.
    """
    if entry.step.partition("-")[0] == StepKind.NAG:
        return True
    return entry.is_queued and all(to in ours for to in entry.to)
