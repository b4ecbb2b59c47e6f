"""A contact replaced after letters were sent: who comes can act, who goes keeps no meeting."""

from datetime import date

import pytest
from icalendar import Calendar
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Round
from agenda.register import By
from agenda.replies import course
from agenda.rounds.finding import find_activity
from agenda.storage.store import transaction
from notifications.acts.course import cancel as call_off
from tests.notifications.contact_files import take_in
from tests.rounds_under_way import OFFICE, PLAN, WHO, RoundUnderWay, a_plan, address, sv

OLD, NEW = address("berg"), "ny@berg.example"
NAME = "Registrator, Bergs kommun"
REPLACED = f"berg;{NAME};{NEW};\n"
BACK = f"berg;{NAME};{OLD};\n"


def invited(engine: Engine, activity: str) -> RoundUnderWay:
    """Berg and Krokom have been invited to one activity of the bundled plan."""
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom", only=(activity,)))
    under_way.attend(
        {"workshop": "2020-10-12 08:00", "inspel": "2020-05-08 08:00"}[activity], activity
    )
    return under_way


def calendars(under_way: RoundUnderWay) -> list[tuple[str, str, str, int, str | None]]:
    """The meeting as each recipient's program is told of it: to whom, method, UID, SEQUENCE."""
    found = []
    for mail in under_way.outgoing:
        if mail.calendar_method is not None and mail.calendar is not None:
            (event,) = Calendar.from_ical(mail.calendar).walk("VEVENT")
            about = (str(event["uid"]), int(event["sequence"]), event.get("status"))
            found.append((mail.recipient, mail.calendar_method, *about))
    return found


def since(under_way: RoundUnderWay, at: str) -> list[str]:
    return [line for line in under_way.mails if line[:16] >= at]


def course_of(under_way: RoundUnderWay, act, activity: str, at: str) -> None:
    with transaction(under_way.engine) as session:
        known = session.exec(select(Round)).one()
        act(session, find_activity(session, known, activity), by=By.person(WHO, sv(at)))


def cancel(session, activity, *, by):
    call_off(session, OFFICE, activity, by=by)


def test_a_meeting_leaves_the_old_calendar_and_the_new_contact_is_invited(engine: Engine):
    under_way = invited(engine, "workshop")
    taken = take_in(under_way, REPLACED, "2020-10-14 10:00")
    assert taken.invited_anew == ("Bergs kommun",)
    under_way.post("2020-10-14 10:01")
    assert since(under_way, "2020-10-14") == [
        f"2020-10-14 10:01 uninvited {OLD}",
        f"2020-10-14 10:01 invitation {NEW}",
    ]
    first, _, gone, came = calendars(under_way)
    uid = first[2]
    assert (first[0], gone[0], came[0]) == (OLD, OLD, NEW)
    # The meeting itself is not called off: nothing is said of its status (RFC 5546 3.2.5).
    assert (gone[1:], came[1:]) == (("CANCEL", uid, 0, None), ("REQUEST", uid, 0, "CONFIRMED"))
    (letter,) = [m for m in under_way.outgoing if m.recipient == NEW]
    assert "https://" in letter.text
    assert "/svar/" in letter.text


def test_a_new_contact_of_those_asked_for_input_gets_the_invitation_and_the_old_nothing(
    engine: Engine,
):
    under_way = invited(engine, "inspel")
    take_in(under_way, REPLACED, "2020-06-01 10:00")
    under_way.post("2020-06-01 10:01")
    under_way.attend("2020-06-01 10:02")
    assert since(under_way, "2020-06-01") == [f"2020-06-01 10:01 invitation {NEW}"]


def test_a_new_contact_is_invited_to_the_day_that_holds_after_a_move(engine: Engine):
    under_way = invited(engine, "workshop")
    under_way.move(date(2020, 11, 16), "2020-10-13 09:00", "workshop")
    under_way.post("2020-10-13 09:01")
    take_in(under_way, REPLACED, "2020-10-14 10:00")
    under_way.post("2020-10-14 10:01")
    (letter,) = [m for m in under_way.outgoing if m.recipient == NEW]
    assert "16 november 2020" in letter.text
    assert "9 november 2020" not in letter.text
    under_way.move(date(2020, 11, 17), "2020-10-15 09:00", "workshop")
    under_way.post("2020-10-15 09:01")
    assert sorted(since(under_way, "2020-10-15")) == [
        f"2020-10-15 09:01 moved {address('krokom')}",
        f"2020-10-15 09:01 moved {NEW}",
    ]


def test_a_new_contact_is_invited_to_the_organisations_own_later_day(engine: Engine):
    under_way = invited(engine, "inspel")
    under_way.extend("berg", date(2020, 10, 20), "2020-06-01 09:00")
    under_way.post("2020-06-01 09:01")
    take_in(under_way, REPLACED, "2020-06-02 10:00")
    under_way.post("2020-06-02 10:01")
    (letter,) = [m for m in under_way.outgoing if m.recipient == NEW]
    assert "20 oktober 2020" in letter.text
    assert "2 oktober 2020" not in letter.text


