"""Why each step was (not) sent: by what held when its instant came, and each step once."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import AnswerKind, Organisation, Round
from agenda.register import By
from agenda.replies import course
from agenda.replies.course import cancel
from agenda.rounds.facts import situation
from agenda.rounds.finding import find_activity, find_organisation
from agenda.rounds.history import decisive_verdicts
from agenda.rounds.past import past_of
from agenda.steps.reasons import reason
from agenda.storage.store import reading, transaction
from tests.rounds_under_way import WHO, RoundUnderWay, a_plan, sv

ELEVENTH, EIGHTEENTH = "2020-09-11 10:00", "2020-09-18 08:00"
DECEMBER = "2020-12-11 09:00"


def opened(engine: Engine) -> RoundUnderWay:
    """Bräcke was invited and reminded once; the next reminder is to come on 18 September."""
    under_way = RoundUnderWay(engine, a_plan("bracke"))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-08-21 08:00")
    return under_way


def reasons(under_way: RoundUnderWay, at: str, activity: str = "inspel") -> dict[str, str]:
    """Why each of Bräcke's steps was (not) sent, by its name and last day, as told then."""
    with reading(under_way.engine) as session:
        known_round = session.get_one(Round, under_way.id)
        organisation = find_organisation(session, known_round, "bracke")
        known = situation(session, under_way.activity_id(activity), organisation_id=organisation.id)
        past = past_of(session, known, known.parties["bracke"])
        found = decisive_verdicts(known, "bracke", past=past, now=sv(at))
    keys = [verdict.step.key for verdict in found]
    assert len(set(keys)) == len(keys), "a step comes twice"
    assert found == sorted(found, key=lambda verdict: verdict.step.at)
    return {f"{v.step.name} {v.step.due_on:%m-%d}": reason(v, "Bräcke kommun", "sv") for v in found}


TENTH = "reminder-10 10-02"
ANSWERED = "Skickas inte: Bräcke kommun svarade 11 september 2020 kl. 10.00."
SENT = "Skickades 18 september 2020 kl. 08.00."


def test_a_reminder_was_not_sent_for_the_answer_before_it_whatever_came_after(engine: Engine):
    under_way = opened(engine)
    under_way.answer("bracke", ELEVENTH)
    under_way.close(DECEMBER)
    found = reasons(under_way, "2021-01-11 09:00")
    assert found[TENTH] == ANSWERED
    assert found["escalation-3 10-02"] == ANSWERED
    assert found["invitation 10-02"] == "Skickades 8 maj 2020 kl. 08.00."


def test_a_later_version_of_an_answer_does_not_move_the_reason(engine: Engine):
    under_way = opened(engine)
    under_way.answer("bracke", ELEVENTH)
    under_way.answer("bracke", "2020-09-21 10:00", kind=AnswerKind.NOTHING_TO_REPORT)
    found = reasons(under_way, "2020-10-12 09:00")
    assert found[TENTH] == ANSWERED
    assert found["reminder-5 10-02"] == (
        "Skickas inte: Bräcke kommun svarade 21 september 2020 kl. 10.00 att man inte har något "
        "att framföra."
    )


def test_an_answer_that_was_taken_back_held_while_it_held(engine: Engine):
    under_way = opened(engine)
    under_way.answer("bracke", ELEVENTH)
    under_way.withdraw_answer("bracke", "2020-09-21 10:00")
    under_way.attend("2020-09-25 08:00")
    found = reasons(under_way, "2020-09-28 09:00")
    assert found[TENTH] == ANSWERED
    assert found["reminder-5 10-02"] == "Skickades 25 september 2020 kl. 08.00."


def test_an_answer_that_was_recorded_later_was_not_known_then(engine: Engine):
    under_way = opened(engine)
    under_way.attend(EIGHTEENTH)
    under_way.answer("bracke", "2020-09-21 10:00", received=ELEVENTH)
    found = reasons(under_way, "2020-10-12 09:00")
    assert (found[TENTH], found["reminder-5 10-02"]) == (SENT, ANSWERED)


def called_off(under_way: RoundUnderWay) -> None:
    with transaction(under_way.engine) as session:
        row = find_activity(session, session.get_one(Round, under_way.id), "inspel")
        cancel(session, row, by=By.person(WHO, sv("2020-09-21 10:00")))


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (called_off, "aktiviteten ställdes in 21 september 2020 kl. 10.00."),
        (
            lambda it: it.done("2020-09-21 10:00"),
            "aktiviteten markerades som klar 21 september 2020 kl. 10.00.",
        ),
        (
            lambda it: it.close("2020-09-21 10:00"),
            "omgången avslutades 21 september 2020 kl. 10.00.",
        ),
    ],
    ids=["cancelled", "done", "closed"],
)
def test_what_ended_it_ends_the_steps_after_it_alone(engine: Engine, happens, why: str):
    under_way = opened(engine)
    under_way.answer("bracke", ELEVENTH)
    happens(under_way)
    under_way.withdraw_answer("bracke", "2020-09-22 10:00")
    found = reasons(under_way, "2020-10-12 09:00")
    assert (found[TENTH], found["reminder-5 10-02"]) == (ANSWERED, f"Skickas inte: {why}")


def test_work_that_was_done_and_opened_again_was_done_in_between(engine: Engine):
    under_way = opened(engine)
    under_way.done(ELEVENTH)
    under_way.reopen("2020-09-21 10:00")
    under_way.attend("2020-09-25 08:00")
    found = reasons(under_way, "2020-10-12 09:00")
    assert found[TENTH] == (
        "Skickas inte: aktiviteten markerades som klar 11 september 2020 kl. 10.00."
    )
    assert found["reminder-5 10-02"].startswith("Skickades 25 september")


