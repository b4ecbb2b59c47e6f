"""Rounds: started from a plan, told apart, closed; and what is dated in the open ones."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Activity, Contact, Invitation, Organisation, Round
from agenda.plan.model import PlanHead, Role
from agenda.register import By
from agenda.rounds.round import (
    close_round,
    find_round,
    open_rounds,
    planned_occasions,
    replay_uid,
    start_round,
)
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput, NotFound, Remedy
from agenda.workdays import Workdays
from tests.rounds_under_way import PLAN, WHO, RoundUnderWay, a_plan, sv, wall

NOW = sv("2020-04-01 12:00")


def test_a_round_holds_the_whole_plan(engine: Engine):
    with transaction(engine) as session:
        start_round(session, PLAN, by=By.person(WHO, NOW))
    with reading(engine) as session:
        known = session.exec(select(Round)).one()
        rows = session.exec(select(Activity).order_by(Activity.position)).all()
        organisations = session.exec(select(Organisation).order_by(Organisation.position)).all()
        invitations = session.exec(select(Invitation)).all()
        contacts = session.exec(select(Contact)).all()
    assert PlanHead.model_validate(known.plan).goal == PLAN.goal
    assert (known.tracked_from, known.started_at) == (sv("2020-04-01 00:00"), NOW)
    assert [(r.key, r.due_on) for r in rows] == [(a.key, a.due_on) for a in PLAN.activities]
    assert [o.name for o in organisations] == [o.name for o in PLAN.organisations]
    assert len(invitations) == 8 + 8 + 3
    assert (len(contacts), sum(c.role is Role.ESCALATION for c in contacts)) == (19, 8)


def test_a_round_is_followed_from_the_day_it_is_told_to_be(engine: Engine):
    with transaction(engine) as session:
        known = start_round(
            session, PLAN, by=By.person(WHO, NOW), tracked_from=date(2020, 5, 1), is_example=True
        )
    assert (known.tracked_from, known.is_example) == (sv("2020-05-01 00:00"), True)


def test_two_rounds_cannot_have_one_name(engine: Engine):
    RoundUnderWay(engine, PLAN)
    with (
        transaction(engine) as session,
        pytest.raises(BadInput, match="redan en omgång som heter 2020"),
    ):
        start_round(session, PLAN, by=By.person(WHO, NOW))


def test_without_a_name_the_only_open_round_is_meant(engine: Engine):
    with transaction(engine) as session, pytest.raises(NotFound, match="Ingen omgång är igång"):
        find_round(session, None)
    first = RoundUnderWay(engine, a_plan("berg", name="Första"))
    with reading(engine) as session:
        assert find_round(session, None).id == first.id
        with pytest.raises(NotFound, match=r"ingen omgång som heter Andra\. Det finns: Första"):
            find_round(session, "Andra")


def test_with_several_open_a_name_is_needed_and_closed_ones_are_not_offered(engine: Engine):
    closed, first, second = (
        RoundUnderWay(engine, a_plan("berg", name=name)) for name in ("Gammal", "A", "B")
    )
    closed.close("2020-05-01 12:00")
    with reading(engine) as session:
        with pytest.raises(NotFound, match=r"Flera omgångar är igång: A, B\.") as lacking:
            find_round(session, None)
        assert lacking.value.remedy is Remedy.NAME_THE_ROUND
        assert find_round(session, "Gammal").id == closed.id
        assert [known.id for known in open_rounds(session)] == [first.id, second.id]


def test_the_example_is_meant_by_its_name_once_there_is_a_round_of_ones_own(engine: Engine):
    with transaction(engine) as session:
        plan, tried = a_plan("berg", name="2027"), a_plan("berg", name="Exempel")
        example = start_round(session, tried, by=By.person(WHO, NOW), is_example=True)
        assert find_round(session, None).id == example.id
        own = start_round(session, plan, by=By.person(WHO, NOW))
        assert find_round(session, None).id == own.id
        assert find_round(session, "Exempel").id == example.id
        with pytest.raises(NotFound, match=r"Flera omgångar är igång: Exempel, 2027\."):
            find_round(session, None, is_for_good=True)


def test_a_round_is_closed_once(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.close("2020-06-01 12:00")
    with transaction(engine) as session:
        known = session.get_one(Round, under_way.id)
        with pytest.raises(BadInput, match="redan avslutad"):
            close_round(session, known, by=By.person(WHO, NOW))
    with reading(engine) as session:
        assert planned_occasions(session, now=NOW) == []


def test_every_dated_step_of_the_plan_is_an_occasion_at_eight_or_midnight(engine: Engine):
    RoundUnderWay(engine, PLAN)
    with reading(engine) as session:
        found = planned_occasions(session, now=NOW)
    workdays = Workdays()
    assert {wall(o.at)[11:] for o in found} == {"08:00", "00:00"}
    at_eight = [o for o in found if wall(o.at).endswith("08:00")]
    assert [
        o for o in at_eight if not workdays.is_workday(date.fromisoformat(wall(o.at)[:10]))
    ] == []
    assert {o.activity_key for o in found} == {a.key for a in PLAN.activities}
    assert [o.at for o in found] == sorted(o.at for o in found)
    assert [o.label for o in found if o.activity_key == "workshop"] == [
        "inbjudan",
        "påminnelse, 5 arbetsdagar kvar",
        "sista påminnelsen, 1 arbetsdag kvar",
    ]


def test_an_occasion_of_two_steps_at_one_instant_is_one_and_names_both(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.extend("berg", date(2020, 10, 9), "2020-09-01 12:00")
    with reading(engine) as session:
        found = planned_occasions(session, now=sv("2020-09-24 12:00"))
    assert [o.label for o in found if wall(o.at) == "2020-09-25 08:00"] == [
        "påminnelse, 10 arbetsdagar kvar och påminnelse, 5 arbetsdagar kvar"
    ]


def test_an_occasion_is_ahead_until_its_very_instant(engine: Engine):
    RoundUnderWay(engine, a_plan("berg"))
    at = sv("2020-05-08 08:00")
    with reading(engine) as session:
        before = planned_occasions(session, now=at - timedelta(seconds=1))
        after = planned_occasions(session, now=at)
    assert (before[0].at, after[0].at) == (at, sv("2020-08-21 08:00"))


def test_two_rounds_occasions_are_told_apart(engine: Engine):
    RoundUnderWay(engine, a_plan("berg", name="A"))
    second = RoundUnderWay(engine, a_plan("berg", name="B"))
    second.move(date(2020, 10, 9), "2020-04-01 12:00")
    with reading(engine) as session:
        found = planned_occasions(session, now=NOW)
    ends = [(o.round_name, wall(o.at)) for o in found if o.label == "stänger"]
    assert ends == [("A", "2020-10-03 00:00"), ("B", "2020-10-10 00:00")]


def test_a_replayed_rounds_identity_is_made_of_its_name():
    found = [replay_uid(name) for name in ("2020", "2020", "2021")]
    assert found[0] == found[1] != found[2]
