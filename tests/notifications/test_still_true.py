"""Whether a message still holds is asked at the moment it would leave."""

from datetime import date

from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Message, MessageState
from agenda.storage.store import reading
from notifications.delivery.judges import JUDGES
from notifications.delivery.still_true import FATES, LOOKS, objection
from notifications.letters.kinds import MESSAGES, Holds
from tests.obedient_server import LATER, NEVER
from tests.rounds_under_way import RoundUnderWay, a_plan, address, manager, sv


def objection_to(under_way: RoundUnderWay, step: str, at: str) -> tuple[str, bool] | None:
    """What speaks against the first message of a step at an instant."""
    with reading(under_way.engine) as session:
        message = session.exec(
            select(Message).where(Message.step == step).order_by(Message.id)
        ).first()
        found = objection(session, message, now=sv(at))
        return (found.why, found.is_passing) if found else None


def reminded(engine: Engine) -> RoundUnderWay:
    """Bergs kommun invited, and its first reminder queued but not sent."""
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.look("2020-08-21 08:00")
    return under_way


def test_every_way_of_holding_has_one_judge():
    """Else a message would be judged by the verdicts, and withdrawn: no step bears its key."""
    assert JUDGES.keys() & LOOKS.keys() == set()
    assert JUDGES.keys() | LOOKS.keys() | {Holds.WHILE_DUE} == set(Holds)
    of_a_message = {n for n, k in MESSAGES.items() if k.holds is Holds.WHILE_THAT_MESSAGE_IS_SO}
    assert FATES.keys() == of_a_message


def test_a_reminder_that_holds_meets_no_objection(engine: Engine):
    assert objection_to(reminded(engine), "reminder-30", "2020-08-21 08:00") is None


def test_a_reminder_is_overtaken_by_a_newer_one_while_the_mail_server_is_away(engine: Engine):
    under_way = reminded(engine)
    under_way.server.always(address("berg"), LATER)
    under_way.post("2020-08-21 08:00")
    under_way.look("2020-09-18 08:00")
    under_way.server.always(address("berg"), None)
    under_way.post("2020-09-18 08:00")
    assert under_way.mails[1:] == ["2020-09-18 08:00 reminder-10 kommun@berg.example"]
    [old] = under_way.messages("reminder-30")
    assert (old.state, old.outcome) == (
        MessageState.WITHDRAWN,
        "Skickas inte: steget inföll 21 augusti 2020 kl. 08.00, "
        "och Bergs kommun fick ett senare besked 18 september 2020 kl. 08.00.",
    )


def test_a_reminder_whose_last_day_has_passed_in_the_queue_does_not_leave(engine: Engine):
    under_way = reminded(engine)
    assert objection_to(under_way, "reminder-30", "2020-10-02 23:59") == (
        "Skickas inte: steget 21 augusti 2020 kl. 08.00 missades, "
        "och det från 1 oktober 2020 kl. 08.00 skickas i stället.",
        False,
    )
    assert objection_to(under_way, "reminder-30", "2020-10-03 00:00") == (
        "Skickas inte: sista dagen, 2 oktober 2020, har passerat.",
        False,
    )


def test_what_the_coordinator_holds_is_held_and_not_withdrawn(engine: Engine):
    under_way = reminded(engine)
    under_way.hold("reminder-30", "2020-08-21 08:00")
    assert objection_to(under_way, "reminder-30", "2020-08-21 08:01") == (
        "Hålls inne av samordnaren sedan 21 augusti 2020 kl. 08.00.",
        True,
    )


def test_a_reminder_of_a_moved_day_says_when_it_was_moved(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.server.answer(address("berg"), LATER)
    under_way.server.meanwhile = lambda: under_way.move(date(2020, 10, 9), "2020-08-21 07:59")
    under_way.attend("2020-08-21 08:00")
    assert objection_to(under_way, "reminder-30", "2020-08-21 08:05") == (
        "Skickas inte: sista dagen flyttades 21 augusti 2020 kl. 07.59 "
        "från 2 oktober 2020 till 9 oktober 2020.",
        False,
    )


def test_a_notice_of_a_moved_day_does_not_outlive_the_day_it_names(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.move(date(2020, 10, 9), "2020-06-01 12:00")
    under_way.server.answer(address("berg"), LATER)
    under_way.server.meanwhile = lambda: under_way.move(date(2020, 10, 16), "2020-06-01 12:00")
    under_way.post("2020-06-01 12:00")
    under_way.post("2020-06-01 12:05")
    assert [(m.due_on, m.state) for m in under_way.messages("moved")] == [
        (date(2020, 10, 9), MessageState.WITHDRAWN),
        (date(2020, 10, 16), MessageState.SENT),
    ]


def test_a_refused_address_is_not_tried_with_what_was_queued_for_it_already(engine: Engine):
    under_way = reminded(engine)
    under_way.move(date(2020, 10, 9), "2020-08-21 08:00")
    under_way.look("2020-09-25 08:00")
    under_way.server.always(address("berg"), NEVER)
    under_way.post("2020-09-25 08:00")
    assert under_way.server.asked[1:].count(address("berg")) == 1
    assert under_way.messages("reminder-10")[0].outcome == "Adressen tar inte emot e-post."


def test_an_escalation_waits_while_the_organisations_own_mail_is_still_on_its_way(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always(address("berg"), LATER)
    under_way.look("2020-10-05 08:00")
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")
    assert objection_to(under_way, "escalation-3", "2020-10-07 08:00") == (
        "Organisationen ska själv ha fått veta det dagen innan.",
        True,
    )
    under_way.server.always(address("berg"), None)
    under_way.post("2020-10-07 12:00")
    under_way.post("2020-10-07 13:00")
    under_way.post("2020-10-08 07:00")
    assert [line for line in under_way.mails if "escal" in line or "overdue" in line] == [
        "2020-10-07 12:00 overdue-1 kommun@berg.example",
        f"2020-10-08 07:00 escalation-3 {manager('berg')}",
        "2020-10-08 07:00 escalation-3 paverkansagenda@regionjh.example",
    ]


def test_an_escalation_leaves_when_the_organisations_own_mail_can_never_arrive(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always(address("berg"), NEVER)
    under_way.attend("2020-10-05 08:00")
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")
    assert f"2020-10-07 08:00 escalation-3 {manager('berg')}" in under_way.mails
