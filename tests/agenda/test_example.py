"""The example round: whatever the day of the first start, five reminders leave at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.installation.example import ensure_example_round, example_plan
from agenda.models import Activity, Message, Round
from agenda.storage.store import reading
from agenda.workdays import Workdays, swedish_date
from notifications.attending import attend, open_activities
from tests.obedient_server import ObedientServer
from tests.rounds_under_way import OFFICE, RoundUnderWay, a_plan, sv

FIVE = ["bracke", "harjedalen", "ostersund", "ragunda", "stromsund"]


def first_start(engine: Engine, at: str) -> list[str]:
    """What leaves when the product is started for the first time: step and address."""
    ensure_example_round(engine, now=sv(at))
    server = ObedientServer()
    for activity_id in open_activities(engine):
        attend(engine, server, OFFICE, activity_id=activity_id, now=lambda: sv(at))
    return [f"{o.key.split(':')[1]} {o.recipient}" for _, o in server.taken]


@pytest.mark.parametrize(
    "at",
    [
        "2026-11-20 14:00",  # a Friday
        "2026-11-21 03:00",  # a Saturday night
        "2026-11-23 05:30",  # a Monday before eight
        "2026-11-23 00:00",
        "2026-06-19 12:00",  # midsommarafton
        "2026-12-24 23:59",
        "2027-01-01 00:00",
        "2027-03-28 03:30",  # the clocks change
        "2028-02-29 09:00",
    ],
)
def test_whatever_the_day_and_hour_five_are_reminded_at_once(engine: Engine, at: str):
    assert first_start(engine, at) == [f"reminder-10 kommun@{key}.example" for key in FIVE]


def test_on_any_day_of_four_years_today_is_the_reminders_day():
    workdays = Workdays()
    for number in range(0, 1461, 37):
        now = sv("2026-01-01 12:00") + timedelta(days=number)
        plan = example_plan(now)
        today = workdays.on_or_before(swedish_date(now))
        due_on = plan.activity("inspel").due_on
        assert workdays.before(due_on, 10) == today
        assert plan.activity("inspel").starts_on < today
        assert len(plan.activities) == 12


def test_three_have_answered_and_what_came_before_is_done(engine: Engine):
    now = sv("2026-11-20 14:00")
    ensure_example_round(engine, now=now)
    with reading(engine) as session:
        known = session.exec(select(Round)).one()
        rows = session.exec(select(Activity).order_by(Activity.position)).all()
    assert (known.name, known.is_example, known.tracked_from) == (
        "Exempel 2026",
        True,
        sv("2026-11-20 00:00"),
    )
    assert [row.key for row in rows if row.done_at] == [
        "struktur",
        "plan-till-rsr",
        "presidiet",
        "rsr",
    ]
    assert {row.due_on < date(2026, 11, 20) for row in rows if row.done_at} == {True}


def test_a_second_start_makes_no_second_round_and_sends_nothing_more(engine: Engine):
    first_start(engine, "2026-11-20 14:00")
    assert first_start(engine, "2026-11-20 14:05") == []
    with reading(engine) as session:
        assert len(session.exec(select(Round)).all()) == 1
        assert len(session.exec(select(Message)).all()) == 5


def test_where_there_is_a_round_no_example_is_made(engine: Engine):
    RoundUnderWay(engine, a_plan("berg"))
    assert ensure_example_round(engine, now=sv("2026-11-20 14:00")) is None


def test_none_of_its_addresses_can_reach_anybody():
    plan = example_plan(sv("2026-11-20 14:00"))
    people = [plan.responsible, plan.coordinator]
    contacts = [c for o in plan.organisations for c in o.contacts]
    assert {p.address.rpartition(".")[2] for p in [*people, *contacts]} == {"example"}
