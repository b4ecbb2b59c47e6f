"""Calendar files, read back by two programs that did not write them."""

import unicodedata
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from agenda.calendar.rendering import Entry, render_calendar

AT = datetime(2020, 5, 8, 6, 0, tzinfo=UTC)


def an_entry(**changes: object) -> Entry:
    values = {
        "uid": "1-inspel-due@paverkansagenda",
        "title": "Inspel – sista dag",
        "first_on": date(2020, 10, 2),
        "last_on": date(2020, 10, 2),
        "changed_at": AT,
        "revision": 3,
        "description": "Länets primärkommuner ombes inkomma med förslag.",
        "category": "Inspel",
        "alarm_on": date(2020, 10, 1),
    }
    return Entry(**(values | changes))


def by_icalendar(*entries: Entry, name: str = "Agendan") -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(render_calendar(entries, name=name)).walk("VEVENT")


def by_vobject(*entries: Entry, name: str = "Agendan"):
    return vobject.readOne(render_calendar(entries, name=name).decode())


def test_an_entry_is_written_like_this():
    assert render_calendar([an_entry()], name="Agendan").decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Region Jamtland Harjedalen//Paverkansagenda//SV",
        "CALSCALE:GREGORIAN",
        "NAME:Agendan",
        "X-WR-CALNAME:Agendan",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
        "BEGIN:VEVENT",
        "SUMMARY:Inspel – sista dag",
        "DTSTART;VALUE=DATE:20201002",
        "DTEND;VALUE=DATE:20201003",
        "DTSTAMP:20200508T060000Z",
        "UID:1-inspel-due@paverkansagenda",
        "SEQUENCE:3",
        "CATEGORIES:Inspel",
        "DESCRIPTION:Länets primärkommuner ombes inkomma med förslag.",
        "LAST-MODIFIED:20200508T060000Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Inspel – sista dag",
        "TRIGGER:-PT16H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_equal_entries_give_equal_bytes_in_whatever_order_they_come():
    first, second = an_entry(), an_entry(uid="2", first_on=date(2020, 5, 8))
    assert render_calendar([first, second], name="A") == render_calendar([second, first], name="A")


def test_an_empty_calendar_is_a_calendar():
    assert by_icalendar() == []
    assert by_vobject().prodid.value == "-//Region Jamtland Harjedalen//Paverkansagenda//SV"


def test_a_last_day_is_the_whole_day_and_ends_before_the_next():
    [event] = by_icalendar(an_entry())
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (
        date(2020, 10, 2),
        date(2020, 10, 3),
    )
    other = by_vobject(an_entry()).vevent
    assert (other.dtstart.value, other.dtend.value) == (date(2020, 10, 2), date(2020, 10, 3))


def test_a_quarter_is_tentative_from_its_first_day_to_its_last():
    quarter = an_entry(first_on=date(2021, 1, 1), last_on=date(2021, 3, 31), is_tentative=True)
    [event] = by_icalendar(quarter)
    assert (event["status"], event.decoded("dtstart"), event.decoded("dtend")) == (
        "TENTATIVE",
        date(2021, 1, 1),
        date(2021, 4, 1),
    )


def test_a_cancelled_entry_says_so_and_rings_no_bell():
    [event] = by_icalendar(an_entry(is_cancelled=True))
    assert (event["status"], event["summary"], event.walk("VALARM")) == (
        "CANCELLED",
        "INSTÄLLT: Inspel – sista dag",
        [],
    )


def test_a_revision_and_the_time_of_the_change_are_told():
    [event] = by_icalendar(an_entry(revision=7, changed_at=AT + timedelta(hours=1)))
    later = AT + timedelta(hours=1)
    assert (event["sequence"], event.decoded("last-modified"), event.decoded("dtstamp")) == (
        7,
        later,
        later,
    )


MONDAY = {"first_on": date(2027, 2, 8), "last_on": date(2027, 2, 8)}
SPAN = {"first_on": date(2027, 1, 11), "last_on": date(2027, 2, 8)}
TIMED = MONDAY | {
    "starts_at": datetime(2027, 2, 8, 9, tzinfo=UTC),
    "ends_at": datetime(2027, 2, 8, 11, tzinfo=UTC),
}
AFTER_THE_CLOCKS = MONDAY | {
    "starts_at": datetime(2027, 3, 30, 8, tzinfo=UTC),
    "first_on": date(2027, 3, 30),
    "last_on": date(2027, 3, 30),
}