@pytest.mark.parametrize("end", ["answered", "locked", "cancelled"])
def test_nobody_new_is_invited_to_what_needs_no_answer_any_more(engine: Engine, end: str):
    under_way = invited(engine, "workshop")
    if end == "answered":
        under_way.answer("berg", "2020-10-13 09:00", activity="workshop")
    else:
        act = {"locked": course.lock_answers, "cancelled": cancel}[end]
        course_of(under_way, act, "workshop", "2020-10-13 09:00")
        under_way.post("2020-10-13 09:01")
    assert take_in(under_way, REPLACED, "2020-10-14 10:00").invited_anew == ()
    under_way.post("2020-10-14 10:01")
    told = since(under_way, "2020-10-14")
    # Whose calendar was told that it is off has nothing left to take out.
    assert told == ([] if end == "cancelled" else [f"2020-10-14 10:01 uninvited {OLD}"])


def test_a_calling_off_that_waited_for_the_morning_still_leaves_the_old_calendar(engine: Engine):
    under_way = invited(engine, "workshop")
    course_of(under_way, cancel, "workshop", "2020-10-13 22:00")
    take_in(under_way, REPLACED, "2020-10-13 22:30")
    under_way.post("2020-10-14 08:00")
    assert [line for line in since(under_way, "2020-10-14") if OLD in line] == [
        f"2020-10-14 08:00 uninvited {OLD}"
    ]
    assert [row[1] for row in calendars(under_way) if row[0] == OLD] == ["REQUEST", "CANCEL"]


def test_who_comes_back_before_the_letter_has_left_is_not_uninvited(engine: Engine):
    under_way = invited(engine, "workshop")
    take_in(under_way, REPLACED, "2020-10-13 22:00")
    take_in(under_way, BACK, "2020-10-13 22:30")
    under_way.post("2020-10-14 08:00")
    assert since(under_way, "2020-10-13") == []


def test_who_comes_back_later_is_asked_again_by_the_next_reminder(engine: Engine):
    under_way = invited(engine, "workshop")
    take_in(under_way, REPLACED, "2020-10-14 10:00")
    under_way.post("2020-10-14 10:01")
    take_in(under_way, BACK, "2020-10-15 10:00")
    under_way.post("2020-10-15 10:01")
    under_way.attend("2020-11-02 08:00", "workshop")
    methods = [row[1] for row in calendars(under_way) if row[0] == OLD]
    assert methods == ["REQUEST", "CANCEL", "REQUEST"]


def test_only_a_meeting_that_left_is_taken_back_and_none_that_has_been(engine: Engine):
    before = RoundUnderWay(engine, a_plan("berg", only=("workshop",)))
    assert take_in(before, REPLACED, "2020-10-01 10:00").invited_anew == ()
    assert before.messages() == []
    before.attend("2020-10-12 08:00", "workshop")
    assert before.mails == [f"2020-10-12 08:00 invitation {NEW}"]
    take_in(before, BACK, "2020-11-10 10:00")
    before.post("2020-11-10 10:01")
    assert since(before, "2020-11-10") == []


def test_more_time_to_answer_makes_no_meeting_that_has_been_one_that_is_ahead(engine: Engine):
    under_way = invited(engine, "workshop")
    under_way.extend("berg", date(2020, 11, 13), "2020-10-20 10:00", "workshop")
    under_way.post("2020-10-20 10:01")
    assert take_in(under_way, REPLACED, "2020-11-10 10:00").invited_anew == ()
    under_way.post("2020-11-10 10:01")
    assert since(under_way, "2020-11-10") == []


def test_a_new_contact_makes_no_missed_reminder_of_the_others_superfluous(engine: Engine):
    under_way = invited(engine, "inspel")
    last = PLAN.activity("inspel").due_on
    assert last == date(2020, 10, 2)
    # The reminder of 21 August is missed; the new copy comes before the next look.
    take_in(under_way, "berg;Kopia;kopia@berg.example;copy\n", "2020-08-21 12:00")
    under_way.attend("2020-08-21 13:00")
    told = [line for line in since(under_way, "2020-08-21") if f" {OLD}" in line]
    assert told == [f"2020-08-21 13:00 reminder-30 {OLD}"]


def test_two_roles_of_one_address_are_one_letter_and_a_new_role_is_no_new_contact(engine: Engine):
    under_way = invited(engine, "workshop")
    row = f"berg;{NAME};{OLD.upper()};copy\n"
    assert take_in(under_way, row, "2020-10-14 10:00").invited_anew == ()
    under_way.post("2020-10-14 10:01")
    assert since(under_way, "2020-10-14") == []
