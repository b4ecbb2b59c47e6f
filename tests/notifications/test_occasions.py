"""Every letter about a meeting says when and where it is, in words, in both its parts."""

import re
from dataclasses import replace
from datetime import date, time
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import Engine

from agenda.register import By
from agenda.rounds.facts import situation
from agenda.storage.store import transaction
from notifications.acts.course import cancel
from notifications.letters import letter as letters
from notifications.letters.letter import Letter
from notifications.letters.occasions import Meeting, occasion_in_words, occasion_of
from notifications.letters.rendering import render
from notifications.notices.telling import letter
from notifications.outbox.queue import Recipient
from notifications.outbox.recipients import Turn
from tests.notifications.letter_cases import CASES
from tests.rounds_under_way import INPUT, OFFICE, PLAN, WHO, RoundUnderWay, a_plan, address, sv

MEETING = Meeting(
    first_on=date(2027, 2, 10),
    last_on=date(2027, 2, 10),
    begins=time(10),
    ends=time(12),
    place="Sal 1",
)
WORDS = {
    "sv": "onsdag 10 februari 2027 kl. 10.00–12.00, Sal 1",
    "en": "Wednesday 10 February 2027 at 10:00–12:00, Sal 1",
}
MESSAGES = Path(letters.__file__).parent / "messages" / "sv"
TEMPLATES = sorted(
    file.stem
    for file in MESSAGES.glob("*.jinja")
    if "{% block subject %}" in file.read_text("utf-8") and file.stem != "test"
)
HOURS = {"from_time": time(10), "until_time": time(12), "place": "Sal 1"}


def about_a_meeting(template: str, kind: str) -> Letter:
    """The first of the cases of a message, as if it were about a meeting."""
    case = next(case for case in CASES.values() if case.template == template)
    return replace(
        case,
        activity_kind=kind,
        starts_on=MEETING.first_on,
        due_on=MEETING.last_on,
        is_quarter=False,
        occasion=MEETING,
    )


