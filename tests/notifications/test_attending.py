"""What a run does, and what it does when it comes late, twice or not at all."""

from datetime import date

from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import MessageState, MessageStep, Round
from agenda.storage.store import reading
from notifications.attending import Lot, announce, open_activities
from tests.rounds_under_way import (
    COORDINATOR,
    MUNICIPALITIES,
    OFFICE,
    PLAN,
    RoundUnderWay,
    a_plan,
    address,
    manager,
    sv,
)


def to_each(at, step, organisations=MUNICIPALITIES):
    return [f"{at} {step} {address(key)}" for key in sorted(organisations)]


def test_the_opening_invites_all_eight_and_a_second_run_sends_nothing(engine: Engine):
    under_way = RoundUnderWay(engine)
    first = under_way.attend("2020-05-08 08:00")
    second = under_way.attend("2020-05-08 08:00")
    assert under_way.mails == to_each("2020-05-08 08:00", "invitation")
    assert (first.queued, first.asked, first.answered, second.queued, second.lots) == (
        8,
        8,
        0,
        0,
        (),
    )


def test_a_lot_is_what_leaves_to_one_organisation(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    assert under_way.look("2020-05-08 08:00").lots == (
        Lot("Bergs kommun", (1,)),
        Lot("Krokoms kommun", (2,)),
    )


def test_a_reminder_goes_only_to_those_who_have_not_answered(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom", "are"))
    under_way.attend("2020-05-08 08:00")
    under_way.answer("krokom", "2020-06-11 10:20")
    under_way.server.taken.clear()
    under_way.attend("2020-08-21 08:00")
    assert under_way.mails == to_each("2020-08-21 08:00", "reminder-30", ["are", "berg"])


def test_after_a_stop_from_before_a_reminder_to_after_the_last_day_one_mail_says_what_holds(
    engine: Engine,
):
    under_way = RoundUnderWay(engine)
    under_way.attend("2020-05-08 08:00")
    under_way.answer("krokom", "2020-09-01 12:00")
    under_way.server.taken.clear()
    under_way.attend("2020-10-06 09:30")
    silent = [key for key in MUNICIPALITIES if key != "krokom"]
    assert under_way.mails == [
        f"2020-10-06 09:30 closed {COORDINATOR}",
        f"2020-10-06 09:30 beforehand {COORDINATOR}",
        *to_each("2020-10-06 09:30", "overdue-1", silent),
    ]


def test_what_was_missed_says_why_it_was_not_sent(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-10-06 09:30")
    assert under_way.verdicts("2020-10-06 10:00", "berg") == {
        "invitation 2020-10-02": "done",
        "reminder-30 2020-10-02": "superseded told_since",
        "reminder-10 2020-10-02": "superseded told_since",
        "reminder-5 2020-10-02": "superseded told_since",
        "reminder-1 2020-10-02": "superseded told_since",
        "overdue-1 2020-10-02": "done",
        "escalation-3 2020-10-02": "waiting",
        "overdue-5 2020-10-02": "waiting",
    }


def test_after_a_stop_from_before_the_opening_the_invitation_comes_before_any_reminder(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-09-22 08:00")
    under_way.attend("2020-09-23 08:00")
    under_way.attend("2020-09-25 08:00")
    assert under_way.mails == [
        "2020-09-22 08:00 invitation kommun@berg.example",
        "2020-09-25 08:00 reminder-5 kommun@berg.example",
    ]


def test_after_a_stop_from_before_the_opening_to_after_the_last_day_nobody_is_invited(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-10-06 08:00")
    assert under_way.mails == [
        f"2020-10-06 08:00 closed {COORDINATOR}",
        f"2020-10-06 08:00 beforehand {COORDINATOR}",
        "2020-10-06 08:00 overdue-1 kommun@berg.example",
    ]


def test_a_stop_over_the_escalation_lets_those_who_are_to_know_first_know_a_day_before(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-10-01 08:00")
    under_way.server.taken.clear()
    under_way.attend("2020-10-08 08:00")
    under_way.attend("2020-10-08 15:00")
    under_way.attend("2020-10-09 07:45")
    assert under_way.mails == [
        f"2020-10-08 08:00 closed {COORDINATOR}",
        f"2020-10-08 08:00 beforehand {COORDINATOR}",
        "2020-10-08 08:00 overdue-1 kommun@berg.example",
        f"2020-10-09 07:45 escalation-3 {manager('berg')}",
        f"2020-10-09 07:45 escalation-3 {COORDINATOR}",
    ]


def test_a_manager_hears_a_day_after_the_organisation_even_when_quiet_hours_kept_its_mail(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-10-01 08:00")
    under_way.server.taken.clear()
    under_way.attend("2020-10-07 22:00")
    under_way.post("2020-10-08 07:00")
    under_way.attend("2020-10-08 07:45")
    under_way.post("2020-10-08 12:00")
    under_way.attend("2020-10-09 07:45")
    assert under_way.mails == [
        "2020-10-08 07:00 closed " + COORDINATOR,
        "2020-10-08 07:00 overdue-1 kommun@berg.example",
        f"2020-10-08 12:00 beforehand {COORDINATOR}",
        f"2020-10-09 07:45 escalation-3 {manager('berg')}",
        f"2020-10-09 07:45 escalation-3 {COORDINATOR}",
    ]


def test_what_a_run_at_ten_in_the_evening_finds_waits_for_seven_on_the_next_workday(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    attended = under_way.attend("2020-05-08 22:00")
    assert (attended.queued, attended.postponed, attended.lots) == (1, 1, ())
    under_way.post("2020-05-09 12:00")
    under_way.post("2020-05-11 06:59")
    assert under_way.mails == []
    under_way.post("2020-05-11 07:00")
    assert under_way.mails == ["2020-05-11 07:00 invitation kommun@berg.example"]


def test_internal_work_reminds_the_person_responsible_and_nags_until_it_is_done(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan(only=["skrivande"]))
    for at in ("2020-12-17 08:00", "2020-12-18 08:00", "2020-12-21 08:00", "2020-12-22 08:00"):
        under_way.attend(at, "skrivande")
    under_way.done("2020-12-22 09:00", "skrivande")
    under_way.attend("2020-12-23 08:00", "skrivande")
    assert under_way.mails == [
        f"2020-12-17 08:00 internal-2 {COORDINATOR}",
        f"2020-12-18 08:00 internal-0 {COORDINATOR}",
        f"2020-12-21 08:00 nag-1 {COORDINATOR}",
        f"2020-12-22 08:00 nag-2 {COORDINATOR}",
        f"2020-12-23 08:00 done {COORDINATOR}",
    ]


def test_a_closed_round_is_left_in_peace(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.look("2020-05-08 06:00")
    under_way.look("2020-05-08 08:00")
    under_way.close("2020-05-08 08:00")
    looked = under_way.look("2020-08-21 08:00")
    under_way.post("2020-08-21 08:00")
    assert (looked.queued, under_way.mails, open_activities(engine)) == (0, [], [])
    assert set(under_way.states("invitation").values()) == {MessageState.WITHDRAWN}


def test_two_rounds_of_one_plan_do_not_mix(engine: Engine):
    first = RoundUnderWay(engine, a_plan("berg", "krokom", name="2020"))
    second = RoundUnderWay(engine, a_plan("berg", "krokom", name="Andra"), server=first.server)
    first.attend("2020-05-08 08:00")
    second.attend("2020-05-08 08:00")
    first.answer("berg", "2020-06-01 12:00")
    first.server.taken.clear()
    first.attend("2020-08-21 08:00")
    second.attend("2020-08-21 08:00")
    assert first.mails == to_each("2020-08-21 08:00", "reminder-30", ["krokom"]) + to_each(
        "2020-08-21 08:00", "reminder-30", ["berg", "krokom"]
    )
    ids = [message.message_id for message in first.messages() + second.messages()]
    assert (len(ids), len(set(ids))) == (7, 7)
    assert {m.round_id for m in first.messages()} == {first.id}
    assert len(open_activities(engine)) == 2


def test_moving_one_rounds_last_day_leaves_the_other_rounds_queue_alone(engine: Engine):
    first = RoundUnderWay(engine, a_plan("berg", name="2020"))
    second = RoundUnderWay(engine, a_plan("berg", name="Andra"))
    first.look("2020-05-08 08:00")
    second.look("2020-05-08 08:00")
    first.move(date(2020, 10, 9), "2020-05-08 09:00")
    assert (first.states("invitation"), second.states("invitation")) == (
        {address("berg"): MessageState.WITHDRAWN},
        {address("berg"): MessageState.QUEUED},
    )


def test_steps_before_a_round_was_followed_are_never_sent(engine: Engine):
    under_way = RoundUnderWay(
        engine, a_plan("berg"), since="2020-09-01 12:00", tracked_from=date(2020, 9, 1)
    )
    under_way.attend("2020-09-02 08:00")
    assert under_way.mails == []
    assert under_way.verdicts("2020-09-02 08:00", "berg")["invitation 2020-10-02"] == "untracked"


def test_every_activity_of_the_plan_can_be_attended_on_its_own(engine: Engine):
    under_way = RoundUnderWay(engine, PLAN)
    for activity_id in open_activities(engine):
        announce(engine, OFFICE, activity_id=activity_id, now=sv("2020-04-22 08:00"))
    # One letter of struktur, to 24 April, and of the meetings and mailings ten workdays on.
    assert [(m.step, m.recipient) for m in under_way.messages()] == [("own_work", COORDINATOR)]
    with reading(engine) as session:
        told = session.exec(select(MessageStep.step_key).order_by(MessageStep.id)).all()
    assert [step.rpartition(":")[0] for step in told] == [
        "struktur:internal-2",
        "plan-till-rsr:internal-10",
        "presidiet:internal-10",
        "rsr:internal-10",
    ]


def test_who_looked_last_is_remembered(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    with reading(engine) as session:
        assert session.get_one(Round, under_way.id).attended_at == sv("2020-05-08 08:00")