@pytest.mark.parametrize(
    ("days", "alarm_on", "written", "rings"),
    [
        ({}, date(2020, 10, 1), "TRIGGER:-PT16H", "2020-10-01 08:00"),
        (MONDAY, date(2027, 2, 5), "TRIGGER:-P2DT16H", "2027-02-05 08:00"),
        (SPAN, date(2027, 2, 5), "TRIGGER;RELATED=END:-P3DT16H", "2027-02-05 08:00"),
        (SPAN, date(2027, 1, 8), "TRIGGER:-P2DT16H", "2027-01-08 08:00"),
        (TIMED, date(2027, 2, 5), "TRIGGER:-P3DT2H", "2027-02-05 07:00Z"),
        (AFTER_THE_CLOCKS, date(2027, 3, 25), "TRIGGER:-P5DT1H", "2027-03-25 07:00Z"),
    ],
    ids=["a day", "a Monday", "a span", "before a span", "at ten", "over the change of clocks"],
)
def test_an_alarm_rings_at_eight_on_its_day_counted_from_before_it(
    days: dict, alarm_on: date, written: str, rings: str
):
    entry = an_entry(**days, alarm_on=alarm_on)
    content = render_calendar([entry], name="Agendan").decode()
    [event] = by_icalendar(entry)
    [alarm] = event.walk("VALARM")
    [ring] = event.alarms.times
    form = "%Y-%m-%d %H:%M" + ("Z" if ring.trigger.tzinfo else "")
    assert written in content.split("\r\n")
    assert ring.trigger.strftime(form) == rings
    assert alarm.decoded("trigger") < timedelta()


def test_an_entry_that_shall_not_ring_does_not():
    assert by_icalendar(an_entry(alarm_on=None))[0].walk("VALARM") == []


@pytest.mark.parametrize("control", ["\x00", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\ud800"])
def test_a_character_that_no_calendar_may_hold_is_left_out(control: str):
    entry = an_entry(title=f"In{control}spel", description=f"a{control}b", category=f"x{control}y")
    [event] = by_icalendar(entry, name=f"Agen{control}dan")
    assert (event["summary"], event["description"]) == ("Inspel", "ab")
    assert event["categories"].cats == ["x y"]
    other = by_vobject(entry, name=f"Agen{control}dan")
    assert (other.vevent.summary.value, other.x_wr_calname.value) == ("Inspel", "Agen dan")


@pytest.mark.parametrize(
    "words",
    [
        "Krokom, Åre; Berg\\Bräcke",
        'Härjedalen, "södra" <x>',
        "två\nrader",
        "en lång rad med ☕ och 👩‍🌾 " * 12,
        "BEGIN:VALARM\nEND:VEVENT",
        "slutar på \\",
        "\\n är inte en radbrytning",
        "C:\\Nytt är inte heller en",
    ],
)
def test_words_come_back_as_they_were_from_both_readers(words: str):
    entry = an_entry(title=words, description=words)
    [event] = by_icalendar(entry)
    assert (event["summary"], event["description"]) == (words, words)
    other = by_vobject(entry).vevent
    assert (other.summary.value, other.description.value) == (words, words)
    assert len(by_icalendar(entry, an_entry(uid="2"))) == 2


def test_a_calendars_name_is_one_plain_line():
    plain = "Agendan Krokom Åre"
    calendar = by_vobject(name="Agendan, Krokom;\r\nÅre\x00")
    assert (calendar.x_wr_calname.value, calendar.name.upper()) == (plain, "VCALENDAR")


def test_no_line_is_longer_than_75_octets():
    content = render_calendar([an_entry(title="å" * 300)], name="ö" * 100)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


ANY_TEXT = st.text(max_size=60)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_whatever_the_words_the_file_holds_one_entry_and_no_control_characters(
    title: str, description: str, category: str, name: str
):
    entry = an_entry(title=title, description=description, category=category)
    content = render_calendar([entry], name=name).decode()
    unfolded = content.replace("\r\n ", "").replace("\r\n", "\n")
    assert [c for c in unfolded if unicodedata.category(c) == "Cc" and c not in "\n\t"] == []
    assert len(by_icalendar(entry, name=name)) == 1
    assert len(list(by_vobject(entry, name=name).vevent_list)) == 1
    assert [line for line in unfolded.split("\n") if line.startswith("BEGIN:")] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "BEGIN:VALARM",
    ]
