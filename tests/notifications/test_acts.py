"""What a person decides, who is told of it, and what thereby no longer leaves."""

from datetime import date

import pytest
from sqlalchemy import Engine

from agenda.models import Activity, AnswerKind, MessageState
from agenda.register import By
from agenda.rounds.round import planned_occasions
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput
from notifications.acts.course import cancel, reinstate
from tests.rounds_under_way import (
    COORDINATOR,
    OFFICE,
    WHO,
    RoundUnderWay,
    a_plan,
    address,
    many,
    sv,
    wall,
)

SIXTEENTH = date(2020, 10, 16)


def opened(engine: Engine, *organisations: str) -> RoundUnderWay:
    """A round whose invitations left on 8 May."""
    under_way = RoundUnderWay(engine, a_plan(*(organisations or ("berg", "krokom"))))
    under_way.attend("2020-05-08 08:00")
    return under_way


# Extensions.


def test_an_extension_is_told_and_gives_its_holder_reminders_of_its_own(engine: Engine):
    under_way = opened(engine)
    under_way.extend("berg", SIXTEENTH, "2020-09-15 10:00")
    under_way.post("2020-09-15 10:00")
    under_way.server.taken.clear()
    for day in ("09-18", "09-25", "10-01", "10-02", "10-05", "10-09", "10-15", "10-19"):
        under_way.attend(f"2020-{day} 08:00")
    assert [line for line in under_way.mails if line.endswith(address("berg"))] == [
        "2020-10-02 08:00 reminder-10 kommun@berg.example",
        "2020-10-09 08:00 reminder-5 kommun@berg.example",
        "2020-10-15 08:00 reminder-1 kommun@berg.example",
        "2020-10-19 08:00 overdue-1 kommun@berg.example",
    ]
    assert under_way.verdicts("2020-09-18 08:00", "berg")["reminder-10 2020-10-02"] == "extended"


def test_a_queued_reminder_of_the_common_day_does_not_leave_after_an_extension(engine: Engine):
    under_way = opened(engine, "berg")
    under_way.look("2020-09-18 08:00")
    under_way.extend("berg", SIXTEENTH, "2020-09-18 08:00")
    under_way.post("2020-09-18 08:01")
    assert under_way.mails[1:] == ["2020-09-18 08:01 extension kommun@berg.example"]


