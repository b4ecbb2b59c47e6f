"""A last day that is moved: who is told, what no longer leaves, what is counted anew."""

from datetime import date

from sqlalchemy import Engine

from agenda.models import MessageState
from agenda.rounds.round import planned_occasions
from agenda.storage.store import reading
from tests.obedient_server import LATER
from tests.rounds_under_way import RoundUnderWay, a_plan, address, sv, wall

NINTH, SIXTEENTH, THIRTIETH = date(2020, 10, 9), date(2020, 10, 16), date(2020, 10, 30)


def opened(engine: Engine, *organisations: str) -> RoundUnderWay:
    """A round whose invitations left on 8 May."""
    under_way = RoundUnderWay(engine, a_plan(*(organisations or ("berg", "krokom"))))
    under_way.attend("2020-05-08 08:00")
    return under_way


def reminded_twice(engine: Engine) -> RoundUnderWay:
    under_way = opened(engine)
    under_way.attend("2020-08-21 08:00")
    under_way.attend("2020-09-18 08:00")
    under_way.server.taken.clear()
    return under_way


def test_a_last_day_moved_after_the_second_reminder_is_told_to_those_invited(engine: Engine):
    under_way = reminded_twice(engine)
    assert under_way.move(NINTH, "2020-09-21 10:00") == 2
    under_way.post("2020-09-21 10:00")
    assert under_way.mails == [
        f"2020-09-21 10:00 moved {address('krokom')}",
        f"2020-09-21 10:00 moved {address('berg')}",
    ]
    for outgoing in under_way.outgoing:
        assert "2 oktober 2020" in outgoing.text
        assert "9 oktober 2020" in outgoing.text
        assert outgoing.calendar is not None
        assert b"DTSTART;VALUE=DATE:20201009" in outgoing.calendar


def test_after_a_move_the_old_reminders_never_leave_and_the_new_ones_do(engine: Engine):
    under_way = reminded_twice(engine)
    under_way.move(NINTH, "2020-09-21 10:00")
    under_way.post("2020-09-21 10:00")
    under_way.server.taken.clear()
    days = ("09-25", "10-01", "10-02", "10-05", "10-08", "10-12", "10-14")
    for day in days:
        under_way.attend(f"2020-{day} 08:00")
    assert [line for line in under_way.mails if line.endswith(address("berg"))] == [
        "2020-09-25 08:00 reminder-10 kommun@berg.example",
        "2020-10-02 08:00 reminder-5 kommun@berg.example",
        "2020-10-08 08:00 reminder-1 kommun@berg.example",
        "2020-10-12 08:00 overdue-1 kommun@berg.example",
    ]
    found = under_way.verdicts("2020-10-14 09:00", "berg")
    assert {name: verdict for name, verdict in found.items() if "2020-10-02" in name} == {
        "reminder-30 2020-10-02": "done",
        "reminder-10 2020-10-02": "done",
        "reminder-5 2020-10-02": "superseded moved",
        "reminder-1 2020-10-02": "superseded moved",
        "overdue-1 2020-10-02": "superseded moved",
        "overdue-5 2020-10-02": "superseded moved",
        "escalation-3 2020-10-02": "superseded moved",
    }


def test_the_planned_occasions_follow_a_move(engine: Engine):
    under_way = reminded_twice(engine)
    under_way.move(NINTH, "2020-09-21 10:00")
    with reading(engine) as session:
        planned = planned_occasions(session, now=sv("2020-09-21 10:00"))
    assert [(wall(occasion.at), occasion.label) for occasion in planned] == [
        ("2020-09-25 08:00", "påminnelse, 10 arbetsdagar kvar"),
        ("2020-10-02 08:00", "påminnelse, 5 arbetsdagar kvar"),
        ("2020-10-08 08:00", "sista påminnelsen, 1 arbetsdag kvar"),
        ("2020-10-10 00:00", "stänger"),
        ("2020-10-12 08:00", "svar saknas, 1 arbetsdag efter sista dagen"),
        ("2020-10-14 08:00", "eskalering, 3 arbetsdagar efter sista dagen"),
        ("2020-10-16 08:00", "svar saknas, 5 arbetsdagar efter sista dagen"),
    ]


