"""One letter per person and day about own work, instead of one about each activity."""

import threading
from datetime import date

from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Message, MessageState, MessageStep, Round
from agenda.plan.model import Person
from agenda.register import By
from agenda.rounds.activities import hold_step
from agenda.rounds.finding import find_activity
from agenda.storage.store import reading, transaction
from notifications.attending import announce
from tests.rounds_under_way import COORDINATOR, OFFICE, RoundUnderWay, a_plan, sv

WORK = ("struktur", "plan-till-rsr", "presidiet", "rsr")
"""Their last days: Friday 24, Monday 27 and Thursday 30 April, Monday 4 May 2020."""


def told(under_way: RoundUnderWay) -> list[str]:
    """Every step told in a letter with others, by letter: "own_work:2020-05-05 presidiet:nag-2"."""
    with reading(under_way.engine) as session:
        rows = session.exec(
            select(Message.step_key, MessageStep.step_key)
            .join(MessageStep, MessageStep.message_id == Message.id)
            .order_by(Message.id, MessageStep.id)
        )
        return [f"{letter} {step.rpartition(':')[0]}" for letter, step in rows]


def everybody(under_way: RoundUnderWay, at: str) -> None:
    """Each activity's own run, all in the same minute."""
    for key in WORK:
        under_way.attend(at, key)


def a_round(engine: Engine, *, since: str = "2020-04-25 12:00", **changes: object) -> RoundUnderWay:
    return RoundUnderWay(engine, a_plan(only=WORK, **changes), since=since)


def test_everything_of_a_persons_that_is_due_or_overdue_comes_in_one_letter_a_day(engine: Engine):
    under_way = a_round(engine)
    everybody(under_way, "2020-04-28 08:00")
    everybody(under_way, "2020-04-28 08:01")
    everybody(under_way, "2020-05-05 08:00")

    assert [mail.split()[0] for mail in under_way.mails] == ["2020-04-28", "2020-05-05"]
    assert told(under_way) == [
        "own_work:2020-04-28 struktur:nag-2",
        "own_work:2020-04-28 plan-till-rsr:nag-1",
        "own_work:2020-04-28 presidiet:internal-2",
        # Monday's was missed.
        "own_work:2020-05-05 struktur:nag-5",
        "own_work:2020-05-05 plan-till-rsr:nag-5",
        "own_work:2020-05-05 presidiet:nag-2",
        "own_work:2020-05-05 rsr:nag-1",
    ]
    assert [outgoing.subject for outgoing in under_way.outgoing] == [
        "Att göra: 3 aktiviteter, 2 försenade – 28 april 2020",
        "Försenat: 4 aktiviteter – 5 maj 2020",
    ]


def test_each_person_has_a_letter_of_their_own_compared_as_a_mailbox(engine: Engine):
    plan = a_plan(only=WORK)
    eva = [Person(name="Eva", address=f"{name}@regionen.example") for name in ("eva", "Eva")]
    activities = [
        plan.activities[0].model_copy(update={"responsible": eva[0]}),
        plan.activities[1].model_copy(update={"responsible": eva[1]}),
        *plan.activities[2:],
    ]
    under_way = a_round(engine, activities=tuple(activities))
    everybody(under_way, "2020-05-05 08:00")

    assert sorted((mail.recipient, mail.subject) for mail in under_way.outgoing) == [
        ("eva@regionen.example", "Försenat: 2 aktiviteter – 5 maj 2020"),
        (COORDINATOR, "Försenat: 2 aktiviteter – 5 maj 2020"),
    ]


def test_what_is_done_before_the_letter_leaves_drops_out_of_it_and_was_never_told(engine: Engine):
    under_way = a_round(engine)
    under_way.look("2020-04-28 08:00", "struktur")
    under_way.done("2020-04-28 08:00", "struktur")
    under_way.post("2020-04-28 08:05")

    letter = next(mail for mail in under_way.outgoing if mail.key.startswith("own_work"))
    assert letter.subject == "Att göra: 2 aktiviteter, 1 försenad – 28 april 2020"
    assert "Formulera förslag till struktur" not in letter.text
    assert told(under_way) == [
        "own_work:2020-04-28 plan-till-rsr:nag-1",
        "own_work:2020-04-28 presidiet:internal-2",
    ]


def test_with_nothing_left_to_tell_the_letter_is_withdrawn_and_can_come_again(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan(only=WORK[:2]), since="2020-04-25 12:00")
    under_way.look("2020-04-28 08:00", "struktur")
    for key in WORK[:2]:
        under_way.done("2020-04-28 08:00", key)
    under_way.post("2020-04-28 08:05")
    (letter,) = under_way.messages("own_work")

    assert letter.state is MessageState.WITHDRAWN
    assert "markerades som klar" in letter.outcome

    for key in WORK[:2]:
        under_way.reopen("2020-04-28 09:00", key)
    under_way.attend("2020-04-28 09:01", "plan-till-rsr")

    assert [mail for mail in under_way.mails if "done" not in mail] == [
        f"2020-04-28 09:01 2020-04-28 {COORDINATOR}"
    ]
    assert len(told(under_way)) == 2


