"""Swedish working days: holidays, the three eves, closed days, clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.workdays import Workdays, midnight_after, swedish_date, swedish_instant

WORKDAYS = Workdays()
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_the_days_off_of_2020_besides_weekends_are_the_laws_holidays_and_the_three_eves():
    days = (date(2020, 1, 1) + timedelta(days=n) for n in range(366))
    off = {day.isoformat(): WORKDAYS.why_not(day) for day in days if day.weekday() < 5}

    assert {day: name for day, name in off.items() if name} == {
        "2020-01-01": "Nyårsdagen",
        "2020-01-06": "Trettondedag jul",
        "2020-04-10": "Långfredagen",
        "2020-04-13": "Annandag påsk",
        "2020-05-01": "Första maj",
        "2020-05-21": "Kristi himmelsfärdsdag",
        "2020-06-19": "Midsommarafton",
        "2020-12-24": "Julafton",
        "2020-12-25": "Juldagen",
        "2020-12-31": "Nyårsafton",
    }


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2020, 12, 18), None),
        (date(2020, 12, 19), "lördag"),
        (date(2020, 12, 20), "söndag"),
        (date(2020, 10, 31), "Alla helgons dag"),
        (date(2020, 4, 30), None),
        (date(2021, 1, 5), None),
    ],
)
def test_a_day_off_says_what_it_is(day, why):
    assert (WORKDAYS.why_not(day), WORKDAYS.is_workday(day)) == (why, why is None)


def test_the_names_of_holidays_do_not_depend_on_the_machines_language(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en_US")
    monkeypatch.setenv("LANG", "en_US.UTF-8")

    assert Workdays().why_not(date(2020, 6, 19)) == "Midsommarafton"


def test_a_plans_own_closed_day_is_no_workday():
    closed = Workdays([date(2020, 5, 22)])

    assert closed.why_not(date(2020, 5, 22)) == "stängd dag enligt planen"
    assert closed.after(date(2020, 5, 20), 1) == date(2020, 5, 25)


@pytest.mark.parametrize(
    ("count", "day"),
    [
        (0, date(2020, 10, 2)),
        (1, date(2020, 10, 1)),
        (5, date(2020, 9, 25)),
        (10, date(2020, 9, 18)),
        (30, date(2020, 8, 21)),
    ],
)
def test_workdays_before_a_friday_skip_the_weekends(count, day):
    assert WORKDAYS.before(date(2020, 10, 2), count) == day


def test_zero_workdays_before_a_saturday_is_the_friday():
    assert WORKDAYS.before(date(2020, 12, 19), 0) == date(2020, 12, 18)


def test_one_workday_before_a_saturday_is_the_friday_too():
    assert WORKDAYS.before(date(2020, 12, 19), 1) == date(2020, 12, 18)


def test_workdays_after_the_last_one_before_christmas_skip_all_of_it():
    assert [WORKDAYS.after(date(2020, 12, 23), n) for n in (1, 2, 3, 4)] == [
        date(2020, 12, 28),
        date(2020, 12, 29),
        date(2020, 12, 30),
        date(2021, 1, 4),
    ]


def test_the_days_between_count_the_last_but_not_the_first():
    assert WORKDAYS.between(date(2020, 9, 18), date(2020, 10, 2)) == 10
    assert WORKDAYS.between(date(2020, 10, 2), date(2020, 10, 2)) == 0


@settings(deadline=None)
@given(day=DAYS, count=st.integers(1, 40))
def test_going_back_and_forth_ends_on_the_same_workday(day, count):
    first = WORKDAYS.on_or_after(day)

    assert WORKDAYS.before(WORKDAYS.after(first, count), count) == first
    assert WORKDAYS.between(first, WORKDAYS.after(first, count)) == count


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2020, 3, 27), 7),
        (date(2020, 3, 30), 6),
        (date(2020, 10, 23), 6),
        (date(2020, 10, 26), 7),
    ],
)
def test_eight_in_the_morning_stays_eight_over_the_clock_changes(day, hour):
    assert swedish_instant(day, time(8)) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2020, 10, 2), datetime(2020, 10, 2, 22, tzinfo=UTC)),
        (date(2020, 12, 19), datetime(2020, 12, 19, 23, tzinfo=UTC)),
        (date(2020, 10, 25), datetime(2020, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_a_last_day_ends_at_midnight_in_sweden(day, end):
    assert midnight_after(day) == end
    assert swedish_date(end) == day + timedelta(days=1)
    assert swedish_date(end - timedelta(seconds=1)) == day
