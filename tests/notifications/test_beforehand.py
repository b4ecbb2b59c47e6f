"""The coordinator hears the workday before of what leaves, and an escalation waits for that."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import MessageState, MessageStep
from agenda.storage.store import reading
from notifications.attending import announce
from notifications.post.outgoing import Outcome, Result
from tests.rounds_under_way import (
    COORDINATOR,
    OFFICE,
    RoundUnderWay,
    a_plan,
    address,
    manager,
    many,
    sv,
)

LATER = Outcome(Result.LATER, 421, "4.3.2 System not accepting messages")
NEVER = Outcome(Result.NEVER, 550, "5.1.1 No such user")


def notices(under_way: RoundUnderWay) -> list[str]:
    """When each notice that left did, and what its subject says."""
    return [
        f"{message.sent_at:%m-%d} {message.subject.partition(' – ')[0]}"
        for message in under_way.messages("beforehand")
        if message.sent_at is not None
    ]


def escalated(under_way: RoundUnderWay) -> list[str]:
    """When a manager's letters left."""
    return [line[:16] for line in under_way.mails if f" escalation-3 {manager('berg')}" in line]


def overdue(engine: Engine) -> RoundUnderWay:
    """A round in which Berg has not answered, and has heard so the day after the last day."""
    under_way = RoundUnderWay(engine, a_plan("berg"))
    for at in ("2020-05-08 08:00", "2020-10-01 08:00", "2020-10-05 08:00"):
        under_way.attend(at)
    return under_way


def test_what_leaves_tomorrow_is_told_today_once_and_only_to_the_coordinator(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "are"))
    under_way.attend("2020-05-08 08:00")
    under_way.look("2020-08-20 07:45")
    under_way.look("2020-08-20 07:46")
    under_way.post("2020-08-20 07:59")
    assert notices(under_way) == []
    under_way.attend("2020-08-20 08:00")
    under_way.attend("2020-08-20 15:00")
    under_way.attend("2020-08-21 08:00")

    assert notices(under_way) == ["08-20 Går ut 21 augusti 2020: påminnelse, 30 arbetsdagar kvar"]
    (notice,) = under_way.messages("beforehand")
    assert notice.recipient == COORDINATOR
    assert "Åre kommun, Bergs kommun" in " ".join(notice.text.split())
    assert f"{OFFICE.keyring.portal_url}/samordna/{under_way.id}/harnast" in notice.text


def test_one_notice_tells_of_all_that_leaves_in_the_round(engine: Engine):
    both = a_plan("berg", only=["inspel", "workshop"])
    workshop = both.activities[1]
    steps = workshop.steps.model_copy(update={"invitation_workdays_before": 30})
    early = workshop.model_copy(
        update={"steps": steps, "starts_on": date(2020, 10, 2), "due_on": date(2020, 10, 2)}
    )
    under_way = RoundUnderWay(
        engine, both.model_copy(update={"activities": (both.activities[0], early)})
    )
    under_way.attend("2020-05-08 08:00")
    under_way.look("2020-08-20 07:45", "workshop")
    under_way.look("2020-08-20 07:45")

    (notice,) = under_way.messages("beforehand")
    assert notice.subject == "Går ut 21 augusti 2020: 2 steg"
    with reading(engine) as session:
        told = session.exec(select(MessageStep.step_key)).all()
    assert sorted(told) == ["inspel:reminder-30:2020-10-02", "workshop:invitation"]


