"""A step that a person sends ahead of its day, and a reminder outside the plan's own steps."""

from datetime import date

import pytest
from sqlalchemy import Engine

from agenda.models import Activity, MessageState, Organisation
from agenda.register import By
from agenda.rounds.finding import find_organisation
from agenda.rounds.round import find_round
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput
from notifications.acts import course
from notifications.acts.foreseeing import ForeseeableAct, carry_out, foresee
from notifications.acts.planned.activities import reminding_now
from notifications.acts.planned.steps import sending_ahead
from notifications.readings.explanation import explained
from tests.notifications.contact_files import take_in
from tests.obedient_server import LATER
from tests.rounds_under_way import (
    ASTA,
    COORDINATOR,
    OFFICE,
    WHO,
    RoundUnderWay,
    a_plan,
    address,
    manager,
    many,
    sv,
)

MONDAY, FRIDAY = "2020-09-21 10:00", "2020-09-25 08:00"


def opened(engine: Engine) -> RoundUnderWay:
    """A round whose invitations have left, and whose second reminder."""
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-09-18 08:00")
    under_way.server.taken.clear()
    return under_way


def row(under_way: RoundUnderWay) -> Activity:
    with reading(under_way.engine) as session:
        return session.get_one(Activity, under_way.activity_id())


def organisation(under_way: RoundUnderWay, key: str) -> Organisation:
    with reading(under_way.engine) as session:
        return find_organisation(session, find_round(session, under_way.plan.name), key)


def ahead(under_way: RoundUnderWay, step: str = "reminder-5", whose: str = "") -> ForeseeableAct:
    whom = organisation(under_way, whose).id if whose else None
    return sending_ahead(OFFICE, row(under_way), step, actor=ASTA, organisation_id=whom)


def by_hand(under_way: RoundUnderWay, *keys: str, note: str = "") -> ForeseeableAct:
    return reminding_now(OFFICE, row(under_way), *keys, actor=ASTA, note=note)


def do(under_way: RoundUnderWay, act: ForeseeableAct, at: str = MONDAY) -> None:
    shown = foresee(under_way.engine, OFFICE, act, now=sv(at))
    done = carry_out(under_way.engine, OFFICE, act, now=sv(at), token=shown.token)
    assert done.letters == shown.letters != ()


def refused(under_way: RoundUnderWay, act: ForeseeableAct, at: str = MONDAY) -> str:
    with pytest.raises(BadInput) as found:
        foresee(under_way.engine, OFFICE, act, now=sv(at))
    return str(found.value)


def why(under_way: RoundUnderWay, at: str, key: str = "berg") -> dict[str, str]:
    with reading(under_way.engine) as session:
        found = explained(
            session,
            find_round(session, under_way.plan.name),
            find_organisation(session, find_round(session, under_way.plan.name), key),
            activity_id=None,
            now=sv(at),
            language="sv",
        )
        return {one.step: one.reason for one in found}


def test_a_step_that_is_sent_ahead_leaves_at_once_and_not_again_on_its_day(engine: Engine):
    under_way = opened(engine)
    under_way.answer("krokom", "2020-09-21 09:00")
    do(under_way, ahead(under_way))
    under_way.post(MONDAY)
    under_way.attend(FRIDAY)
    told = [line for line in under_way.mails if "reminder" in line]
    assert told == [f"{MONDAY} reminder-5 {address('berg')}"]
    assert under_way.register("step_sent_ahead") == ["reminder-5"]
    assert why(under_way, "2020-09-28 10:00")["reminder-5"] == (
        "Skickades 21 september 2020 kl. 10.00, i förväg: steget låg 25 september 2020 kl. 08.00."
    )


def test_of_one_organisation_the_others_get_it_on_its_day(engine: Engine):
    under_way = opened(engine)
    do(under_way, ahead(under_way, whose="berg"))
    under_way.post(MONDAY)
    under_way.attend(FRIDAY)
    assert [line for line in under_way.mails if "reminder-5" in line] == [
        f"{MONDAY} reminder-5 {address('berg')}",
        f"{FRIDAY} reminder-5 {address('krokom')}",
    ]