def test_a_move_before_the_opening_is_told_to_nobody(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    assert under_way.move(NINTH, "2020-04-01 10:00") == 0
    under_way.attend("2020-05-08 08:00")
    assert under_way.mails == ["2020-05-08 08:00 invitation kommun@berg.example"]
    assert "9 oktober 2020" in under_way.outgoing[0].text


def test_a_move_is_told_to_those_invited_before_the_round_was_followed(engine: Engine):
    under_way = RoundUnderWay(
        engine, a_plan("berg"), since="2020-09-01 12:00", tracked_from=date(2020, 9, 1)
    )
    assert under_way.move(NINTH, "2020-09-01 13:00") == 1
    under_way.post("2020-09-01 13:00")
    assert under_way.mails == ["2020-09-01 13:00 moved kommun@berg.example"]


def test_a_reminder_that_is_queued_when_its_last_day_is_moved_does_not_leave(engine: Engine):
    under_way = opened(engine, "berg")
    under_way.look("2020-08-21 08:00")
    under_way.server.taken.clear()
    under_way.move(NINTH, "2020-08-21 08:00")
    under_way.post("2020-08-21 08:01")
    assert under_way.mails == ["2020-08-21 08:01 moved kommun@berg.example"]
    assert under_way.states("reminder-30") == {address("berg"): MessageState.WITHDRAWN}


def test_an_invitation_that_is_queued_when_the_last_day_is_moved_names_the_new_one(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    assert under_way.move(NINTH, "2020-05-08 08:00") == 0
    under_way.attend("2020-05-08 08:05")
    assert under_way.mails == ["2020-05-08 08:05 invitation kommun@berg.example"]
    assert ("9 oktober 2020" in under_way.outgoing[0].text, len(under_way.messages())) == (True, 1)


def test_a_move_while_a_mail_is_in_flight_is_told_as_a_correction(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.meanwhile = lambda: under_way.move(NINTH, "2020-05-08 08:00")
    under_way.attend("2020-05-08 08:00")
    under_way.post("2020-05-08 08:01")
    assert under_way.mails == [
        "2020-05-08 08:00 invitation kommun@berg.example",
        "2020-05-08 08:01 moved kommun@berg.example",
    ]


def test_an_invitation_that_never_left_before_the_last_day_moved_comes_with_the_new_one(
    engine: Engine,
):
    """Not "another day than 2 October", which they have never heard of."""
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.answer(address("berg"), LATER)
    under_way.server.meanwhile = lambda: under_way.move(NINTH, "2020-05-08 08:00")
    under_way.attend("2020-05-08 08:00")
    under_way.post("2020-05-08 08:05")
    assert under_way.states("moved") == {address("berg"): MessageState.WITHDRAWN}
    assert under_way.states("invitation") == {address("berg"): MessageState.WITHDRAWN}
    under_way.attend("2020-05-08 08:06")
    assert under_way.mails == ["2020-05-08 08:06 invitation kommun@berg.example"]
    assert "9 oktober 2020" in under_way.outgoing[0].text


def test_a_reminder_that_was_in_flight_when_the_last_day_moved_is_not_tried_again(engine: Engine):
    under_way = opened(engine, "berg")
    under_way.server.answer(address("berg"), LATER)
    under_way.server.meanwhile = lambda: under_way.move(NINTH, "2020-09-18 08:00")
    under_way.server.taken.clear()
    under_way.attend("2020-09-18 08:00")
    under_way.post("2020-09-18 08:05")
    under_way.attend("2020-09-18 08:10")
    assert under_way.mails == ["2020-09-18 08:05 moved kommun@berg.example"]


def test_a_last_day_moved_back_again_takes_its_reminders_up_again(engine: Engine):
    under_way = opened(engine, "berg")
    under_way.move(NINTH, "2020-09-01 10:00")
    under_way.post("2020-09-01 10:00")
    under_way.move(date(2020, 10, 2), "2020-09-02 10:00")
    under_way.post("2020-09-02 10:00")
    under_way.attend("2020-09-18 08:00")
    under_way.attend("2020-09-25 08:00")
    assert under_way.mails[1:] == [
        "2020-09-01 10:00 moved kommun@berg.example",
        "2020-09-02 10:00 moved kommun@berg.example",
        "2020-09-18 08:00 reminder-10 kommun@berg.example",
        "2020-09-25 08:00 reminder-5 kommun@berg.example",
    ]
    assert "2 oktober 2020" in under_way.outgoing[2].text


def test_a_last_day_moved_and_moved_back_in_one_evening_is_told_to_nobody(engine: Engine):
    under_way = opened(engine, "berg")
    assert under_way.move(NINTH, "2020-09-01 20:00") == 1
    assert under_way.move(date(2020, 10, 2), "2020-09-01 20:10") == 0
    under_way.post("2020-09-02 07:00")
    assert under_way.mails == ["2020-05-08 08:00 invitation kommun@berg.example"]


def test_a_last_day_moved_twice_in_one_evening_is_told_once_from_the_day_that_was_known(
    engine: Engine,
):
    under_way = opened(engine, "berg")
    under_way.move(NINTH, "2020-09-01 20:00")
    under_way.move(SIXTEENTH, "2020-09-01 20:10")
    under_way.post("2020-09-02 07:00")
    assert under_way.mails[1:] == ["2020-09-02 07:00 moved kommun@berg.example"]
    text = under_way.outgoing[-1].text
    assert ("2 oktober 2020" in text, "16 oktober 2020" in text, "9 oktober" in text) == (
        True,
        True,
        False,
    )


def test_an_extension_beyond_the_new_day_stands_and_its_holder_is_not_told_of_the_move(
    engine: Engine,
):
    under_way = opened(engine)
    under_way.extend("berg", THIRTIETH, "2020-09-01 20:00")
    assert under_way.move(NINTH, "2020-09-01 20:10") == 1
    under_way.post("2020-09-02 07:00")
    assert under_way.mails[2:] == [
        "2020-09-02 07:00 extension kommun@berg.example",
        "2020-09-02 07:00 moved kommun@krokom.example",
    ]


def test_an_extension_that_a_move_overtakes_is_told_from_the_extensions_day(engine: Engine):
    under_way = opened(engine, "berg")
    under_way.extend("berg", NINTH, "2020-09-01 10:00")
    under_way.post("2020-09-01 10:00")
    under_way.move(THIRTIETH, "2020-09-02 10:00")
    under_way.post("2020-09-02 10:00")
    text = under_way.outgoing[-1].text
    assert (under_way.mails[-1], "9 oktober 2020" in text, "30 oktober 2020" in text) == (
        "2020-09-02 10:00 moved kommun@berg.example",
        True,
        True,
    )