def test_the_settings_alerts_hear_it_too_and_their_notice_is_on_record(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    office = replace(OFFICE, alerts=("jour@regionen.example", COORDINATOR))
    for at in ("2020-05-08 08:00", "2020-08-20 08:00", "2020-08-20 09:00"):
        announce(engine, office, activity_id=under_way.activity_id(), now=sv(at))

    found = under_way.messages("beforehand")
    assert [one.recipient for one in found] == [COORDINATOR, "jour@regionen.example"]


def test_of_many_organisations_it_is_one_notice_that_names_some(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan(organisations=many(120)))
    under_way.look("2020-05-07 07:45")

    (notice,) = under_way.messages("beforehand")
    assert "Kommun 11 och 108 till" in " ".join(notice.text.split())


@pytest.mark.parametrize("at", ["2020-08-20 18:30", "2020-08-22 10:00"])
def test_nothing_is_told_that_would_arrive_when_it_is_no_news(engine: Engine, at: str):
    """In the evening, or on a day off: the notice would leave with what it tells of."""
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.look(at)

    assert under_way.messages("beforehand") == []


def test_an_escalation_leaves_the_workday_after_its_notice(engine: Engine):
    under_way = overdue(engine)
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")

    assert escalated(under_way) == ["2020-10-07 08:00"]
    assert notices(under_way)[-1].startswith("10-06 Går ut 7 oktober 2020: eskalering")


def test_an_escalation_that_nobody_foretold_waits_for_its_notice(engine: Engine):
    """Nobody looked the day before: then it is told now, and leaves tomorrow."""
    under_way = overdue(engine)
    under_way.attend("2020-10-07 08:00")
    under_way.attend("2020-10-07 12:00")
    assert escalated(under_way) == []
    assert under_way.verdicts("2020-10-07 12:00", "berg")["escalation-3 2020-10-02"] == (
        "waiting first_the_coordinator"
    )
    under_way.attend("2020-10-08 07:45")

    assert escalated(under_way) == ["2020-10-08 07:45"]


def test_an_escalation_foretold_before_a_weekend_leaves_on_the_monday(engine: Engine):
    under_way = overdue(engine)
    under_way.attend("2020-10-09 08:00")
    under_way.attend("2020-10-10 10:00")
    under_way.attend("2020-10-12 08:00")

    assert escalated(under_way) == ["2020-10-12 08:00"]


def test_a_notice_that_could_not_leave_on_its_day_is_given_again_before_the_escalation(
    engine: Engine,
):
    under_way = overdue(engine)
    under_way.server.always(COORDINATOR, LATER)
    under_way.attend("2020-10-06 08:00")
    under_way.look("2020-10-07 07:45")
    under_way.server.always(COORDINATOR, None)
    under_way.post("2020-10-07 08:00")
    assert escalated(under_way) == []
    (notice,) = [m for m in under_way.messages("beforehand") if "eskalering" in m.subject]
    assert (notice.state, notice.outcome) == (
        MessageState.WITHDRAWN,
        "Det gällde bara den dag då det skrevs.",
    )
    under_way.attend("2020-10-07 08:30")
    assert notices(under_way)[-1].startswith("10-07 Går ut 8 oktober 2020: eskalering")
    assert escalated(under_way) == []
    under_way.attend("2020-10-08 08:00")

    assert escalated(under_way) == ["2020-10-08 08:00"]


def test_an_escalation_does_not_wait_for_ever_for_a_coordinator_without_a_working_address(
    engine: Engine,
):
    under_way = overdue(engine)
    under_way.server.always(COORDINATOR, NEVER)
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")

    assert escalated(under_way) == ["2020-10-07 08:00"]


def test_an_escalation_that_is_held_after_its_notice_stays_until_it_is_released(engine: Engine):
    under_way = overdue(engine)
    under_way.attend("2020-10-06 08:00")
    under_way.hold("escalation-3", "2020-10-06 10:00")
    under_way.attend("2020-10-07 08:00")
    assert escalated(under_way) == []
    under_way.release("escalation-3", "2020-10-07 10:00")
    under_way.attend("2020-10-07 10:00")

    # It was foretold: whoever releases it wants it to go.
    assert escalated(under_way) == ["2020-10-07 10:00"]
    assert len([line for line in notices(under_way) if "eskalering" in line]) == 1


def test_who_answers_between_the_notice_and_the_day_is_not_escalated(engine: Engine):
    under_way = overdue(engine)
    under_way.attend("2020-10-06 08:00")
    under_way.answer("berg", "2020-10-06 16:00")
    under_way.attend("2020-10-07 08:00")

    assert escalated(under_way) == []


def test_an_extension_has_notices_of_its_own(engine: Engine):
    under_way = overdue(engine)
    under_way.attend("2020-10-06 08:00")
    under_way.extend("berg", date(2020, 10, 16), "2020-10-06 10:00")
    under_way.attend("2020-10-07 08:00")
    assert escalated(under_way) == []
    for at in ("10-15", "10-19", "10-20", "10-21"):
        under_way.attend(f"2020-{at} 08:00")

    assert escalated(under_way) == ["2020-10-21 08:00"]
    assert notices(under_way)[-1].startswith("10-20 Går ut 21 oktober 2020: eskalering")


def test_a_day_moved_so_that_something_leaves_tomorrow_is_told_at_once(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.move(date(2020, 8, 28), "2020-08-19 10:00")
    under_way.attend("2020-08-20 10:30")

    assert notices(under_way) == ["08-20 Går ut 21 augusti 2020: påminnelse, 5 arbetsdagar kvar"]


def test_while_sending_is_paused_nothing_is_foretold_and_afterwards_it_is(engine: Engine):
    under_way = overdue(engine)
    under_way.pause("2020-10-06 07:00")
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")
    assert [m for m in under_way.messages("beforehand") if "eskalering" in m.subject] == []
    under_way.pause(None)
    under_way.attend("2020-10-08 08:00")
    under_way.attend("2020-10-09 08:00")

    assert escalated(under_way) == ["2020-10-09 08:00"]


def test_what_reaches_nobody_is_not_foretold(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.change_contact(address("berg"), bounced_at=sv("2020-06-01 08:00"))
    under_way.attend("2020-08-20 08:00")

    assert under_way.messages("beforehand") == []


def test_the_notice_of_a_step_is_no_news_to_the_person_responsible(engine: Engine):
    """It tells the coordinator: whoever is responsible has heard nothing by it."""
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-07 08:00")
    assert len(notices(under_way)) == 1
    under_way.move(date(2020, 10, 9), "2020-05-07 10:00")
    under_way.post("2020-05-07 10:00")

    assert [m.recipient for m in under_way.messages("moved")] == []
