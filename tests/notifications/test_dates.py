"""Dates in words."""

from datetime import UTC, date, datetime

import pytest

from notifications.letters import dates

FRIDAY = date(2020, 10, 2)


def test_a_date_is_said_with_its_weekday_in_both_languages() -> None:
    assert [dates.in_words(FRIDAY, language) for language in ("sv", "en")] == [
        "fredag 2 oktober 2020",
        "Friday 2 October 2020",
    ]


def test_a_date_for_a_subject_has_no_weekday() -> None:
    assert [dates.short(FRIDAY, language) for language in ("sv", "en")] == [
        "2 oktober 2020",
        "2 October 2020",
    ]


def test_an_instant_is_said_in_swedish_time_on_both_sides_of_the_clock_change() -> None:
    summer, winter = datetime(2020, 10, 2, 6, tzinfo=UTC), datetime(2020, 12, 31, 23, tzinfo=UTC)
    assert [
        dates.at_in_words(at, language) for at in (summer, winter) for language in ("sv", "en")
    ] == [
        "fredag 2 oktober 2020 kl. 08.00",
        "Friday 2 October 2020 at 08:00",
        "fredag 1 januari 2021 kl. 00.00",
        "Friday 1 January 2021 at 00:00",
    ]


def test_an_instant_read_back_without_a_time_zone_is_utc() -> None:
    stored = datetime(2020, 10, 2, 6, tzinfo=UTC).replace(tzinfo=None)
    assert dates.at_in_words(stored, "sv") == "fredag 2 oktober 2020 kl. 08.00"


def test_a_quarter_is_named_by_the_dates_at_both_its_ends() -> None:
    ends = [(1, 1), (3, 31), (4, 1), (6, 30), (7, 1), (9, 30), (10, 1), (12, 31)]
    assert [dates.quarter_in_words(date(2021, month, day), "sv") for month, day in ends] == [
        *["första kvartalet 2021"] * 2,
        *["andra kvartalet 2021"] * 2,
        *["tredje kvartalet 2021"] * 2,
        *["fjärde kvartalet 2021"] * 2,
    ]
    assert dates.quarter_in_words(date(2021, 3, 31), "en") == "the first quarter of 2021"


@pytest.mark.parametrize(
    ("count", "swedish", "english"),
    [
        (13, "om 13 arbetsdagar", "in 13 working days"),
        (12, "om tolv arbetsdagar", "in twelve working days"),
        (10, "om tio arbetsdagar", "in ten working days"),
        (1, "om en arbetsdag", "in one working day"),
        (0, "före nästa arbetsdag", "before the next working day"),
        (-1, "för en arbetsdag sedan", "one working day ago"),
        (-3, "för tre arbetsdagar sedan", "three working days ago"),
        (-30, "för 30 arbetsdagar sedan", "30 working days ago"),
    ],
)
def test_workdays_are_counted_in_words_up_to_twelve(count: int, swedish: str, english: str) -> None:
    assert (dates.in_workdays(count, "sv"), dates.in_workdays(count, "en")) == (swedish, english)


@pytest.mark.parametrize(
    ("today", "workdays_left", "swedish", "english"),
    [
        (
            date(2020, 9, 18),
            10,
            "fredag 2 oktober 2020, om tio arbetsdagar",
            "Friday 2 October 2020, in ten working days",
        ),
        (
            date(2020, 10, 1),
            1,
            "i morgon, fredag 2 oktober 2020",
            "tomorrow, Friday 2 October 2020",
        ),
        (FRIDAY, 0, "i dag, fredag 2 oktober 2020", "today, Friday 2 October 2020"),
        (
            date(2020, 10, 3),
            0,
            "i går, fredag 2 oktober 2020",
            "yesterday, Friday 2 October 2020",
        ),
        (date(2020, 10, 5), -1, "i fredags, den 2 oktober 2020", "last Friday, 2 October 2020"),
        (date(2020, 10, 8), -4, "i fredags, den 2 oktober 2020", "last Friday, 2 October 2020"),
        (date(2020, 10, 9), -5, "fredag 2 oktober 2020", "Friday 2 October 2020"),
    ],
)
def test_a_last_day_is_said_as_seen_from_today(
    today: date, workdays_left: int, swedish: str, english: str
) -> None:
    said = [
        dates.deadline_in_words(FRIDAY, language, today=today, workdays_left=workdays_left)
        for language in ("sv", "en")
    ]
    assert said == [swedish, english]


def test_one_workday_before_a_monday_is_not_called_tomorrow() -> None:
    said = dates.deadline_in_words(date(2020, 10, 5), "sv", today=FRIDAY, workdays_left=1)
    assert said == "måndag 5 oktober 2020, om en arbetsdag"


def test_a_sunday_seen_from_a_friday_is_only_named() -> None:
    said = dates.deadline_in_words(date(2020, 10, 4), "sv", today=FRIDAY, workdays_left=0)
    assert said == "söndag 4 oktober 2020"