def test_it_says_how_many_days_are_left_as_on_the_day_that_it_leaves(engine: Engine):
    under_way = opened(engine)
    do(under_way, ahead(under_way))
    under_way.post(MONDAY)
    [one, _] = under_way.outgoing
    assert "om nio arbetsdagar" in " ".join(one.text.split())


def test_outside_the_sending_hours_it_waits_for_the_morning(engine: Engine):
    """Who is up at night lets nobody else be."""
    under_way = opened(engine)
    do(under_way, ahead(under_way), "2020-09-22 03:00")
    under_way.post("2020-09-22 03:01")
    assert under_way.mails == []
    under_way.post("2020-09-22 07:00")
    assert len(under_way.mails) == 2


def test_a_mail_server_that_is_away_overnight_does_not_put_it_back_to_its_day(engine: Engine):
    under_way = opened(engine)
    under_way.server.always(address("berg"), LATER)
    do(under_way, ahead(under_way, whose="berg"))
    under_way.post(MONDAY)
    under_way.server.always(address("berg"), None)
    under_way.post("2020-09-22 09:00")
    assert under_way.states("reminder-5") == {address("berg"): MessageState.SENT}


def test_an_answer_that_comes_before_it_has_left_stops_it(engine: Engine):
    under_way = opened(engine)
    do(under_way, ahead(under_way, whose="berg"), "2020-09-22 03:00")
    under_way.answer("berg", "2020-09-22 06:00")
    under_way.post("2020-09-22 07:00")
    assert under_way.states("reminder-5") == {address("berg"): MessageState.WITHDRAWN}


def test_withdrawn_before_it_left_it_comes_on_its_day(engine: Engine):
    under_way = opened(engine)
    do(under_way, ahead(under_way, whose="berg"), "2020-09-22 03:00")
    by = By.person(WHO, sv("2020-09-22 06:00"))
    with transaction(engine) as session:
        course.lock(session, session.get_one(Activity, under_way.activity_id()), by=by)
    under_way.post("2020-09-22 07:00")
    with transaction(engine) as session:
        course.unlock(session, session.get_one(Activity, under_way.activity_id()), by=by)
    under_way.attend("2020-09-22 10:00")
    assert [line for line in under_way.mails if "reminder" in line] == []
    under_way.attend(FRIDAY)
    assert f"{FRIDAY} reminder-5 {address('berg')}" in under_way.mails
    assert (
        why(under_way, "2020-09-28 10:00")["reminder-5"] == "Skickades 25 september 2020 kl. 08.00."
    )


def test_a_day_moved_or_more_time_arms_the_ladder_anew(engine: Engine):
    under_way = opened(engine)
    do(under_way, ahead(under_way))
    under_way.post(MONDAY)
    under_way.move(date(2020, 10, 16), "2020-09-22 10:00")
    under_way.extend("berg", date(2020, 10, 23), "2020-09-22 11:00")
    under_way.attend("2020-10-09 08:00")
    under_way.attend("2020-10-16 08:00")
    assert [line for line in under_way.mails if "reminder-5" in line][2:] == [
        f"2020-10-09 08:00 reminder-5 {address('krokom')}",
        f"2020-10-16 08:00 reminder-5 {address('berg')}",
    ]


def test_called_off_and_on_again_it_is_not_sent_twice(engine: Engine):
    under_way = opened(engine)
    do(under_way, ahead(under_way))
    under_way.post(MONDAY)
    for what, at in ((course.cancel, "2020-09-22 10:00"), (course.reinstate, "2020-09-23 10:00")):
        with transaction(engine) as session:
            one = session.get_one(Activity, under_way.activity_id())
            what(session, OFFICE, one, by=By.person(WHO, sv(at)))
        under_way.post(at)
    under_way.attend(FRIDAY)
    assert [line for line in under_way.mails if "reminder-5" in line] == [
        f"{MONDAY} reminder-5 {address(key)}" for key in ("krokom", "berg")
    ]