def test_an_invitation_still_queued_when_an_extension_is_granted_names_the_extended_day(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 20:00")
    under_way.extend("berg", SIXTEENTH, "2020-05-10 12:00")
    under_way.post("2020-05-11 07:00")
    under_way.attend("2020-05-11 08:00")
    assert under_way.mails == [
        "2020-05-11 07:00 extension kommun@berg.example",
        "2020-05-11 08:00 invitation kommun@berg.example",
    ]
    assert all("16 oktober 2020" in outgoing.text for outgoing in under_way.outgoing)
    assert "2 oktober 2020" not in under_way.outgoing[1].text


def test_an_extension_does_not_take_the_place_of_a_missed_invitation(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.extend("berg", SIXTEENTH, "2020-05-11 12:00")
    under_way.attend("2020-05-11 13:00")
    assert under_way.mails == [
        "2020-05-11 13:00 extension kommun@berg.example",
        "2020-05-11 13:00 invitation kommun@berg.example",
    ]


def test_the_planned_occasions_hold_the_steps_of_an_extension_but_no_second_closing(
    engine: Engine,
):
    under_way = opened(engine)
    under_way.extend("berg", SIXTEENTH, "2020-10-01 10:00")
    with reading(engine) as session:
        planned = planned_occasions(session, now=sv("2020-10-01 10:00"))
    assert [(wall(o.at), o.label) for o in planned if "stänger" in o.label] == [
        ("2020-10-03 00:00", "stänger")
    ]
    assert ("2020-10-15 08:00", "sista påminnelsen, 1 arbetsdag kvar") in [
        (wall(o.at), o.label) for o in planned
    ]


# Answers.


def test_an_answer_recorded_while_its_reminder_is_queued_keeps_it_back(engine: Engine):
    under_way = opened(engine)
    under_way.look("2020-08-21 08:00")
    under_way.answer("berg", "2020-08-21 08:00")
    under_way.post("2020-08-21 08:01")
    assert under_way.mails[2:] == ["2020-08-21 08:01 reminder-30 kommun@krokom.example"]
    [withdrawn] = [m for m in under_way.messages("reminder-30") if m.recipient == address("berg")]
    assert (withdrawn.state, withdrawn.outcome) == (
        MessageState.WITHDRAWN,
        "Skickas inte: Bergs kommun svarade 21 augusti 2020 kl. 08.00.",
    )
    assert under_way.register("message_withdrawn") == [withdrawn.outcome]


@pytest.mark.parametrize("kind", list(AnswerKind))
def test_whatever_the_answer_nothing_more_is_sent(engine: Engine, kind: AnswerKind):
    under_way = opened(engine, "berg", "krokom")
    under_way.answer("berg", "2020-06-01 12:00", kind=kind)
    for day in ("08-21", "09-18", "10-05", "10-07", "10-09"):
        under_way.attend(f"2020-{day} 08:00")
    assert [line for line in under_way.mails[2:] if "berg" in line] == []


def test_a_withdrawn_answer_takes_the_reminder_up_again_as_the_same_message(engine: Engine):
    under_way = opened(engine, "berg", "krokom")
    under_way.look("2020-08-21 08:00")
    before = {m.recipient: (m.id, m.message_id) for m in under_way.messages("reminder-30")}
    under_way.answer("berg", "2020-08-21 08:00")
    under_way.post("2020-08-21 08:01")
    under_way.withdraw_answer("berg", "2020-08-21 09:00")
    under_way.attend("2020-08-21 09:01")
    assert under_way.mails[2:] == [
        "2020-08-21 08:01 reminder-30 kommun@krokom.example",
        "2020-08-21 09:01 reminder-30 kommun@berg.example",
    ]
    after = {m.recipient: (m.id, m.message_id) for m in under_way.messages("reminder-30")}
    assert after == before


@pytest.mark.parametrize(
    "afterwards",
    ["move", "another version", "done and reopened", "cancelled and reinstated", "extension"],
)
def test_that_all_have_answered_is_told_once_as_long_as_they_have(engine: Engine, afterwards: str):
    under_way = opened(engine)
    under_way.answer("berg", "2020-06-01 12:00")
    under_way.answer("krokom", "2020-06-02 12:00")
    under_way.attend("2020-06-02 12:01")
    if afterwards == "move":
        under_way.move(date(2020, 10, 9), "2020-06-03 10:00")
    elif afterwards == "another version":
        under_way.answer("berg", "2020-06-03 10:00")
    elif afterwards == "done and reopened":
        under_way.done("2020-06-03 10:00")
        under_way.reopen("2020-06-03 10:01")
    elif afterwards == "extension":
        under_way.extend("berg", SIXTEENTH, "2020-06-03 10:00")
    else:
        for act in (cancel, reinstate):
            with transaction(engine) as session:
                row = session.get_one(Activity, under_way.activity_id())
                act(session, OFFICE, row, by=By.person(WHO, sv("2020-06-03 10:00")))
    under_way.attend("2020-06-03 10:02")
    assert len(under_way.messages("all_answered")) == 1


def test_that_all_have_answered_is_told_again_when_one_was_missing_in_between(engine: Engine):
    under_way = opened(engine)
    under_way.answer("berg", "2020-06-01 12:00")
    under_way.answer("krokom", "2020-06-02 12:00")
    under_way.attend("2020-06-02 12:01")
    under_way.withdraw_answer("berg", "2020-06-03 10:00")
    under_way.attend("2020-06-03 10:01")
    under_way.answer("berg", "2020-06-04 10:00")
    under_way.attend("2020-06-04 10:01")
    under_way.attend("2020-06-05 10:01")
    assert len(under_way.messages("all_answered")) == 2


def test_the_last_answer_is_told_to_the_coordinator_once(engine: Engine):
    under_way = opened(engine)
    under_way.answer("berg", "2020-06-01 12:00")
    under_way.answer("krokom", "2020-06-02 12:00", kind=AnswerKind.DECLINED)
    under_way.answer("krokom", "2020-06-02 12:10", kind=AnswerKind.SUBMISSION)
    under_way.post("2020-06-02 12:15")
    under_way.attend("2020-06-03 08:00")
    under_way.attend("2020-10-03 00:00")
    under_way.post("2020-10-05 07:00")
    assert under_way.mails[2:] == [f"2020-06-02 12:15 all_answered {COORDINATOR}"]


def test_that_all_have_answered_does_not_leave_when_one_answer_was_withdrawn(engine: Engine):
    under_way = opened(engine)
    under_way.answer("berg", "2020-06-01 12:00")
    under_way.answer("krokom", "2020-06-02 20:00")
    under_way.withdraw_answer("berg", "2020-06-02 21:00")
    under_way.post("2020-06-03 07:00")
    assert (under_way.mails[2:], under_way.states("all_answered")) == (
        [],
        {COORDINATOR: MessageState.WITHDRAWN},
    )


# Done, held, closed.


def test_a_done_activity_is_told_to_the_coordinator_and_sends_nothing_more(engine: Engine):
    under_way = opened(engine, "berg")
    under_way.look("2020-08-21 08:00")
    under_way.done("2020-08-21 08:00")
    under_way.post("2020-08-21 08:01")
    under_way.attend("2020-09-18 08:00")
    assert under_way.mails[1:] == [f"2020-08-21 08:01 done {COORDINATOR}"]
    with reading(engine) as session:
        assert planned_occasions(session, now=sv("2020-08-21 09:00")) == []


def test_a_reopened_activity_goes_on_where_the_plan_is(engine: Engine):
    under_way = opened(engine, "berg")
    under_way.done("2020-08-20 08:00")
    under_way.attend("2020-08-21 08:00")
    under_way.reopen("2020-09-10 08:00")
    under_way.attend("2020-09-10 08:05")
    under_way.attend("2020-09-18 08:00")
    assert under_way.mails[1:] == [
        f"2020-08-21 08:00 done {COORDINATOR}",
        "2020-09-10 08:05 reminder-30 kommun@berg.example",
        "2020-09-18 08:00 reminder-10 kommun@berg.example",
    ]


def test_that_it_is_done_does_not_leave_once_it_is_open_again(engine: Engine):
    under_way = opened(engine, "berg")
    under_way.done("2020-08-20 08:00")
    under_way.reopen("2020-08-20 08:01")
    under_way.post("2020-08-20 08:02")
    assert (under_way.mails[1:], under_way.states("done")) == (
        [],
        {COORDINATOR: MessageState.WITHDRAWN},
    )


def test_a_held_step_waits_until_it_is_released(engine: Engine):
    under_way = opened(engine)
    under_way.hold("reminder-30", "2020-08-20 10:00", "berg")
    under_way.attend("2020-08-21 08:00")
    assert under_way.verdicts("2020-08-21 08:00", "berg")["reminder-30 2020-10-02"] == "held"
    under_way.release("reminder-30", "2020-08-24 10:00", "berg")
    under_way.attend("2020-08-24 10:01")
    assert under_way.mails[2:] == [
        "2020-08-21 08:00 reminder-30 kommun@krokom.example",
        "2020-08-24 10:01 reminder-30 kommun@berg.example",
    ]


def test_a_step_held_for_all_is_held_even_when_it_is_queued_already(engine: Engine):
    under_way = opened(engine, "berg")
    under_way.look("2020-08-21 08:00")
    under_way.hold("reminder-30", "2020-08-21 08:00")
    under_way.post("2020-08-21 08:00")
    under_way.post("2020-08-21 08:30")
    assert under_way.mails[1:] == []
    under_way.release("reminder-30", "2020-08-21 08:35")
    under_way.post("2020-08-21 08:40")
    assert under_way.mails[1:] == ["2020-08-21 08:40 reminder-30 kommun@berg.example"]


def test_what_cannot_be_done_is_said_and_changes_nothing(engine: Engine):
    under_way = opened(engine, "berg")
    with pytest.raises(BadInput, match="redan 2020-10-02"):
        under_way.move(date(2020, 10, 2), "2020-06-01 12:00")
    with pytest.raises(BadInput, match="har redan varit"):
        under_way.move(date(2020, 5, 31), "2020-06-01 12:00")
    with pytest.raises(BadInput, match="för långt fram"):
        under_way.move(date(2100, 1, 1), "2020-06-01 12:00")
    with pytest.raises(BadInput, match="för långt fram"):
        under_way.extend("berg", date(9999, 12, 31), "2020-06-01 12:00")
    with pytest.raises(BadInput, match="längre än sista dag för alla"):
        under_way.extend("berg", date(2020, 10, 2), "2020-06-01 12:00")
    with pytest.raises(BadInput, match="inget steg reminder-7"):
        under_way.hold("reminder-7", "2020-06-01 12:00")
    assert [m.step for m in under_way.messages()] == ["invitation"]


def test_those_without_an_address_are_not_counted_as_told_of_a_move(engine: Engine):
    nobody, somebody = many(2)
    plan = a_plan(organisations=(nobody.model_copy(update={"contacts": ()}), somebody))
    under_way = RoundUnderWay(engine, plan)
    under_way.attend("2020-05-08 08:00")
    assert under_way.move(SIXTEENTH, "2020-06-01 12:00") == 1
