"""A second count of what a plan comes to, written from what is promised and not from the code.

It knows the plan as its file says it and Sweden's days off, and nothing of the timetable, the
verdicts or the outbox: nobody answers, and nobody marks anything done.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

import holidays

from agenda.plan.model import Plan, PlannedActivity

DAY = timedelta(days=1)
DAILY_ROUND = time(7, 45)


class Told(NamedTuple):
    """One letter to one address: when by Swedish clocks, about what."""

    at: datetime
    to: str
    steps: frozenset[tuple[str, str]]
    """The activities and steps that it tells."""


class Dated(NamedTuple):
    """One step of one activity on its day."""

    day: date
    activity: str
    step: str


@cache
def _red_days(year: int) -> frozenset[date]:
    midsummer_eve = next(
        day for day in (date(year, 6, n) for n in range(19, 26)) if day.weekday() == 4
    )
    eves = (midsummer_eve, date(year, 12, 24), date(year, 12, 31))
    return frozenset([*holidays.country_holidays("SE", years=year), *eves])


class Office:
    """When the offices of one plan are open."""

    def __init__(self, plan: Plan) -> None:
        self.closed = set(plan.closed_days)

    def is_open(self, day: date) -> bool:
        return day.weekday() < 5 and day not in _red_days(day.year) and day not in self.closed

    def step(self, day: date, count: int) -> date:
        """So many open days on, or back where the count is negative."""
        direction = DAY if count > 0 else -DAY
        for _ in range(abs(count)):
            day += direction
            while not self.is_open(day):
                day += direction
        return day

    def next_open(self, day: date) -> date:
        while not self.is_open(day):
            day += DAY
        return day

    def last_open(self, day: date) -> date:
        while not self.is_open(day):
            day -= DAY
        return day


def before(office: Office, due_on: date, counts: tuple[int, ...]) -> dict[date, int]:
    """The day of each count before a last day; of two on one day the nearer."""
    found: dict[date, int] = {}
    for count in sorted(counts, reverse=True):
        found[office.step(due_on, -count) if count else office.last_open(due_on)] = count
    return found


def steps_to_organisations(plan: Plan, activity: PlannedActivity) -> Iterator[Dated]:
    office, ladder, due_on = Office(plan), activity.steps, activity.due_on
    invited_on = None
    if ladder.invitation_workdays_before is not None:
        count = ladder.invitation_workdays_before
        invited_on = office.step(due_on, -count) if count else office.last_open(due_on)
    elif ladder.opens:
        invited_on = office.next_open(activity.starts_on)
    if invited_on is not None:
        yield Dated(invited_on, activity.key, "invitation")
    for day, count in before(office, due_on, ladder.reminders_workdays_before).items():
        if invited_on is None or day > invited_on:
            yield Dated(day, activity.key, f"reminder-{count}")
    for count in ladder.overdue_workdays_after:
        yield Dated(office.step(due_on, count), activity.key, f"overdue-{count}")


def escalation(plan: Plan, activity: PlannedActivity) -> Iterator[Dated]:
    days = activity.steps.escalation_workdays_after
    if days is not None:
        own = min(activity.steps.overdue_workdays_after, default=0)
        day = Office(plan).step(activity.due_on, max(days, own + 1))
        yield Dated(day, activity.key, f"escalation-{days}")


def reminders_of_own_work(plan: Plan, activity: PlannedActivity) -> Iterator[Dated]:
    days = before(Office(plan), activity.due_on, activity.steps.internal_workdays_before)
    yield from (Dated(day, activity.key, f"internal-{count}") for day, count in days.items())


def nags(plan: Plan, activity: PlannedActivity, *, until: date) -> Iterator[tuple[Dated, bool]]:
    """Each nag, and whether it is one of those that go on for ever."""
    if not activity.steps.nags:
        return
    office, day, count, is_first = Office(plan), activity.due_on, 0, True
    while (day := office.step(day, 1)) <= until or is_first:
        count += 1
        monday = day - DAY * day.weekday()
        opened_earlier = any(office.is_open(monday + DAY * n) for n in range(day.weekday()))
        # The week in which the last day itself lies has begun already.
        week_is_new = not opened_earlier and activity.due_on < monday
        is_daily = count <= activity.steps.nags_daily_workdays
        if is_daily or week_is_new:
            yield Dated(day, activity.key, f"nag-{count}"), not (is_daily or is_first)
            is_first = False


def person(plan: Plan, activity: PlannedActivity) -> str:
    return (activity.responsible or plan.coordinator).address


def letters(plan: Plan) -> list[Told]:
    """Every letter of a plan, to where only the weekly reminders of what is overdue are left."""
    return sorted([*letters_of_steps(plan), *_beforehand(plan)], key=in_order)


def letters_of_steps(plan: Plan) -> list[Told]:
    """The same without what only tells the coordinator that another will leave."""
    found = [*_to_others(plan)]
    own = [step for a in plan.activities for step in reminders_of_own_work(plan, a)]
    far = max(a.due_on for a in plan.activities) + timedelta(days=600)
    nagged = [nag for a in plan.activities for nag in nags(plan, a, until=far)]
    at = plan.sending.at
    ending = [told.at for told in found] + [datetime.combine(step.day, at) for step in own]
    ending += [datetime.combine(nag.day, at) for nag, is_endless in nagged if not is_endless]
    last = max(ending)
    own += [nag for nag, _ in nagged if datetime.combine(nag.day, at) <= last]
    return sorted([*found, *_of_own_work(plan, own)], key=in_order)


def in_order(told: Told) -> tuple[datetime, str, list[tuple[str, str]]]:
    return told.at, told.to, sorted(told.steps)


def _to_others(plan: Plan) -> Iterator[Told]:
    at = plan.sending.at
    for activity in plan.activities:
        asked = [o for o in plan.organisations if o.key in activity.asks or o.kind in activity.asks]
        for organisation in asked:
            by_role = defaultdict(list)
            for contact in organisation.contacts:
                by_role[contact.role.value].append(contact.address)
            readers = by_role["primary"] + by_role["copy"]
            for day, key, step in steps_to_organisations(plan, activity):
                for to in readers:
                    yield Told(datetime.combine(day, at), to, frozenset([(key, step)]))
            for day, key, step in escalation(plan, activity):
                for to in [*by_role["escalation"], plan.coordinator.address]:
                    yield Told(datetime.combine(day, at), to, frozenset([(key, step)]))
        if activity.steps.closes:
            opens = Office(plan).next_open(activity.due_on + DAY)
            yield Told(
                datetime.combine(opens, plan.sending.from_time),
                plan.coordinator.address,
                frozenset([(activity.key, "closed")]),
            )


def _beforehand(plan: Plan) -> Iterator[Told]:
    """One letter to the coordinator on the open day before anything leaves in their name."""
    office, by_day = Office(plan), defaultdict(set)
    for activity in plan.activities:
        asked = [o for o in plan.organisations if o.key in activity.asks or o.kind in activity.asks]
        if any(contact.role.value == "primary" for o in asked for contact in o.contacts):
            for day, key, step in steps_to_organisations(plan, activity):
                by_day[day].add((key, step))
        if asked:
            for day, key, step in escalation(plan, activity):
                by_day[day].add((key, step))
    for day, steps in by_day.items():
        clock = max(plan.sending.at, plan.sending.from_time, DAILY_ROUND)
        at = datetime.combine(office.step(day, -1), clock)
        yield Told(at, plan.coordinator.address, frozenset(steps))


def _of_own_work(plan: Plan, steps: list[Dated]) -> Iterator[Told]:
    """One letter per person and day."""
    by_person: dict[tuple[date, str], set[tuple[str, str]]] = defaultdict(set)
    responsible = {a.key: person(plan, a) for a in plan.activities}
    for day, key, step in steps:
        by_person[day, responsible[key]].add((key, step))
    for (day, to), told in by_person.items():
        yield Told(datetime.combine(day, plan.sending.at), to, frozenset(told))
