"""Quiet hours: when what the timetable causes may leave."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.plan.model import SendingHours
from agenda.workdays import STOCKHOLM, Workdays
from notifications.outbox.hours import leaves_at
from tests.rounds_under_way import sv, wall

HOURS = SendingHours()
WORKDAYS = Workdays()


@pytest.mark.parametrize(
    ("found", "leaves"),
    [
        ("2020-05-08 08:00", "2020-05-08 08:00"),
        ("2020-05-08 07:00", "2020-05-08 07:00"),
        ("2020-05-08 18:00", "2020-05-08 18:00"),
        ("2020-05-07 06:59", "2020-05-07 07:00"),
        ("2020-05-07 18:01", "2020-05-08 07:00"),
        ("2020-05-07 22:00", "2020-05-08 07:00"),
        ("2020-05-08 22:00", "2020-05-11 07:00"),  # Friday evening
        ("2020-05-09 12:00", "2020-05-11 07:00"),  # Saturday
        ("2020-05-11 00:00", "2020-05-11 07:00"),  # Monday, midnight
        ("2020-06-18 20:00", "2020-06-22 07:00"),  # midsommarafton is a Friday
        ("2020-06-19 10:00", "2020-06-22 07:00"),
        ("2020-12-23 19:00", "2020-12-28 07:00"),  # julafton to annandag jul
        ("2020-12-30 19:00", "2021-01-04 07:00"),  # nyårsafton
        ("2020-10-23 19:00", "2020-10-26 07:00"),  # summer time ends on the Sunday
        ("2021-03-26 19:00", "2021-03-29 07:00"),  # summer time begins on the Sunday
    ],
)
def test_what_is_found_outside_the_hours_leaves_at_the_next_opening(found: str, leaves: str):
    assert wall(leaves_at(sv(found), HOURS, WORKDAYS)) == leaves


@pytest.mark.parametrize(
    ("found", "by", "leaves"),
    [
        # The last day is Saturday 19 December: on Monday it would be too late.
        ("2020-12-18 19:00", "2020-12-20 00:00", "2020-12-18 19:00"),
        ("2020-12-19 10:00", "2020-12-20 00:00", "2020-12-19 10:00"),
        # Nobody is written to before eight when they are free.
        ("2020-12-19 00:05", "2020-12-20 00:00", "2020-12-19 08:00"),
        ("2020-12-19 05:28", "2020-12-20 00:00", "2020-12-19 08:00"),
        ("2020-12-19 22:00", "2020-12-20 00:00", "2020-12-19 22:00"),
        # It has passed already, so there is no hurry any more.
        ("2020-12-20 00:00", "2020-12-20 00:00", "2020-12-21 07:00"),
        # The opening comes in time.
        ("2020-10-01 22:00", "2020-10-03 00:00", "2020-10-02 07:00"),
        # The opening is the very instant at which it would be too late.
        ("2020-10-01 22:00", "2020-10-02 07:00", "2020-10-01 22:00"),
    ],
)
def test_nothing_waits_for_an_opening_at_which_it_is_too_late(found: str, by: str, leaves: str):
    assert wall(leaves_at(sv(found), HOURS, WORKDAYS, by=sv(by))) == leaves


def test_a_plan_can_have_hours_and_closed_days_of_its_own():
    hours = SendingHours(from_time=time(9), until_time=time(12), workdays_only=False)
    assert wall(leaves_at(sv("2020-05-09 13:00"), hours, WORKDAYS)) == "2020-05-10 09:00"
    closed = Workdays([date(2020, 5, 11)])
    assert wall(leaves_at(sv("2020-05-09 13:00"), HOURS, closed)) == "2020-05-12 07:00"


def test_without_quiet_hours_everything_leaves_at_once():
    always = SendingHours.always(time(8))
    for found in ("2020-05-09 00:00", "2020-05-09 23:59", "2020-06-19 12:00"):
        assert leaves_at(sv(found), always, WORKDAYS) == sv(found)


@given(
    st.datetimes(datetime(2015, 1, 1), datetime(2045, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_whatever_the_instant_it_leaves_on_a_workday_within_the_hours_and_never_earlier(found):
    leaves = leaves_at(found, HOURS, WORKDAYS)
    local = leaves.astimezone(STOCKHOLM)
    assert leaves >= found
    assert WORKDAYS.is_workday(local.date())
    assert time(7) <= local.time() <= time(18)
    assert leaves_at(leaves, HOURS, WORKDAYS) == leaves
