"""A meeting's hours: those that cannot be, in files, in calendars and after a day is moved."""

from datetime import UTC, date, datetime, time

import icalendar
import pytest
from sqlalchemy import Engine

from agenda.calendar.deadlines import organisation_entry, round_entries
from agenda.calendar.rendering import CalendarUser, Entry, render_calendar, render_invitation
from agenda.models import Activity
from agenda.plan.meeting_hours import hours_of, is_skipped, is_twice
from agenda.plan.model import Plan
from agenda.plan.reading import check, read_plan
from agenda.plan.redating import redate
from agenda.rounds.facts import situation
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput
from tests.rounds_under_way import PLAN, PORTAL, RoundUnderWay, a_plan

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
FILE = """\
key: moten
name: "2027"
title: Möten
responsible: {{name: Anna, address: anna@regionjh.example}}
coordinator: {{name: Samordnare, address: samordnare@regionjh.example}}
activities:
  - {{key: a, kind: meeting, title: A, on: {day}, from_time: {begins}, until_time: {ends}}}
"""


def a_file(day: date, begins: str, ends: str) -> bytes:
    return FILE.format(day=day, begins=begins, ends=ends).encode()


def a_meeting(**changes: object) -> Plan:
    """The bundled plan's workshop alone, as a plan that was stored before its hours were read."""
    workshop = PLAN.activity("workshop").model_copy(update=changes)
    return a_plan("berg", only=()).model_copy(update={"activities": (workshop,)})


@pytest.mark.parametrize(
    ("day", "at", "is_so"),
    [
        (SPRING, time(1, 59), False),
        (SPRING, time(2), True),
        (SPRING, time(2, 59), True),
        (SPRING, time(3), False),
        (date(2027, 3, 27), time(2, 30), False),
        (AUTUMN, time(2, 30), False),
    ],
)
def test_an_hour_that_the_clocks_pass_over_in_spring_is_known(day: date, at: time, is_so: bool):
    assert is_skipped(day, at) is is_so


@pytest.mark.parametrize(
    ("day", "at", "is_so"),
    [
        (AUTUMN, time(1, 59), False),
        (AUTUMN, time(2), True),
        (AUTUMN, time(2, 59), True),
        (AUTUMN, time(3), False),
        (SPRING, time(2, 30), False),
    ],
)
def test_an_hour_that_the_clocks_show_twice_in_autumn_is_known(day: date, at: time, is_so: bool):
    assert is_twice(day, at) is is_so


def test_a_time_that_comes_twice_is_the_first_and_a_plan_is_told_so():
    report = check(a_file(AUTUMN, "02:30", "04:00"))
    assert [warning.sentence for warning in report.warnings] == [
        "Klockan blir 02:30 två gånger söndag 31 oktober 2027. ”A” räknas från den första, i "
        "sommartid.",
        "Sista dagen för ”A”, söndag 31 oktober 2027, är ingen arbetsdag (söndag).",
    ]
    assert report.plan is not None
    hours = hours_of(report.plan.activities[0])
    assert hours is not None
    assert (hours.starts_at, hours.ends_at) == (
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 3, tzinfo=UTC),
    )


def test_ordinary_hours_and_a_quarter_whose_hours_alone_are_known_are_no_fault():
    assert check(a_file(date(2027, 2, 10), "10:00", "12:00")).faults == ()
    quarter = a_file(SPRING, "10:00", "12:00").replace(b"on: 2027-03-28", b"quarter: 2027-Q2")
    (activity,) = read_plan(quarter).activities
    assert hours_of(activity) is None
    settled = activity.model_copy(
        update={"is_quarter": False, "starts_on": SPRING, "due_on": SPRING}
    )
    assert hours_of(settled) == (SPRING, time(10), time(12))


