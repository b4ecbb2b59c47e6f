"""Drafts of rounds: changed by one at a time, started once, begun from what there is."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from agenda.models import (
    Contact,
    Coordinator,
    DeskRole,
    DraftOrigin,
    PlanDraft,
    Round,
    RoundCoordinator,
    identity,
)
from agenda.people.roles import add_person, let_start_rounds
from agenda.plan.drafts.changes import with_activity, with_contacts_of, with_head
from agenda.plan.model import Plan
from agenda.plan.redating import redate
from agenda.register import By, entries
from agenda.rounds.as_plan import plan_of_round
from agenda.rounds.finding import find_activity
from agenda.rounds.plan_drafts import (
    DraftIsOver,
    DraftOutdated,
    begin_draft,
    change_draft,
    discard_draft,
    find_draft,
    open_drafts,
    plan_of,
    start_of_draft,
)
from agenda.rounds.round import start_round
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput, Remedy
from tests.rounds_under_way import PLAN, sv

NOW = sv("2020-03-02 10:00")
BY = By.person("Asta", NOW)


@pytest.fixture
def draft_id(engine: Engine) -> int:
    with transaction(engine) as session:
        return identity(a_draft(session, PLAN))


def a_draft(session: Session, plan: Plan) -> PlanDraft:
    asta = add_person(
        session, name="Asta", address="asta@regionen.example", by=BY, may_start_rounds=True
    )
    return begin_draft(session, plan, origin=DraftOrigin.BUNDLED, whose=asta, by=BY)


def asta(session: Session) -> Coordinator:
    return session.exec(select(Coordinator).where(Coordinator.name == "Asta")).one()


def start(engine: Engine, draft_id: int, *, version: int = 1) -> int:
    with transaction(engine) as session:
        return identity(
            start_of_draft(session, draft_id, version=version, whose=asta(session), by=BY)
        )


def test_a_draft_gives_the_plan_it_was_begun_with_and_every_change(
    engine: Engine, draft_id: int
) -> None:
    with transaction(engine) as session:
        draft = find_draft(session, draft_id)
        assert (plan_of(draft), draft.version) == (PLAN, 1)
        changed = with_activity(PLAN, "inspel", title="Nytt")
        change_draft(session, draft_id, changed, version=1, by=BY)
    with reading(engine) as session:
        draft = find_draft(session, draft_id)
        assert (plan_of(draft), draft.version) == (changed, 2)


def test_of_two_who_change_it_the_second_is_told_and_nothing_is_lost(
    engine: Engine, draft_id: int
) -> None:
    changed = with_activity(PLAN, "inspel", title="Först")
    with transaction(engine) as session:
        change_draft(session, draft_id, changed, version=1, by=BY)
    other = with_activity(PLAN, "inspel", title="Sedan")
    with pytest.raises(DraftOutdated, match="Asta har ändrat"), transaction(engine) as session:
        change_draft(session, draft_id, other, version=1, by=By.person("Bo", NOW))
    with reading(engine) as session:
        assert plan_of(find_draft(session, draft_id)) == changed


def test_whoever_starts_it_coordinates_the_round_and_it_is_started_once(
    engine: Engine, draft_id: int
) -> None:
    round_id = start(engine, draft_id)
    with pytest.raises(DraftIsOver, match="redan startad") as refused:
        start(engine, draft_id)
    assert refused.value.round_id == round_id
    with reading(engine) as session:
        assert [one.id for one in session.exec(select(Round))] == [round_id]
        mine = session.get_one(RoundCoordinator, (round_id, identity(asta(session))))
        assert mine.role is DeskRole.COORDINATOR
        assert open_drafts(session) == []
        started = [one.who for one in entries(session) if one.what == "round_started"]
        assert started == ["Asta"]


def test_it_is_not_started_as_somebody_else_left_it(engine: Engine, draft_id: int) -> None:
    with transaction(engine) as session:
        change_draft(session, draft_id, PLAN, version=1, by=By.person("Bo", NOW))
    with pytest.raises(DraftOutdated, match="Bo har ändrat"):
        start(engine, draft_id)


def test_one_that_is_thrown_away_is_in_the_register_and_takes_nothing_more(
    engine: Engine, draft_id: int
) -> None:
    with transaction(engine) as session:
        discard_draft(session, draft_id, version=1, by=BY)
    with reading(engine) as session:
        [line] = [one for one in entries(session) if one.what == "draft_discarded"]
        assert (line.who, line.before) == ("Asta", "2020")
        assert open_drafts(session) == []
    with pytest.raises(DraftIsOver, match="kastat"):
        start(engine, draft_id)


def test_a_plan_with_faults_or_whose_days_have_been_starts_nothing(engine: Engine) -> None:
    late = redate(PLAN, first_day=date(2018, 4, 9)).plan
    faulty = with_activity(PLAN, "inspel", due_on=date(2020, 5, 1))
    for plan, why in ((late, "har redan varit"), (faulty, "har fel som måste rättas")):
        with transaction(engine) as session:
            draft_id = identity(a_draft(session, plan))
        with pytest.raises(BadInput, match=why) as refused:
            start(engine, draft_id)
        assert refused.value.remedy is (Remedy.MOVE_THE_PLAN if plan is late else None)
    with reading(engine) as session:
        assert session.exec(select(Round)).all() == []


def test_a_name_that_a_round_has_is_given_a_number(engine: Engine) -> None:
    with transaction(engine) as session:
        start_round(session, PLAN, by=BY)
        assert a_draft(session, PLAN).name == "2020 (2)"


def test_a_round_gives_its_plan_with_the_days_and_contacts_it_has_now(engine: Engine) -> None:
    with transaction(engine) as session:
        round_ = start_round(session, PLAN, by=BY)
        assert plan_of_round(session, round_) == PLAN
        find_activity(session, round_, "workshop").cancelled_at = NOW
        find_activity(session, round_, "inspel").due_on = date(2020, 10, 9)
        gone, dead, *_ = session.exec(select(Contact).order_by(col(Contact.id)))
        gone.is_removed, dead.bounced_at = True, NOW
        session.flush()
        plan = plan_of_round(session, round_)
    assert plan.activity("inspel").due_on == date(2020, 10, 9)
    assert not any("workshop" in (one.key, *one.after) for one in plan.activities)
    addresses = [contact.address for one in plan.organisations for contact in one.contacts]
    assert gone.address not in addresses
    assert dead.address not in addresses


def test_contacts_are_carried_over_to_the_organisations_of_the_same_key() -> None:
    bare = with_head(
        PLAN,
        organisations=[one.model_dump() | {"contacts": ()} for one in PLAN.organisations[:3]],
    )
    assert with_contacts_of(bare, PLAN.organisations).organisations == PLAN.organisations[:3]
    assert with_contacts_of(PLAN, bare.organisations) == PLAN


def test_naming_somebody_again_takes_nothing_away_and_the_last_stays(engine: Engine) -> None:
    with transaction(engine) as session:
        one = add_person(session, name="Asta", address="a@r.example", by=BY, may_start_rounds=True)
        again = add_person(session, name="Asta", address="a@r.example", by=BY)
        assert (again.id, again.may_start_rounds) == (one.id, True)
        with pytest.raises(BadInput, match="Asta är den enda"):
            let_start_rounds(session, one, may_start=False, by=BY)
        bo = add_person(session, name="Bo", address="b@r.example", by=BY)
        let_start_rounds(session, bo, may_start=True, by=BY)
        let_start_rounds(session, one, may_start=False, by=BY)
        assert [line.after for line in entries(session) if line.what == "may_start_changed"] == [
            "Bo (b@r.example): får",
            "Asta (a@r.example): får inte",
        ]


@pytest.mark.parametrize("ends", ["started", "thrown away"])
def test_what_is_over_holds_nobodys_address_any_longer(
    engine: Engine, draft_id: int, ends: str
) -> None:
    with reading(engine) as session:
        assert "@" in find_draft(session, draft_id).text
    if ends == "started":
        start(engine, draft_id)
    else:
        with transaction(engine) as session:
            discard_draft(session, draft_id, version=1, by=BY)
    with reading(engine) as session:
        assert find_draft(session, draft_id).text == ""
