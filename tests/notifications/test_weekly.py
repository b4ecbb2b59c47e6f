"""The week as it begins: one letter to each coordinator, when, to whom, and when none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Coordinator, DeskRole, Message, MessageState, Round
from agenda.people.roles import add_person, give_role, let_go
from agenda.register import By
from agenda.rounds.facts import situation
from agenda.storage.store import reading, transaction
from agenda.workdays import Workdays
from notifications.letters.sentences import SENTENCES
from notifications.readings.to_do import ToDoKind
from notifications.weekly import TEMPLATE, begins_week, tell_of_the_week
from tests.notifications.letter_cases import EVERY_MATTER
from tests.notifications.test_postman import walk
from tests.obedient_server import AWAY, ObedientServer
from tests.rounds_under_way import COORDINATOR, OFFICE, PORTAL, WHO, RoundUnderWay, a_plan, sv

MONDAY = "2020-09-21"
LEAVES = (
    "fredag 25 september 2020: 1 brev om Förfrågan om inspel från kommunerna "
    "(påminnelse, 5 arbetsdagar kvar)"
)
ANNA = "anna@regionen.example"


def look(engine: Engine, at: str) -> int:
    return tell_of_the_week(engine, OFFICE, now=sv(at))


def letters(engine: Engine) -> list[Message]:
    with reading(engine) as session:
        query = select(Message).where(Message.template == TEMPLATE).order_by(Message.id)
        return list(session.exec(query))


def words(message: Message) -> str:
    return " ".join(message.text.split())


def invited(engine: Engine, *organisations: str, name: str = "2020", **changes) -> RoundUnderWay:
    """A round whose organisations have been invited, and reminded until September."""
    under_way = RoundUnderWay(
        engine, a_plan(*(organisations or ("berg", "krokom")), name=name, **changes)
    )
    for day in ("2020-05-08", "2020-08-21", "2020-09-18"):
        under_way.attend(f"{day} 08:00")
    return under_way


def join(engine: Engine, round_id: int, role: DeskRole = DeskRole.COORDINATOR) -> None:
    by = By.person(WHO, sv("2020-09-01 12:00"))
    with transaction(engine) as session:
        anna = add_person(session, name="Anna Ek", address=ANNA, by=by)
        give_role(session, session.get_one(Round, round_id), anna, role, by=by)


def test_it_says_who_has_answered_what_leaves_and_where_it_is_read(engine: Engine):
    under_way = invited(engine)
    under_way.answer("berg", "2020-09-18 12:00")
    assert look(engine, f"{MONDAY} 08:00") == 1
    [letter] = letters(engine)
    assert (letter.recipient, letter.language, letter.activity_id) == (COORDINATOR, "sv", None)
    said = words(letter)
    home = f"{PORTAL}/samordna/{under_way.id}"
    assert "1 av 2 har svarat, sista dag 2 oktober 2020" in said
    assert LEAVES in said
    assert f"{home}/harnast" in said
    assert said.count(home) == 2
    assert "beslut" not in said


def test_what_waits_for_a_decision_is_named_with_the_way_to_it(engine: Engine):
    under_way = invited(engine)
    under_way.answer("berg", "2020-10-05 12:00", received="2020-10-05 12:00")
    look(engine, "2020-10-12 08:00")
    [letter] = letters(engine)
    assert "Veckans läge: 2 saker väntar på beslut" in letter.subject
    said = words(letter)
    home = f"{PORTAL}/samordna/{under_way.id}"
    late = "Bergs kommun svarade för sent: Förfrågan om inspel från kommunerna"
    assert f"{late}: {home}/svar/inspel/berg" in said
    assert "1 har inte svarat fast sista dagen, 2 oktober 2020, har passerat" in said
    assert f"{home}/plan/inspel " in said


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        (f"{MONDAY} 07:59", False),
        (f"{MONDAY} 08:00", True),
        (f"{MONDAY} 16:00", True),
        # It would leave the morning after, when it is no news.
        (f"{MONDAY} 23:00", False),
        ("2020-09-22 09:00", False),
        ("2020-09-24 09:00", False),
        ("2020-09-20 09:00", False),
    ],
)
def test_it_is_of_monday_from_eight_and_a_monday_that_was_missed_is_not_told_later(
    engine: Engine, at: str, leaves: bool
):
    invited(engine)
    assert look(engine, at) == leaves


def test_however_often_it_is_looked_at_it_is_one_letter_a_week(engine: Engine):
    invited(engine)
    looks = [look(engine, f"{MONDAY} {at}") for at in ("08:00", "08:01", "15:00")]
    assert (looks, look(engine, "2020-09-28 08:00")) == ([1, 0, 0], 1)
    assert [message.step_key.split(":")[2] for message in letters(engine)] == [
        "2020-W39",
        "2020-W40",
    ]


def test_several_who_look_at_the_same_time_make_one_letter(engine: Engine):
    invited(engine)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: look(engine, f"{MONDAY} 08:00"), range(4)))
    assert (sum(made), len(letters(engine))) == (1, 1)


@pytest.mark.parametrize(
    ("day", "closed", "begins"),
    [
        ("2020-09-21", (), True),
        ("2020-09-22", (), False),
        ("2021-04-05", (), False),  # annandag påsk
        ("2021-04-06", (), True),
        ("2020-09-21", ("2020-09-21",), False),
        ("2020-09-22", ("2020-09-21",), True),
        ("2020-09-23", ("2020-09-21",), False),
        # A whole week off has no beginning; the week after has its own.
        ("2020-09-28", tuple(f"2020-09-{day}" for day in range(21, 26)), True),
        ("2020-09-27", tuple(f"2020-09-{day}" for day in range(21, 26)), False),
    ],
)
def test_the_weeks_first_workday_is_monday_or_the_next_one(day, closed, begins):
    workdays = Workdays(date.fromisoformat(one) for one in closed)
    assert begins_week(date.fromisoformat(day), workdays) is begins


def test_a_holiday_monday_is_told_on_tuesday(engine: Engine):
    invited(engine)
    # Annandag påsk.
    assert [look(engine, f"2021-04-0{day} 08:00") for day in (5, 6, 7)] == [0, 1, 0]


def test_there_is_none_where_there_is_nothing_to_say(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    assert look(engine, "2020-04-06 08:00") == 0
    under_way.attend("2020-05-08 08:00")
    under_way.answer("berg", "2020-05-11 12:00")
    assert look(engine, "2020-05-25 08:00") == 0
    under_way.withdraw_answer("berg", "2020-05-29 12:00")
    assert look(engine, "2020-06-01 08:00") == 1


def test_what_leaves_within_the_day_is_not_the_only_reason_nor_is_it_a_decision(engine: Engine):
    RoundUnderWay(engine, a_plan("berg"))
    assert look(engine, "2020-05-04 08:00") == 1
    [letter] = letters(engine)
    assert "fredag 8 maj 2020: 1 brev om Förfrågan" in words(letter)
    assert "beslut" not in words(letter) + letter.subject


def test_overdue_work_is_one_matter_and_not_a_letter_a_day(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", only=("struktur",)), since="2020-01-02 12:00")
    with reading(engine) as session:
        due_on = situation(session, under_way.activity_id("struktur")).activity.due_on
    monday = due_on + timedelta(days=14 - due_on.weekday())
    assert look(engine, f"{monday} 08:00") == 1
    [letter] = letters(engine)
    said = words(letter)
    assert "Skulle ha varit klart" in said
    assert "Går ut till och med" not in said


def test_all_of_a_persons_rounds_are_in_one_letter_and_the_quiet_ones_are_not(engine: Engine):
    first, second = invited(engine), invited(engine, "are", name="2021")
    quiet = RoundUnderWay(engine, a_plan("berg", name="2019"))
    quiet.done("2020-04-01 12:00")
    closed = invited(engine, "berg", name="2018")
    closed.close("2020-09-18 12:00")
    assert look(engine, f"{MONDAY} 08:00") == 1
    [letter] = letters(engine)
    said = words(letter)
    assert letter.round_id == first.id
    assert [f"/samordna/{one.id} " in f"{said} " for one in (first, second, quiet, closed)] == [
        *(True, True),
        *(False, False),
    ]


def test_each_coordinator_has_their_own_and_a_reader_none(engine: Engine):
    first, second = invited(engine), invited(engine, "are", name="2021")
    join(engine, second.id)
    join(engine, first.id, DeskRole.READER)
    assert look(engine, f"{MONDAY} 08:00") == 2
    own, annas = letters(engine)
    assert (own.recipient, annas.recipient) == (COORDINATOR, ANNA)
    assert "omgång 2020" in words(own)
    assert "omgång 2020" not in words(annas)
    assert annas.round_id == second.id


def test_somebody_who_was_let_go_has_none(engine: Engine):
    under_way = invited(engine)
    join(engine, under_way.id)
    with transaction(engine) as session:
        anna = session.exec(select(Coordinator).where(Coordinator.address == ANNA)).one()
        let_go(session, anna, by=By.person(WHO, sv("2020-09-18 12:00")))
    look(engine, f"{MONDAY} 08:00")
    assert [message.recipient for message in letters(engine)] == [COORDINATOR]


def test_a_round_that_is_paused_is_told_of_in_anothers_name_without_what_would_leave(
    engine: Engine,
):
    first, second = invited(engine), invited(engine, "are", name="2021")
    first.pause("2020-09-18 12:00")
    look(engine, f"{MONDAY} 08:00")
    [letter] = letters(engine)
    assert letter.round_id == second.id
    said = words(letter)
    assert "Utskicken är pausade" in said
    assert said.count(LEAVES) == 1


def test_where_all_is_paused_it_waits_until_something_may_leave(engine: Engine):
    under_way = invited(engine)
    under_way.pause("2020-09-18 12:00")
    assert look(engine, f"{MONDAY} 08:00") == 0
    under_way.pause(None)
    assert look(engine, f"{MONDAY} 13:00") == 1


def test_it_is_not_told_again_when_the_round_it_was_sent_under_is_closed(engine: Engine):
    first, _ = invited(engine), invited(engine, "are", name="2021")
    assert look(engine, f"{MONDAY} 08:00") == 1
    first.close(f"{MONDAY} 10:00")
    assert look(engine, f"{MONDAY} 11:00") == 0


def test_the_postman_takes_it_whether_or_not_prefect_runs(engine: Engine):
    under_way = invited(engine)
    under_way.server.asked.clear()
    walk(engine, under_way, *[f"{MONDAY} 08:00"] * 4, *[f"{MONDAY} 08:02"] * 6)
    assert COORDINATOR in under_way.server.asked
    assert [message.state for message in letters(engine)] == [MessageState.SENT]


def test_what_the_mail_server_kept_until_the_day_after_is_withdrawn(engine: Engine):
    server = ObedientServer()
    under_way = invited(engine)
    under_way.server = server
    look(engine, f"{MONDAY} 08:00")
    server.answer(COORDINATOR, AWAY)
    under_way.post(f"{MONDAY} 08:00")
    under_way.post("2020-09-22 09:00")
    [letter] = letters(engine)
    assert (letter.state, letter.outcome) == (
        MessageState.WITHDRAWN,
        "Det gällde bara den dag då det skrevs.",
    )


def test_every_matter_of_the_desk_but_what_leaves_has_its_words():
    assert set(EVERY_MATTER) == set(ToDoKind) - {ToDoKind.LEAVES}
    for kind in EVERY_MATTER:
        assert SENTENCES(f"week_{kind}", name="", title="", day="", of=1, count=1)


def test_nobody_is_told_of_the_week_of_an_example(engine: Engine):
    under_way = invited(engine)
    with transaction(engine) as session:
        session.get_one(Round, under_way.id).is_example = True
    assert look(engine, f"{MONDAY} 08:00") == 0
