"""What was needed to come in is gone a day after it is of no use."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Coordinator, DeskSession, SignIn
from agenda.people import sessions, signing_in
from agenda.storage.store import reading, transaction
from notifications.erasing import SIGN_INS_FOR, erase_what_is_old
from tests.rounds_under_way import OFFICE, PLAN, RoundUnderWay, a_plan, sv

NOW = sv("2020-09-21 10:00")


def ask(engine: Engine, address: str) -> None:
    with transaction(engine) as session:
        signing_in.ask(
            session, OFFICE.keyring, address=address, browser="b", client="192.0.2.1", now=NOW
        )


def left(engine: Engine, model: type[SignIn | DeskSession]) -> int:
    with reading(engine) as session:
        return len(session.exec(select(model)).all())


def test_ways_in_and_ended_sessions_go_and_a_session_that_goes_on_stays(engine: Engine) -> None:
    RoundUnderWay(engine, a_plan("berg"))
    ask(engine, PLAN.coordinator.address)
    ask(engine, "ingen@regionen.example")
    with transaction(engine) as session:
        asta = session.get_one(Coordinator, 1)
        sessions.begin(session, asta, now=NOW)
        sessions.begin(session, asta, now=NOW)
        sessions.end(session, 1, now=NOW)
    erase_what_is_old(engine, days=30, now=NOW + SIGN_INS_FOR - timedelta(seconds=1))
    assert (left(engine, SignIn), left(engine, DeskSession)) == (2, 2)

    later = NOW + SIGN_INS_FOR + timedelta(seconds=1)
    with transaction(engine) as session:
        going_on = sessions.begin(session, session.get_one(Coordinator, 1), now=later)
    erase_what_is_old(engine, days=30, now=later)
    # The other one ended by itself, four hours after it was used last.
    assert left(engine, SignIn) == 0
    with reading(engine) as session:
        assert sessions.find(session, going_on, now=later) is not None
    erase_what_is_old(engine, days=30, now=later + sessions.LONGEST + SIGN_INS_FOR)
    assert left(engine, DeskSession) == 0
