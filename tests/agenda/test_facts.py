"""What the database knows of an activity, as the facts that verdicts are given on."""

from datetime import date

from sqlalchemy import Engine

from agenda.models import AnswerKind
from agenda.plan.model import Role
from agenda.rounds.facts import Situation, situation, situations
from agenda.steps.verdicts import Asked, Facts, Status
from agenda.storage.store import reading
from tests.obedient_server import NEVER
from tests.rounds_under_way import INPUT, PLAN, RoundUnderWay, a_plan, address, sv

INVITATION, FIRST = "inspel:invitation", "inspel:reminder-30:2020-10-02"


def known(under_way: RoundUnderWay, **only: object) -> Situation:
    with reading(under_way.engine) as session:
        return situation(session, under_way.activity_id(), **only)


def test_everything_that_happened_is_in_the_facts(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("are", "berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.answer("are", "2020-06-01 12:00", kind=AnswerKind.DECLINED)
    under_way.extend("krokom", date(2020, 10, 30), "2020-06-02 12:00")
    under_way.move(date(2020, 10, 9), "2020-06-03 12:00")
    under_way.hold("reminder-10", "2020-06-04 12:00", "berg")
    under_way.hold("closed", "2020-06-05 12:00")
    found = known(under_way).facts
    invited = {INVITATION: sv("2020-05-08 08:00")}
    moved = {"inspel:moved:2020-10-02:2020-10-09:1": sv("2020-06-03 12:00")}
    extended = {"inspel:extension:2020-10-30:1": sv("2020-06-02 12:00")}
    by_key = {asked.organisation: asked for asked in found.asked}
    assert by_key == {
        "are": Asked(
            "are",
            answer=Status.DECLINED,
            answered_at=sv("2020-06-01 12:00"),
            told=invited | moved,
        ),
        "berg": Asked("berg", told=invited | moved, held={"reminder-10": sv("2020-06-04 12:00")}),
        "krokom": Asked("krokom", extended_to=date(2020, 10, 30), told=invited | extended),
    }
    assert found == Facts(
        tracked_from=sv("2020-03-01 00:00"),
        asked=found.asked,
        held={"closed": sv("2020-06-05 12:00")},
        moves=[(date(2020, 10, 2), date(2020, 10, 9), sv("2020-06-03 12:00"))],
    )
    assert found.outstanding == 2


def test_a_withdrawn_answer_a_withdrawn_message_and_a_removed_contact_are_not_there(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    under_way.answer("berg", "2020-05-08 08:00")
    under_way.post("2020-05-08 08:01")
    under_way.withdraw_answer("berg", "2020-05-08 08:02")
    under_way.change_contact(address("berg"), is_removed=True)
    [asked] = known(under_way).facts.asked
    assert asked == Asked("berg", unreachable=Status.NO_ADDRESS)


def test_a_refused_step_and_a_refused_address_are_facts(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always(address("berg"), NEVER)
    under_way.attend("2020-05-08 08:00")
    at = sv("2020-05-08 08:00")
    assert known(under_way).facts.asked[0] == Asked(
        "berg", unreachable=Status.BOUNCED, told={INVITATION: at}, refused={INVITATION: at}
    )


def test_one_step_can_be_left_out_to_see_whether_it_would_be_sent_again(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-08-21 08:00")
    [asked] = known(under_way, ignoring=FIRST).facts.asked
    assert asked.told == {INVITATION: sv("2020-05-08 08:00")}


def test_one_organisation_alone_has_the_same_facts_as_among_the_others(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("are", "berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.answer("are", "2020-06-01 12:00")
    among = {asked.organisation: asked for asked in known(under_way).facts.asked}
    with reading(engine) as session:
        invitation = under_way.invitation(session, "berg") if engine.name == "sqlite" else None
    organisation_id = known(under_way).parties["berg"].organisation.id
    [alone] = known(under_way, organisation_id=organisation_id).facts.asked
    assert alone == among["berg"]
    assert invitation is None or invitation.organisation_id == organisation_id


def test_an_extension_that_the_common_day_has_overtaken_counts_no_more(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.extend("berg", date(2020, 10, 9), "2020-06-01 12:00")
    under_way.move(date(2020, 10, 16), "2020-06-02 12:00")
    found = known(under_way)
    assert (found.facts.asked[0].extended_to, found.parties["berg"].due_on(found.activity)) == (
        None,
        date(2020, 10, 16),
    )


def test_a_place_reaches_the_contacts_of_a_role_that_take_mail(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    party = known(under_way).parties["berg"]
    assert [c.address for c in party.reached(Role.PRIMARY)] == [address("berg")]
    assert [c.address for c in party.reached(Role.COPY)] == []
    under_way.change_contact(address("berg"), bounced_at=sv("2020-06-01 12:00"))
    assert known(under_way).parties["berg"].reached(Role.PRIMARY) == ()


def test_a_rounds_situations_come_in_the_plans_order_and_are_its_own(engine: Engine):
    first = RoundUnderWay(engine, PLAN)
    RoundUnderWay(engine, a_plan("berg", name="Annan"))
    with reading(engine) as session:
        found = situations(session, first.id)
    assert [s.activity for s in found] == list(PLAN.activities)
    assert [len(s.facts.asked) for s in found if s.facts.asked] == [8, 8, 3]


def test_what_was_told_in_another_activity_is_not_told_in_this_one(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", only=["inspel", "workshop"]))
    under_way.attend("2020-10-12 08:00", "workshop")
    assert known(under_way).facts.asked[0].told == {}
    assert known(under_way).activity.key == INPUT