AN_ENTRY = Entry(
    uid="1@paverkansagenda",
    title="Möte",
    first_on=date(2027, 2, 10),
    last_on=date(2027, 2, 10),
    changed_at=datetime(2027, 1, 1, tzinfo=UTC),
    revision=0,
)
AT_TEN = datetime(2027, 2, 10, 9, tzinfo=UTC)
IMPOSSIBLE = {
    "ends when it begins": {"starts_at": AT_TEN, "ends_at": AT_TEN},
    "ends before it begins": {"starts_at": AT_TEN, "ends_at": AT_TEN.replace(hour=8)},
    "ends without a beginning": {"ends_at": AT_TEN},
    "its last day is before its first": {"last_on": date(2027, 2, 9)},
    "rings on the day itself": {"alarm_on": date(2027, 2, 10)},
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_no_calendar_is_written_with_an_entry_that_cannot_be(what: str):
    entry = Entry(**{name: getattr(AN_ENTRY, name) for name in Entry.__slots__} | IMPOSSIBLE[what])
    sound = render_calendar([AN_ENTRY], name="Agendan")
    assert b"BEGIN:VEVENT" in sound
    with pytest.raises(ValueError, match="1@paverkansagenda"):
        render_calendar([AN_ENTRY, entry], name="Agendan")
    if entry.alarm_on is None:
        who = CalendarUser("A", "a@regionen.example")
        with pytest.raises(ValueError, match="1@paverkansagenda"):
            render_invitation(
                entry, organizer=who, attendee=who, sent_by=who.address, made_at=AT_TEN
            )


STORED = {
    "ends before it begins": {"from_time": time(12), "until_time": time(10)},
    "ends when it begins": {"from_time": time(12), "until_time": time(12)},
    "ends without a beginning": {"until_time": time(10)},
    "several days": {"starts_on": date(2020, 11, 8), "from_time": time(10)},
    "no hour of its day": {
        "starts_on": date(2020, 3, 29),
        "due_on": date(2020, 3, 29),
        "from_time": time(2, 30),
    },
    "no kind that has hours": {"kind": "input", "from_time": time(10), "until_time": time(12)},
}


@pytest.mark.parametrize("what", STORED)
def test_a_round_that_was_started_with_such_hours_is_shown_without_them(what: str, engine: Engine):
    under_way = RoundUnderWay(engine, a_meeting(**STORED[what]), since="2020-01-07 12:00")
    with reading(engine) as session:
        known = situation(session, under_way.activity_id("workshop"))
        (party,) = known.parties.values()
        entries = [
            *round_entries([known], portal_url=PORTAL),
            organisation_entry(known, party, portal_url=PORTAL),
        ]
    content = render_calendar(entries[-1:], name="Agendan") + render_calendar(
        entries[:-1], name="Agendan"
    )
    assert [entry.starts_at for entry in entries] == [None] * len(entries)
    assert content.count(b"DTSTART;VALUE=DATE:") == len(entries)


def test_a_meeting_is_not_moved_to_a_day_without_its_hour(engine: Engine):
    under_way = RoundUnderWay(engine, a_meeting(from_time=time(2, 30)))
    with pytest.raises(BadInput) as caught:
        under_way.move(date(2021, 3, 28), "2020-11-02 10:00", "workshop")
    assert str(caught.value) == (
        "Den 2021-03-28 ställs klockan fram och blir aldrig 02:30, då workshop hålls. "
        "Välj en annan dag."
    )
    with transaction(engine) as session:
        row = session.get_one(Activity, under_way.activity_id("workshop"))
        assert (row.due_on, row.revision) == (date(2020, 11, 9), 0)
    under_way.move(date(2021, 3, 27), "2020-11-02 10:00", "workshop")


def test_a_plan_is_not_redated_to_a_day_without_an_hour_of_it():
    plan = read_plan(a_file(date(2026, 3, 22), "02:30", "04:00"))
    with pytest.raises(BadInput, match="söndag 25 mars 2029, då klockan aldrig blir 02:30"):
        redate(plan, first_day=date(2029, 3, 25))
    moved = redate(plan, first_day=date(2029, 3, 18)).plan.activities[0]
    assert (moved.due_on, moved.from_time) == (date(2029, 3, 18), time(2, 30))


def test_a_feed_of_a_meeting_says_its_hours_in_utc(engine: Engine):
    under_way = RoundUnderWay(engine, a_meeting(from_time=time(10), until_time=time(12)))
    with reading(engine) as session:
        known = situation(session, under_way.activity_id("workshop"))
        content = render_calendar(round_entries([known], portal_url=PORTAL), name="Agendan")
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (
        datetime(2020, 11, 9, 9, tzinfo=UTC),
        datetime(2020, 11, 9, 11, tzinfo=UTC),
    )
