"""A count made anew agrees with the replay, the preview, the live run and the timetable."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.kinds import KINDS
from agenda.models import Message, MessageStep
from agenda.plan.model import Person, Plan, PlannedActivity, with_defaults_of_kind
from agenda.steps.kinds import Audience
from agenda.steps.timetable import timetable
from agenda.storage.store import reading
from agenda.workdays import STOCKHOLM, Workdays, midnight_after
from notifications.notices.own_work import OWN_WORK
from notifications.readings.upcoming import ahead
from notifications.replay.replay import TimelineRow, replay
from tests import counted_anew
from tests.counted_anew import Told
from tests.rounds_under_way import OFFICE, PLAN, RoundUnderWay, many

pytestmark = pytest.mark.slow

HOW_MANY = 300
"""Random plans whose timetable is counted; every twentieth is replayed too."""
EVA = Person(name="Eva", address="eva@regionen.example")


def replayed(plan: Plan) -> list[Told]:
    found = [
        Told(row.at.replace(tzinfo=None), row.to, frozenset(row.also or [(row.activity, row.step)]))
        for row in replay(plan)
    ]
    return sorted(found, key=counted_anew.in_order)


def row(key: str, kind: str, starts_on: date, due_on: date, **more: object) -> PlannedActivity:
    entry = {"key": key, "kind": kind, "title": key, "starts_on": starts_on, "due_on": due_on}
    return PlannedActivity.model_validate(with_defaults_of_kind(entry | more))


def small(*activities: PlannedActivity, **changes: object) -> Plan:
    return PLAN.model_copy(
        update={"activities": activities, "organisations": many(2), "closed_days": ()} | changes
    )


EASTER = small(
    row("fraga", "input", date(2027, 2, 1), date(2027, 3, 26)),
    row("skriva", "drafting", date(2027, 2, 1), date(2027, 3, 26)),
    row("mote", "meeting", date(2027, 3, 30), date(2027, 3, 30)),
)
TWO_PEOPLE = small(
    row("a", "drafting", date(2024, 12, 2), date(2024, 12, 20)),
    row("b", "dispatch", date(2024, 12, 23), date(2024, 12, 23), responsible=EVA),
    row("c", "compilation", date(2024, 12, 2), date(2025, 1, 6), responsible=EVA),
    row("d", "workshop", date(2025, 1, 15), date(2025, 1, 15)),
    closed_days=(date(2024, 12, 27), date(2024, 12, 30)),
)
SAME_DAY = small(
    row(
        "a",
        "input",
        date(2024, 4, 2),
        date(2024, 5, 15),
        steps={"overdue_workdays_after": (3,), "escalation_workdays_after": 3},
    )
)
EARLY = small(
    row(
        "v",
        "workshop",
        date(2024, 5, 15),
        date(2024, 5, 15),
        steps={"invitation_workdays_before": 90},
    )
)
ONLY_WEEKLY = small(
    row("a", "drafting", date(2027, 1, 7), date(2027, 1, 20), steps={"nags_daily_workdays": 0})
)
WRITTEN = {
    "bundled": PLAN,
    "easter": EASTER,
    "two people": TWO_PEOPLE,
    "same day": SAME_DAY,
    "early": EARLY,
    "only weekly": ONLY_WEEKLY,
}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_replay_is_the_whole_truth(name: str):
    assert replayed(WRITTEN[name]) == counted_anew.letters(WRITTEN[name])


@pytest.mark.parametrize("name", ["easter", "two people", "same day"])
def test_the_live_run_on_every_day_sends_what_was_counted(engine: Engine, name: str):
    plan = WRITTEN[name]
    expected = counted_anew.letters(plan)
    first, last = expected[0].at.date(), expected[-1].at.date()
    under_way = RoundUnderWay(engine, plan, since=f"{first - timedelta(days=3)} 12:00")
    for at in _instants(plan, first, last):
        for activity in plan.activities:
            under_way.attend(f"{at:%Y-%m-%d %H:%M}", activity.key)

    assert sent(under_way) == expected


def test_the_bundled_plan_sends_what_was_counted_when_it_runs(engine: Engine):
    expected = counted_anew.letters(PLAN)
    told_at = {told.at for told in expected}
    # A day before as well: nothing leaves early.
    instants = sorted(told_at | {at - timedelta(days=1) for at in told_at})
    under_way = RoundUnderWay(
        engine, PLAN, since=f"{instants[0] - timedelta(days=3):%Y-%m-%d} 12:00"
    )
    for at in instants:
        for activity in PLAN.activities:
            under_way.attend(f"{at:%Y-%m-%d %H:%M}", activity.key)

    assert sent(under_way) == expected


def _instants(plan: Plan, first: date, last: date) -> Iterator[datetime]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        yield datetime.combine(day, plan.sending.from_time)
        yield datetime.combine(day, plan.sending.at)


def sent(under_way: RoundUnderWay) -> list[Told]:
    keys = {identity: key for key, identity in _ids(under_way).items()}
    with reading(under_way.engine) as session:
        together: dict[int | None, set[tuple[str, str]]] = {}
        for told in session.exec(select(MessageStep)):
            steps = together.setdefault(told.message_id, set())
            steps.add((keys[told.activity_id], told.step_key.split(":")[1]))
        found = [
            Told(
                message.sent_at.astimezone(STOCKHOLM).replace(tzinfo=None),
                message.recipient,
                frozenset(together.get(message.id, {(keys[message.activity_id], message.step)})),
            )
            for message in session.exec(select(Message))
            if message.sent_at is not None and message.activity_id is not None
        ]
    return sorted(found, key=counted_anew.in_order)


def _ids(under_way: RoundUnderWay) -> dict[str, int]:
    return {a.key: under_way.activity_id(a.key) for a in under_way.plan.activities}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_preview_shows_every_step_that_was_counted(engine: Engine, name: str):
    plan = WRITTEN[name]
    expected = counted_anew.letters_of_steps(plan)
    start = expected[0].at - timedelta(days=3)
    under_way = RoundUnderWay(engine, plan, since=f"{start:%Y-%m-%d} 12:00")
    with reading(engine) as session:
        coming = ahead(
            session,
            OFFICE,
            round_id=under_way.id,
            until=date.max,
            now=midnight_after(start.date()),
        )
    shown = {
        (entry.leaves_at.astimezone(STOCKHOLM).replace(tzinfo=None), to, entry.activity, entry.step)
        for entry in (one.ahead for one in coming)
        for to in entry.to
    }

    # How far it follows the nagging is a matter of days; the first one is always there.
    assert {entry for entry in shown if not entry[3].startswith("nag")} == {
        (told.at, told.to, *step)
        for told in expected
        for step in told.steps
        if not step[1].startswith("nag")
    }
    firsts = {(e[2], e[0]) for e in shown if e[3].startswith("nag")}
    assert firsts <= {
        (activity, told.at)
        for told in expected
        for activity, step in told.steps
        if step.startswith("nag")
    }
    assert {activity for activity, _ in firsts} == {a.key for a in plan.activities if a.steps.nags}


def a_random_plan(random: random.Random) -> Plan:
    year = random.randrange(2022, 2030)
    activities = []
    for number in range(random.randrange(1, 5)):
        starts_on = date(year, 1, 1) + timedelta(days=random.randrange(365))
        due_on = starts_on + timedelta(days=random.choice((0, 0, 5, 12, 40, 150)))
        kind = random.choice(sorted(KINDS))
        steps = a_random_ladder(random, is_asking=bool(KINDS[kind].asks))
        more = {"responsible": EVA} if random.random() < 0.3 and kind != "meeting" else {}
        found = row(f"a-{number}", kind, starts_on, due_on, steps=steps, **more)
        opens_on = counted_anew.Office(small(found)).next_open(starts_on)
        activities.append(found.model_copy(update={"due_on": max(due_on, opens_on)}))
    closed = tuple(activity.due_on for activity in activities if random.random() < 0.2)
    at = random.choice((time(7), time(8), time(9, 30)))
    sending = PLAN.sending.model_copy(update={"at": at})
    ends = tuple(a.model_copy(update={"due_on": a.due_on + timedelta(days=7)}) for a in activities)
    return small(*(ends if closed else activities), closed_days=closed, sending=sending)


def a_random_ladder(random: random.Random, *, is_asking: bool) -> dict[str, object]:
    counts = sorted(random.sample(range(30), random.randrange(4)))
    if not is_asking:
        return {
            "internal_workdays_before": counts,
            "nags_daily_workdays": random.choice((0, 1, 5, 7)),
        }
    overdue = sorted(random.sample(range(1, 9), random.randrange(3)))
    return {
        "reminders_workdays_before": counts,
        "overdue_workdays_after": overdue,
        "escalation_workdays_after": random.choice((None, min(overdue, default=0) + 1, 12)),
    }


PLANS = [a_random_plan(random.Random(number)) for number in range(HOW_MANY)]


def test_the_timetable_of_a_few_hundred_plans_is_the_one_counted():
    for plan in PLANS:
        workdays = Workdays(plan.closed_days)
        for activity in plan.activities:
            until = activity.due_on + timedelta(days=60)
            steps = timetable(activity, workdays, at=plan.sending.at, until=until)
            counted = [
                *(counted_anew.steps_to_organisations(plan, activity)),
                *(counted_anew.escalation(plan, activity)),
                *(counted_anew.reminders_of_own_work(plan, activity)),
                *(nag for nag, _ in counted_anew.nags(plan, activity, until=until)),
            ]
            assert sorted(
                (step.at.astimezone(STOCKHOLM).replace(tzinfo=None), step.name)
                for step in steps
                if step.audience is not Audience.COORDINATOR
            ) == sorted((datetime.combine(d.day, plan.sending.at), d.step) for d in counted)


@pytest.mark.parametrize("number", range(0, HOW_MANY, 20))
def test_the_replay_of_every_twentieth_is_the_one_counted(number: int):
    assert replayed(PLANS[number]) == counted_anew.letters(PLANS[number])


def test_one_letter_about_own_work_leaves_for_each_person_and_day():
    rows: list[TimelineRow] = [r for plan in (PLAN, TWO_PEOPLE) for r in replay(plan)]
    own = [
        (r.to, r.at.date(), r.message_id)
        for r in rows
        if r.step == OWN_WORK or r.step.startswith(("nag", "internal"))
    ]

    assert len({(to, day) for to, day, _ in own}) == len(own)