def said(part: str) -> str:
    """The words of a letter's part on one line, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", ["workshop", "meeting"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_letter_about_a_meeting_says_day_time_and_place(
    template: str, kind: str, language: str
):
    mail = render(replace(about_a_meeting(template, kind), language=language))
    assert WORDS[language] in said(mail.text)
    assert WORDS[language] in said(mail.html)


@pytest.mark.parametrize(
    ("changes", "sv_words", "en_words"),
    [
        ({}, WORDS["sv"], WORDS["en"]),
        ({"ends": None}, "onsdag 10 februari 2027 kl. 10.00, Sal 1", None),
        ({"begins": None, "ends": None}, "onsdag 10 februari 2027, Sal 1", None),
        ({"place": ""}, "onsdag 10 februari 2027 kl. 10.00–12.00", None),
        (
            {"last_on": date(2027, 2, 11), "begins": None, "ends": None},
            "onsdag 10 februari 2027 till torsdag 11 februari 2027, Sal 1",
            "Wednesday 10 February 2027 to Thursday 11 February 2027, Sal 1",
        ),
        (
            {"is_quarter": True, "begins": None, "ends": None, "place": ""},
            "första kvartalet 2027, dag inte bestämd",
            "the first quarter of 2027, day not settled",
        ),
    ],
)
def test_when_and_where_is_said_as_far_as_it_is_known(
    changes: dict[str, Any], sv_words: str, en_words: str | None
):
    occasion = replace(MEETING, **changes)
    assert occasion_in_words(occasion, "sv") == sv_words
    assert occasion_in_words(occasion, "en") == en_words or en_words is None


@pytest.mark.parametrize("activity", PLAN.activities, ids=lambda activity: activity.key)
def test_only_meetings_are_occasions(activity):
    is_meeting = activity.kind in ("meeting", "workshop")
    assert (occasion_of(activity) is not None) is is_meeting


AFTER_IT = date(2020, 11, 13)
"""The Friday after the workshop: until when somebody gets more time."""


def a_workshop(engine: Engine) -> RoundUnderWay:
    workshop = PLAN.activity("workshop").model_copy(update=HOURS)
    under_way = RoundUnderWay(engine, a_plan("berg", only=(), activities=(workshop,)))
    under_way.attend("2020-10-12 08:00", "workshop")
    return under_way


def test_what_leaves_about_a_workshop_says_it_each_time(engine: Engine):
    under_way = a_workshop(engine)
    under_way.attend("2020-11-02 08:00", "workshop")
    under_way.move(date(2020, 11, 16), "2020-11-03 10:00", "workshop")
    under_way.post("2020-11-03 10:00")
    with transaction(engine) as session:
        row = under_way._activity(session, "workshop")
        cancel(session, OFFICE, row, by=By.person(WHO, sv("2020-11-04 10:00")))
    under_way.post("2020-11-04 10:00")
    own = [mail for mail in under_way.outgoing if mail.recipient == address("berg")]
    days = ["måndag 9 november 2020"] * 2 + ["måndag 16 november 2020"] * 2
    wanted = [f"{day} kl. 10.00–12.00, Sal 1" for day in days]
    assert [mail.key.split(":")[1] for mail in own] == [
        *("invitation", "reminder-5", "moved", "cancelled")
    ]
    for mail, words in zip(own, wanted, strict=True):
        assert words in said(mail.text)
        assert words in said(mail.html)


def test_more_time_to_answer_moves_no_meeting_in_words_either(engine: Engine):
    under_way = a_workshop(engine)
    under_way.extend("berg", AFTER_IT, "2020-10-20 10:00", "workshop")
    under_way.post("2020-10-20 10:00")
    words = said(under_way.outgoing[-1].text)
    assert "måndag 9 november 2020 kl. 10.00–12.00, Sal 1" in words
    assert "Er sista svarsdag är nu fredag 13 november 2020." in words


def test_who_has_more_time_is_asked_of_the_meetings_day_until_its_own(engine: Engine):
    under_way = a_workshop(engine)
    under_way.extend("berg", AFTER_IT, "2020-10-20 10:00", "workshop")
    under_way.post("2020-10-20 10:00")
    under_way.attend("2020-11-06 08:00", "workshop")
    under_way.post("2020-11-06 08:00")
    reminder = under_way.outgoing[-1]
    assert reminder.key.split(":")[1] == "reminder-5"
    assert reminder.subject.endswith("– kommer ni 9 november 2020?")
    words = said(reminder.text)
    assert "om Bergs kommun kommer måndag 9 november 2020." in words
    assert "Sista svarsdag är fredag 13 november 2020, om fem arbetsdagar." in words
    under_way.move(date(2020, 11, 11), "2020-11-06 10:00", "workshop")
    under_way.post("2020-11-06 10:00")
    moved = under_way.outgoing[-1]
    assert moved.subject.endswith("– 11 november 2020, inte 9 november 2020")
    assert "Ny dag: onsdag 11 november 2020" in said(moved.text)
    with transaction(engine) as session:
        row = under_way._activity(session, "workshop")
        cancel(session, OFFICE, row, by=By.person(WHO, sv("2020-11-06 11:00")))
    under_way.post("2020-11-06 11:00")
    assert under_way.outgoing[-1].subject.endswith("– 11 november 2020")


def test_a_letter_that_waits_names_no_day_that_the_meeting_has_left(engine: Engine):
    under_way = a_workshop(engine)
    under_way.extend("berg", AFTER_IT, "2020-10-20 10:00", "workshop")
    under_way.post("2020-10-20 10:00")
    before = len(under_way.outgoing)
    under_way.look("2020-11-06 08:00", "workshop")
    under_way.move(date(2020, 11, 11), "2020-11-06 08:01", "workshop")
    under_way.move(date(2020, 11, 12), "2020-11-06 08:02", "workshop")
    under_way.post("2020-11-06 08:03")
    subjects = [mail.subject for mail in under_way.outgoing[before:] if "berg" in mail.recipient]
    assert [subject.partition(" – ")[2] for subject in subjects] == [
        "12 november 2020, inte 9 november 2020"
    ]


@pytest.mark.parametrize("waits", [False, True], ids=["leaves at once", "waits"])
@pytest.mark.parametrize("order", list(permutations(("extend", 11, 12))), ids=str)
def test_in_whatever_order_more_time_is_given_and_the_meeting_moved_its_day_is_told(
    engine: Engine, order: tuple[str | int, ...], waits: bool
):
    under_way = a_workshop(engine)
    before, day = len(under_way.outgoing), 9
    for hour, act in enumerate(order, 10):
        at = f"2020-11-06 {hour}:00"
        under_way.look(at, "workshop")
        if isinstance(act, int):
            under_way.move(date(2020, 11, day := act), at, "workshop")
        else:
            under_way.extend("berg", AFTER_IT, at, "workshop")
        if not waits:
            under_way.post(at)
            assert in_words(day) in said(under_way.outgoing[-1].text)
    under_way.post("2020-11-06 13:00")
    own = [mail for mail in under_way.outgoing[before:] if mail.recipient == address("berg")]
    told = {mail.key.split(":")[1]: mail for mail in own}
    assert in_words(day) in said(told["moved"].text)
    assert "fredag 13 november 2020" in said(told["extension"].text)
    if waits:
        assert all(in_words(day) in said(mail.text) for mail in own)
        assert told["moved"].subject.endswith(f"– {day} november 2020, inte 9 november 2020")
    invited = [mail for mail in own if mail.calendar_method == "REQUEST"][-1]
    [event] = Calendar.from_ical(invited.calendar).walk("VEVENT")
    assert event.decoded("DTSTART") == sv(f"2020-11-{day:02} 10:00")


def in_words(day: int) -> str:
    """A day of the week of the workshop, in the November of 2020."""
    return f"{('måndag', 'tisdag', 'onsdag', 'torsdag')[day - 9]} {day} november 2020 kl. 10.00"


def test_after_the_meeting_nobody_is_asked_whether_they_come(engine: Engine):
    under_way = a_workshop(engine)
    under_way.extend("berg", AFTER_IT, "2020-10-20 10:00", "workshop")
    under_way.attend("2020-11-12 08:00", "workshop")
    reminder = under_way.outgoing[-1]
    assert reminder.key.split(":")[1].startswith("reminder")
    words = said(reminder.text)
    assert "kommer ni" not in reminder.subject
    assert "svar senast 13 november 2020" in reminder.subject
    assert "om Bergs kommun kommer" not in words
    assert "räkna med er" not in words
    assert "Sista svarsdag är i morgon, fredag 13 november 2020." in words


def test_more_time_than_a_quarter_is_until_its_day(engine: Engine):
    days = {"starts_on": date(2020, 7, 1), "due_on": date(2020, 9, 30), "is_quarter": True}
    asked = PLAN.activity(INPUT).model_copy(update=days)
    under_way = RoundUnderWay(engine, a_plan("berg", only=(), activities=(asked,)))
    under_way.extend("berg", date(2020, 10, 9), "2020-09-20 10:00")
    under_way.attend("2020-09-21 08:00")
    under_way.post("2020-09-21 08:00")
    under_way.attend("2020-10-02 08:00")
    under_way.post("2020-10-02 08:00")
    reminder = [mail for mail in under_way.outgoing if mail.recipient == address("berg")][-1]
    assert reminder.key.split(":")[1] == "reminder-5"
    assert reminder.subject.endswith("– svar senast 9 oktober 2020")
    assert "kvartal" not in said(reminder.text)


def test_hours_that_cannot_be_are_in_no_letter(engine: Engine):
    hours = HOURS | {"until_time": time(9)}
    workshop = PLAN.activity("workshop").model_copy(update=hours)
    under_way = RoundUnderWay(engine, a_plan("berg", only=(), activities=(workshop,)))
    with transaction(engine) as session:
        known = situation(session, under_way.activity_id("workshop"))
        turn = Turn(session, OFFICE, known, sv("2020-10-12 08:00"))
        words = letter(
            turn,
            Recipient(name="Registrator", address=address("berg")),
            "invitation",
            turn.now,
            party=known.parties["berg"],
        )
    assert occasion_in_words(words.occasion, "sv") == "måndag 9 november 2020, Sal 1"


def test_a_quarter_whose_day_is_settled_was_no_last_day_before(engine: Engine):
    days = {"starts_on": date(2020, 10, 1), "due_on": date(2020, 12, 31), "is_quarter": True}
    workshop = PLAN.activity("workshop").model_copy(update=days | HOURS)
    under_way = RoundUnderWay(engine, a_plan("berg", only=(), activities=(workshop,)))
    under_way.attend("2020-12-03 08:00", "workshop")
    under_way.move(date(2020, 12, 16), "2020-12-04 10:00", "workshop")
    under_way.post("2020-12-04 10:00")
    invitation, moved = under_way.outgoing
    assert "fjärde kvartalet 2020, dag inte bestämd, Sal 1" in said(invitation.text)
    assert "onsdag 16 december 2020 kl. 10.00–12.00, Sal 1" in said(moved.text)
    assert "Tidigare dag: fjärde kvartalet 2020" in said(moved.text)
    assert moved.subject.endswith("– 16 december 2020, inte fjärde kvartalet 2020")