def test_a_new_contact_gets_the_invitation_that_was_sent_ahead(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    do(under_way, ahead(under_way, "invitation"), "2020-05-04 10:00")
    under_way.post("2020-05-04 10:00")
    take_in(under_way, "berg;Registrator;ny@berg.example;primary\n", "2020-05-05 10:00")
    under_way.post("2020-05-05 10:01")
    assert "2020-05-05 10:01 invitation ny@berg.example" in under_way.mails
    under_way.attend("2020-05-08 08:00")
    assert len([line for line in under_way.mails if "invitation" in line]) == 3


def test_what_cannot_be_sent_ahead_is_refused_in_words(engine: Engine):
    under_way = opened(engine)
    assert "ligger framåt" in refused(under_way, ahead(under_way, "closed"))
    assert "har inte passerat" in refused(under_way, ahead(under_way, "overdue-1"))
    under_way.hold("reminder-5", "2020-09-20 10:00")
    assert "Hålls inne" in refused(under_way, ahead(under_way))
    under_way.release("reminder-5", "2020-09-20 11:00")
    under_way.answer("berg", "2020-09-20 12:00")
    assert "svarade" in refused(under_way, ahead(under_way, whose="berg"))
    do(under_way, ahead(under_way, whose="krokom"))
    assert "Skickades" in refused(under_way, ahead(under_way, whose="krokom"))


def test_in_an_activity_that_is_locked_called_off_or_over_nothing_is_sent(engine: Engine):
    under_way = opened(engine)
    at, by = "2020-09-20 10:00", By.person(WHO, sv("2020-09-20 10:00"))
    with transaction(engine) as session:
        course.lock(session, session.get_one(Activity, under_way.activity_id()), by=by)
    assert "är låsta" in refused(under_way, ahead(under_way))
    assert "är låsta" in refused(under_way, by_hand(under_way))
    under_way.close(at)
    assert "avslutad" in refused(under_way, ahead(under_way))
    assert "avslutad" in refused(under_way, by_hand(under_way))


def test_who_is_left_out_is_named_with_why(engine: Engine):
    under_way = opened(engine)
    under_way.change_contact(address("krokom"), bounced_at=sv("2020-09-20 10:00"))
    found = foresee(under_way.engine, OFFICE, ahead(under_way), now=sv(MONDAY))
    assert [letter.organisation for letter in found.letters] == ["Bergs kommun"]
    assert len(found.remarks) == 1
    assert "Krokoms kommun" in found.remarks[0]


def test_those_who_have_not_answered_are_reminded_by_hand_with_their_link_and_last_day(
    engine: Engine,
):
    under_way = opened(engine)
    under_way.extend("berg", date(2020, 10, 9), "2020-09-20 10:00")
    do(under_way, by_hand(under_way, note="Hör av er om ni behöver hjälp."))
    under_way.post(MONDAY)
    found = {one.recipient: one for one in under_way.outgoing if "reminder_now" in one.key}
    assert set(found) == {address("berg"), address("krokom")}
    for key, day in (("berg", "fredag 9 oktober 2020"), ("krokom", "fredag 2 oktober 2020")):
        text = " ".join(found[address(key)].text.split())
        assert f"Sista svarsdag är {day}." in text
        assert "Hör av er om ni behöver hjälp." in text
        assert "/svar/" in text
    assert under_way.register("reminded_now") == ["Hör av er om ni behöver hjälp."] * 2
    under_way.attend(FRIDAY)
    assert f"{FRIDAY} reminder-5 {address('krokom')}" in under_way.mails


def test_only_those_who_are_chosen_and_each_once_a_day(engine: Engine):
    under_way = opened(engine)
    do(under_way, by_hand(under_way, "berg"))
    assert "samma dag" in refused(under_way, by_hand(under_way, "berg"), "2020-09-21 15:00")
    do(under_way, by_hand(under_way), "2020-09-21 15:00")
    under_way.post("2020-09-21 15:00")
    assert sorted(under_way.states("reminder_now")) == [address("berg"), address("krokom")]
    do(under_way, by_hand(under_way, "berg"), "2020-09-22 10:00")


def test_over_a_weekend_it_is_one_reminder_on_monday(engine: Engine):
    under_way = opened(engine)
    do(under_way, by_hand(under_way), "2020-09-19 12:00")
    assert "samma dag" in refused(under_way, by_hand(under_way), "2020-09-20 12:00")
    under_way.post("2020-09-21 07:00")
    assert len(under_way.mails) == 2


def test_a_reminder_by_hand_that_waits_is_stopped_by_what_makes_it_untrue(engine: Engine):
    under_way = opened(engine)
    do(under_way, by_hand(under_way), "2020-09-19 12:00")
    under_way.answer("berg", "2020-09-20 12:00")
    under_way.move(date(2020, 10, 9), "2020-09-20 13:00")
    under_way.post("2020-09-21 07:00")
    assert set(under_way.states("reminder_now").values()) == {MessageState.WITHDRAWN}


def test_nobody_is_reminded_before_the_invitation_or_when_all_have_answered(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    assert "inbjudan" in refused(under_way, by_hand(under_way), "2020-05-04 10:00")
    under_way.attend("2020-05-08 08:00")
    under_way.answer("berg", "2020-05-09 10:00")
    assert "har svarat" in refused(under_way, by_hand(under_way))
    assert "har redan svarat" in refused(under_way, by_hand(under_way, "berg"))


def test_after_the_last_day_it_says_that_the_day_has_passed(engine: Engine):
    under_way = opened(engine)
    do(under_way, by_hand(under_way), "2020-10-07 10:00")
    under_way.post("2020-10-07 10:00")
    text = " ".join(under_way.outgoing[0].text.split())
    assert "Sista svarsdag var fredag 2 oktober 2020. Ni kan fortfarande svara." in text


@pytest.mark.slow
def test_two_hundred_and_ninety_are_reminded_and_sent_to_ahead(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan(organisations=many(290)))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-09-18 08:00")
    do(under_way, by_hand(under_way))
    do(under_way, ahead(under_way), "2020-09-22 10:00")
    assert len(under_way.messages("reminder_now")) == len(under_way.messages("reminder-5")) == 290


def overdue(engine: Engine) -> RoundUnderWay:
    """Berg has not answered, and has heard so; nobody looked on the day before the escalation."""
    under_way = RoundUnderWay(engine, a_plan("berg"))
    for at in ("2020-05-08 08:00", "2020-10-01 08:00", "2020-10-05 08:00"):
        under_way.attend(at)
    under_way.server.taken.clear()
    return under_way


@pytest.mark.parametrize("at", ["2020-10-06 10:00", "2020-10-07 10:00"])
def test_an_escalation_that_the_coordinator_sends_needs_no_notice_to_the_coordinator(
    engine: Engine, at: str
):
    """A day ahead, or on the day on which it waits for its notice."""
    under_way = overdue(engine)
    do(under_way, ahead(under_way, "escalation-3"), at)
    under_way.post(at)
    assert under_way.mails == [
        f"{at} escalation-3 {manager('berg')}",
        f"{at} escalation-3 {COORDINATOR}",
    ]
    under_way.attend("2020-10-08 08:00")
    under_way.attend("2020-10-09 08:00")

    assert [line for line in under_way.mails if "escalation" in line][2:] == []
    assert [m.subject for m in under_way.messages("beforehand") if "eskalering" in m.subject] == []


def test_an_escalation_does_not_leave_on_the_day_on_which_the_organisation_itself_hears(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-10-07 08:00")

    why = refused(under_way, ahead(under_way, "escalation-3"), "2020-10-07 10:00")
    assert "ska själv först ha fått veta" in why
    assert [line for line in under_way.mails if "escalation" in line] == []


def test_a_step_that_was_sent_ahead_is_not_foretold(engine: Engine):
    under_way = opened(engine)
    do(under_way, ahead(under_way))
    under_way.attend("2020-09-24 08:00")

    assert under_way.messages("beforehand") == []