@pytest.mark.parametrize(
    ("begin", "end", "why"),
    [
        (course.lock_answers, course.unlock_answers, "svaren låstes 11 september 2020 kl. 10.00"),
        (course.cancel, course.reinstate, "aktiviteten ställdes in 11 september 2020 kl. 10.00"),
    ],
    ids=["locked", "cancelled"],
)
def test_what_was_locked_or_called_off_and_taken_back_was_so_in_between(
    engine: Engine, begin, end, why: str
):
    under_way = opened(engine)
    for act, at in ((begin, ELEVENTH), (end, "2020-09-21 10:00")):
        with transaction(engine) as session:
            row = find_activity(session, session.get_one(Round, under_way.id), "inspel")
            act(session, row, by=By.person(WHO, sv(at)))
    found = reasons(under_way, "2020-09-22 09:00")
    assert found[TENTH].startswith(f"Skickas inte: {why}")
    assert found["reminder-5 10-02"].startswith("Väntar")


@pytest.mark.parametrize("whose", [None, "bracke"])
def test_a_step_that_was_held_and_let_go_after_another_was_held(engine: Engine, whose: str | None):
    under_way = opened(engine)
    under_way.hold("reminder-10", ELEVENTH, whose)
    under_way.attend("2020-09-25 08:00")
    under_way.release("reminder-10", "2020-09-28 10:00", whose)
    found = reasons(under_way, "2020-09-28 11:00")
    assert found[TENTH] == "Hålls inne av samordnaren sedan 11 september 2020 kl. 10.00."


def test_the_steps_of_a_last_day_that_was_moved_are_told_as_they_were(engine: Engine):
    under_way = opened(engine)
    under_way.answer("bracke", ELEVENTH)
    under_way.move(date(2020, 10, 16), "2020-09-21 10:00")
    found = reasons(under_way, "2020-10-20 09:00")
    assert found[TENTH] == ANSWERED
    assert found["reminder-5 10-16"] == ANSWERED
    assert "reminder-5 10-02" not in found or "flyttades" in found["reminder-5 10-02"]


def test_a_step_that_nobody_attended_before_its_day_was_moved_says_so(engine: Engine):
    under_way = opened(engine)
    under_way.move(date(2020, 10, 16), "2020-09-21 10:00")
    assert reasons(under_way, "2020-10-20 09:00")[TENTH] == (
        "Skickas inte: sista dagen flyttades 21 september 2020 kl. 10.00 från 2 oktober 2020 "
        "till 16 oktober 2020."
    )


def test_no_step_comes_twice_however_often_its_day_is_moved(engine: Engine):
    under_way = opened(engine)
    under_way.attend(EIGHTEENTH)
    days = (date(2020, 10, 9), date(2020, 10, 2), date(2020, 10, 16), date(2020, 10, 2))
    for number, day in enumerate(days, start=21):
        under_way.move(day, f"2020-09-{number} 10:00")
    found = reasons(under_way, "2020-10-20 09:00")
    assert found[TENTH] == SENT


def test_the_steps_of_an_extension_that_was_changed_are_steps_still(engine: Engine):
    under_way = opened(engine)
    under_way.extend("bracke", date(2020, 10, 16), "2020-09-14 10:00")
    under_way.attend("2020-10-02 08:00")
    under_way.extend("bracke", date(2020, 10, 30), "2020-10-05 10:00")
    found = reasons(under_way, "2020-10-06 09:00")
    assert found["reminder-10 10-16"] == "Skickades 2 oktober 2020 kl. 08.00."
    assert found[TENTH] == (
        "Skickas inte: Bräcke kommun har anstånd till 16 oktober 2020, och steget gällde "
        "2 oktober 2020."
    )
    assert found["reminder-10 10-30"].startswith("Väntar: skickas 16 oktober 2020")


def test_an_address_that_refuses_mail_now_did_not_then(engine: Engine):
    under_way = opened(engine)
    under_way.answer("bracke", ELEVENTH)
    under_way.change_contact("kommun@bracke.example", bounced_at=sv("2020-09-22 10:00"))
    under_way.withdraw_answer("bracke", "2020-09-22 11:00")
    found = reasons(under_way, "2020-09-28 09:00")
    assert found[TENTH] == ANSWERED
    assert found["reminder-5 10-02"].startswith("Kan inte skickas 25 september 2020")


def test_what_is_still_to_come_has_the_reason_that_holds_now(engine: Engine):
    under_way = opened(engine)
    under_way.attend(EIGHTEENTH)
    assert reasons(under_way, "2020-09-21 09:00")["reminder-5 10-02"].startswith("Väntar")
    under_way.answer("bracke", "2020-09-21 10:00")
    under_way.close("2020-09-22 10:00")
    found = reasons(under_way, "2020-09-23 09:00")
    assert found["reminder-5 10-02"] == (
        "Skickas inte: omgången avslutades 22 september 2020 kl. 10.00."
    )


def test_an_invitation_is_told_where_it_lay_when_it_left(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("bracke", only=("workshop",)))
    under_way.attend("2020-10-12 08:00", "workshop")
    under_way.move(date(2020, 11, 30), "2020-10-19 10:00", "workshop")
    with reading(engine) as session:
        organisation = session.exec(select(Organisation)).one()
        known = situation(
            session, under_way.activity_id("workshop"), organisation_id=organisation.id
        )
        past = past_of(session, known, known.parties["bracke"])
        found = decisive_verdicts(known, "bracke", past=past, now=sv("2020-12-01 09:00"))
    (invitation,) = (verdict for verdict in found if verdict.step.name == "invitation")
    assert invitation.step.at == sv("2020-10-12 08:00")
