"""What the coordinator decides about an activity, and what the register keeps of it."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Activity, DeadlineMove, Hold, Invitation
from agenda.register import entries
from agenda.rounds import activities
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput
from tests.rounds_under_way import INPUT, WHO, RoundUnderWay, a_plan, sv

NINTH = date(2020, 10, 9)


def the_row(under_way: RoundUnderWay, key: str = INPUT) -> Activity:
    with reading(under_way.engine) as session:
        return session.get_one(Activity, under_way.activity_id(key))


def test_a_move_changes_the_day_raises_the_revision_and_is_registered(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.move(NINTH, "2020-06-01 12:00")
    row = the_row(under_way)
    assert (row.starts_on, row.due_on, row.revision, row.changed_at) == (
        date(2020, 5, 8),
        NINTH,
        1,
        sv("2020-06-01 12:00"),
    )
    with reading(engine) as session:
        move = session.get_one(DeadlineMove, 1)
        [line] = [e for e in entries(session, subject=INPUT) if e.what == "deadline_moved"]
    assert (move.from_on, move.to_on) == (date(2020, 10, 2), NINTH)
    assert (line.who, line.before, line.after) == (WHO, "2020-10-02", "2020-10-09")


def test_an_activity_of_one_day_moves_whole(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan(only=["workshop"]))
    under_way.move(date(2020, 11, 6), "2020-06-01 12:00", "workshop")
    row = the_row(under_way, "workshop")
    assert (row.starts_on, row.due_on) == (date(2020, 11, 6), date(2020, 11, 6))


def test_a_quarter_becomes_a_day_when_it_is_set(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan(only=["faststallande"]))
    under_way.move(date(2021, 3, 31), "2020-06-01 12:00", "faststallande")
    row = the_row(under_way, "faststallande")
    assert (row.due_on, row.is_quarter) == (date(2021, 3, 31), False)


def test_a_last_day_before_the_first_is_refused(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    with pytest.raises(BadInput, match="börjar 2020-05-08: 2020-05-07 ligger före"):
        under_way.move(date(2020, 5, 7), "2020-04-01 12:00")


def test_today_is_still_a_day_that_a_deadline_can_move_to_until_swedish_midnight(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.move(NINTH, "2020-10-09 23:59")
    with pytest.raises(BadInput, match="har redan varit"):
        under_way.extend("berg", NINTH.replace(day=10), "2020-10-11 00:00")


def test_done_and_open_again_raise_the_revision_and_cannot_be_done_twice(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.done("2020-06-01 12:00")
    with pytest.raises(BadInput, match="redan markerad som klar"):
        under_way.done("2020-06-01 12:01")
    with pytest.raises(BadInput, match="inte att ge anstånd"):
        under_way.extend("berg", NINTH, "2020-06-01 12:02")
    assert the_row(under_way).done_at == sv("2020-06-01 12:00")
    under_way.reopen("2020-06-02 12:00")
    with pytest.raises(BadInput, match="inte markerad som klar"):
        under_way.reopen("2020-06-02 12:01")
    row = the_row(under_way)
    assert (row.done_at, row.revision) == (None, 2)


def test_an_extension_can_be_changed_but_not_granted_twice_alike(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.extend("berg", date(2020, 10, 16), "2020-06-01 12:00")
    with pytest.raises(BadInput, match="redan anstånd till 2020-10-16"):
        under_way.extend("berg", date(2020, 10, 16), "2020-06-02 12:00")
    under_way.extend("berg", NINTH, "2020-06-03 12:00")
    with reading(engine) as session:
        invitation = session.get_one(Invitation, 1)
    assert (invitation.extended_to, invitation.revision) == (NINTH, 2)
    assert under_way.register("extension_granted") == ["2020-10-16", "2020-10-09"]


def test_a_step_is_held_once_and_released_once_for_each_and_for_all(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.hold("reminder-10", "2020-06-01 12:00")
    under_way.hold("reminder-10", "2020-06-01 12:00", "berg")
    with pytest.raises(BadInput, match="hålls redan inne"):
        under_way.hold("reminder-10", "2020-06-01 12:01", "berg")
    under_way.release("reminder-10", "2020-06-01 12:02", "berg")
    with pytest.raises(BadInput, match="hålls inte inne"):
        under_way.release("reminder-10", "2020-06-01 12:03", "berg")
    with reading(engine) as session:
        assert [hold.organisation_id for hold in session.exec(select(Hold))] == [None]


def test_an_extensions_steps_can_be_held_too(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.extend("berg", date(2020, 10, 16), "2020-06-01 12:00")
    under_way.hold("reminder-10", "2020-06-01 12:00", "berg")
    found = under_way.verdicts("2020-10-02 08:00", "berg")
    assert found["reminder-10 2020-10-16"] == "held"


def test_whether_somebody_has_to_mark_it_done_is_what_its_kind_says(engine: Engine):
    RoundUnderWay(engine, a_plan(only=["inspel", "skrivande"]))
    with transaction(engine) as session:
        rows = {row.key: row for row in session.exec(select(Activity))}
        found = {key: activities.closes_when_done(row) for key, row in rows.items()}
    assert found == {"inspel": False, "skrivande": True}
