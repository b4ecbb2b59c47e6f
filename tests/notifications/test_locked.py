"""Locked answers: nobody is asked for what is no longer taken, and there is a way back."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from agenda.models import Activity, MessageState
from agenda.register import By
from agenda.rounds.facts import situation
from agenda.steps.reasons import reason
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput, Remedy
from notifications.acts import course
from tests.rounds_under_way import OFFICE, WHO, RoundUnderWay, a_plan, address, sv

NINTH = date(2020, 10, 9)


def row(session: Session, under_way: RoundUnderWay) -> Activity:
    return session.get_one(Activity, under_way.activity_id())


def lock(under_way: RoundUnderWay, at: str) -> None:
    with transaction(under_way.engine) as session:
        course.lock(session, row(session, under_way), by=By.person(WHO, sv(at)))


def unlock(under_way: RoundUnderWay, at: str) -> None:
    with transaction(under_way.engine) as session:
        course.unlock(session, row(session, under_way), by=By.person(WHO, sv(at)))


def opened(engine: Engine) -> RoundUnderWay:
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.server.taken.clear()
    return under_way


def test_after_a_lock_nobody_is_reminded_scolded_or_escalated(engine: Engine):
    under_way = opened(engine)
    under_way.extend("krokom", NINTH, "2020-06-01 10:00")
    under_way.post("2020-06-01 10:01")
    lock(under_way, "2020-06-02 10:00")
    for day in ("08-21", "09-18", "10-01", "10-05", "10-07", "10-12", "10-14"):
        under_way.attend(f"2020-{day} 08:00")
    assert [line.split()[2] for line in under_way.mails] == ["extension", "closed"]
    found = under_way.verdicts("2020-10-14 09:00", "berg")
    assert found["overdue-1 2020-10-02"] == "closed answers_locked"
    assert found["escalation-3 2020-10-02"] == "closed answers_locked"


def test_what_waits_in_the_outbox_when_it_is_locked_does_not_leave_and_says_why(engine: Engine):
    under_way = opened(engine)
    under_way.look("2020-08-21 20:00")
    under_way.extend("berg", NINTH, "2020-08-21 20:05")
    under_way.move(date(2020, 10, 6), "2020-08-21 20:06")
    lock(under_way, "2020-08-21 20:10")
    under_way.post("2020-08-24 08:00")
    assert under_way.mails == []
    assert set(under_way.states("extension").values()) == {MessageState.WITHDRAWN}
    assert [m.outcome for m in under_way.messages("moved")] == ["Svaren är låsta."]


def test_the_reason_is_said_in_words(engine: Engine):
    under_way = opened(engine)
    lock(under_way, "2020-06-02 10:00")
    with reading(engine) as session:
        known = situation(session, under_way.activity_id())
        verdict = next(
            v for v in known.verdicts(sv("2020-09-18 09:00")) if v.step.name == "reminder-10"
        )
    assert reason(verdict, "Bergs kommun", "sv") == (
        "Skickas inte: svaren låstes 2 juni 2020 kl. 10.00, när arbetet med dem började."
    )


def test_unlocked_again_the_reminders_go_on(engine: Engine):
    under_way = opened(engine)
    lock(under_way, "2020-06-02 10:00")
    under_way.attend("2020-08-21 08:00")
    unlock(under_way, "2020-09-01 10:00")
    under_way.attend("2020-09-18 08:00")
    assert [line.split()[2] for line in under_way.mails] == ["reminder-10", "reminder-10"]
    assert len(under_way.register("answers_unlocked")) == 1


def test_locked_answers_take_no_other_day_and_no_more_time(engine: Engine):
    under_way = opened(engine)
    lock(under_way, "2020-06-02 10:00")
    with pytest.raises(BadInput, match="Svaren i inspel är låsta") as refused:
        under_way.move(NINTH, "2020-06-02 11:00")
    assert refused.value.remedy is Remedy.UNLOCK_FIRST
    with pytest.raises(BadInput, match="så det går inte att ge anstånd"):
        under_way.extend("berg", NINTH, "2020-06-02 11:00")


def test_locked_cancelled_and_reinstated_it_is_locked_still(engine: Engine):
    under_way = opened(engine)
    lock(under_way, "2020-06-02 10:00")
    with transaction(engine) as session:
        at = sv("2020-06-02 11:00")
        course.cancel(session, OFFICE, row(session, under_way), by=By.person(WHO, at))
    under_way.post("2020-06-02 11:01")
    with transaction(engine) as session:
        course.reinstate(
            session, OFFICE, row(session, under_way), by=By.person(WHO, sv("2020-06-02 12:00"))
        )
    under_way.post("2020-06-02 12:01")
    assert "Svaren är låsta" in under_way.outgoing[-1].text
    under_way.attend("2020-09-18 08:00")
    assert [m.recipient for m in under_way.messages("reinstated")] == [
        address("krokom"),
        address("berg"),
    ]
    assert under_way.messages("reminder-10") == []