def test_a_letter_that_a_mail_server_kept_for_a_day_gives_way_to_the_next_days(engine: Engine):
    under_way = a_round(engine)
    under_way.look("2020-04-28 08:00", "struktur")
    under_way.look("2020-04-29 08:00", "plan-till-rsr")
    under_way.post("2020-04-29 08:05")

    assert {m.step_key: m.state for m in under_way.messages("own_work")} == {
        "own_work:2020-04-28": MessageState.WITHDRAWN,
        "own_work:2020-04-29": MessageState.SENT,
    }


def test_a_step_that_is_held_is_left_out_of_the_letter(engine: Engine):
    under_way = RoundUnderWay(
        engine, a_plan(only=("plan-till-rsr", "presidiet")), since="2020-04-25 12:00"
    )
    under_way.look("2020-04-28 08:00", "presidiet")
    _hold(under_way, "plan-till-rsr", "nag-1")
    under_way.post("2020-04-28 08:05")

    (sent,) = under_way.outgoing
    assert sent.subject == "Att göra: 1 aktivitet – 28 april 2020"
    assert told(under_way) == ["own_work:2020-04-28 presidiet:internal-2"]


def test_a_letter_of_held_steps_alone_waits_until_they_are_released(engine: Engine):
    keys = ("plan-till-rsr", "presidiet")
    under_way = RoundUnderWay(engine, a_plan(only=keys), since="2020-04-25 12:00")
    under_way.look("2020-04-28 08:00", "presidiet")
    for activity, step in zip(keys, ("nag-1", "internal-2"), strict=True):
        _hold(under_way, activity, step)
    under_way.post("2020-04-28 08:05")

    assert (under_way.mails, under_way.messages()[0].state) == ([], MessageState.QUEUED)


def _hold(under_way: RoundUnderWay, activity: str, step: str) -> None:
    with transaction(under_way.engine) as session:
        known = session.get_one(Round, under_way.id)
        row = find_activity(session, known, activity)
        hold_step(session, row, step=step, by=By.person("samordnaren", sv("2020-04-28 08:01")))


def test_one_thing_alone_is_a_letter_about_it_as_before(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan(only=("skrivande",)))
    under_way.attend("2020-12-21 08:00", "skrivande")

    assert under_way.mails == [f"2020-12-21 08:00 nag-1 {COORDINATOR}"]


def test_an_invitation_to_a_meeting_is_a_letter_of_its_own_because_a_mail_carries_one(
    engine: Engine,
):
    plan = a_plan(only=WORK)
    eva = Person(name="Eva", address="eva@regionen.example")
    activities = tuple(a.model_copy(update={"responsible": eva}) for a in plan.activities)
    under_way = a_round(engine, activities=activities)
    everybody(under_way, "2020-04-28 08:00")

    assert sorted(
        (mail.key.partition(":")[0], mail.calendar_method) for mail in under_way.outgoing
    ) == [
        ("own_work", None),
        ("presidiet", "REQUEST"),
    ]


def test_runs_of_all_activities_at_once_write_one_letter(engine: Engine):
    under_way = a_round(engine)
    ready = threading.Barrier(len(WORK))

    def run(key: str) -> None:
        ready.wait()
        announce(engine, OFFICE, activity_id=under_way.activity_id(key), now=sv("2020-05-05 08:00"))

    threads = [threading.Thread(target=run, args=(key,)) for key in WORK]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [message.step_key for message in under_way.messages()] == ["own_work:2020-05-05"]


def test_forty_rows_that_nobody_marks_done_give_a_letter_a_day_and_then_one_a_week(engine: Engine):
    row = a_plan(only=("skrivande",)).activities[0]
    rows = tuple(row.model_copy(update={"key": f"rad-{n}", "title": f"Rad {n}"}) for n in range(40))
    under_way = RoundUnderWay(engine, a_plan(activities=rows))
    days = [date(2020, 12, day).isoformat() for day in range(20, 32)]
    days += [date(2021, 1, day).isoformat() for day in range(1, 20)]
    for day in days:
        for key in ("rad-0", "rad-7", "rad-39"):
            under_way.attend(f"{day} 08:00", key)

    assert [mail[:10] for mail in under_way.mails] == [
        *("2020-12-21", "2020-12-22", "2020-12-23", "2020-12-28", "2020-12-29"),
        *("2021-01-04", "2021-01-11", "2021-01-18"),
    ]
    assert {mail.subject for mail in under_way.outgoing} == {
        f"Försenat: 40 aktiviteter – {day}"
        for day in (
            *("21 december 2020", "22 december 2020", "23 december 2020", "28 december 2020"),
            *("29 december 2020", "4 januari 2021", "11 januari 2021", "18 januari 2021"),
        )
    }
