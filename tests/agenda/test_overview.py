"""Where a round stands: cells, columns, what comes next, what went wrong."""

from datetime import date

from sqlalchemy import Engine, event

from agenda.models import AnswerKind
from agenda.rounds.overview import Cell, Coming, Overview, Standing, TroubleLine, overview
from agenda.rounds.round import planned_occasions
from agenda.storage.store import reading
from tests.obedient_server import NEVER
from tests.rounds_under_way import INPUT, PLAN, RoundUnderWay, a_plan, address, many, sv


def seen(under_way: RoundUnderWay, at: str) -> Overview:
    with reading(under_way.engine) as session:
        return overview(session, round_id=under_way.id, now=sv(at))


def cells(found: Overview, activity: str = INPUT) -> dict[str, Cell]:
    return {
        line.key: line.cells[activity] for line in found.organisations if activity in line.cells
    }


def test_every_organisations_standing_is_told(engine: Engine):
    keys = ("are", "berg", "bracke", "harjedalen", "krokom", "ragunda")
    under_way = RoundUnderWay(engine, a_plan(*keys))
    under_way.server.always(address("ragunda"), NEVER)
    under_way.change_contact(address("harjedalen"), is_removed=True)
    under_way.attend("2020-05-08 08:00")
    under_way.answer("are", "2020-06-01 12:00")
    under_way.answer("berg", "2020-06-01 12:00", kind=AnswerKind.NOTHING_TO_REPORT)
    under_way.answer("bracke", "2020-06-01 12:00", kind=AnswerKind.DECLINED)
    before = {
        key: cell.standing for key, cell in cells(seen(under_way, "2020-10-02 23:59")).items()
    }
    after = {key: cell.standing for key, cell in cells(seen(under_way, "2020-10-03 00:00")).items()}
    assert before == {
        "are": Standing.ANSWERED,
        "berg": Standing.NOTHING_TO_REPORT,
        "bracke": Standing.DECLINED,
        "harjedalen": Standing.NO_ADDRESS,
        "krokom": Standing.NOT_YET,
        "ragunda": Standing.BOUNCED,
    }
    assert after == before | {"krokom": Standing.OVERDUE}


def test_a_cell_tells_the_last_day_what_was_told_last_and_what_comes_next(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.extend("berg", date(2020, 10, 9), "2020-06-01 12:00")
    under_way.answer("krokom", "2020-10-05 12:00", received="2020-10-04 12:00")
    assert cells(seen(under_way, "2020-10-05 13:00")) == {
        "berg": Cell(
            standing=Standing.NOT_YET,
            due_on=date(2020, 10, 9),
            is_extended=True,
            is_late=False,
            answered_at=None,
            last_told_at=sv("2020-06-01 12:00"),
            next_at=sv("2020-10-08 08:00"),
        ),
        "krokom": Cell(
            standing=Standing.ANSWERED,
            due_on=date(2020, 10, 2),
            is_extended=False,
            is_late=True,
            answered_at=sv("2020-10-04 12:00"),
            last_told_at=sv("2020-05-08 08:00"),
            next_at=None,
        ),
    }


def test_a_column_counts_those_asked_answered_and_reminded(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom", "are"))
    under_way.attend("2020-05-08 08:00")
    under_way.answer("krokom", "2020-06-01 12:00")
    [line] = seen(under_way, "2020-06-02 12:00").asking
    assert (line.asked, line.answered, line.reminded, line.is_past) == (3, 1, 2, False)
    assert (line.next_at, line.next_label) == (
        sv("2020-08-21 08:00"),
        "påminnelse, 30 arbetsdagar kvar",
    )


def test_the_whole_plan_has_a_column_for_each_activity_and_rows_for_those_asked(engine: Engine):
    under_way = RoundUnderWay(engine, PLAN)
    found = seen(under_way, "2020-04-01 12:00")
    assert [line.key for line in found.activities] == [a.key for a in PLAN.activities]
    assert [line.key for line in found.asking] == ["inspel", "workshop", "samrad"]
    assert {line.key for line in found.organisations} == {o.key for o in PLAN.organisations}
    assert (found.round_name, found.plan_title, found.is_example) == ("2020", PLAN.title, False)


def test_what_comes_in_the_next_ten_workdays_names_its_recipients(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-08-21 08:00")
    under_way.answer("krokom", "2020-09-01 12:00")
    assert seen(under_way, "2020-09-18 07:59").coming == (
        Coming(
            sv("2020-09-18 08:00"),
            INPUT,
            "Förfrågan om inspel från kommunerna",
            "påminnelse, 10 arbetsdagar kvar",
            ("Bergs kommun",),
        ),
        Coming(
            sv("2020-09-25 08:00"),
            INPUT,
            "Förfrågan om inspel från kommunerna",
            "påminnelse, 5 arbetsdagar kvar",
            ("Bergs kommun",),
        ),
        Coming(
            sv("2020-10-01 08:00"),
            INPUT,
            "Förfrågan om inspel från kommunerna",
            "sista påminnelsen, 1 arbetsdag kvar",
            ("Bergs kommun",),
        ),
    )


def test_nothing_comes_in_a_closed_round_or_of_what_is_done(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.done("2020-05-01 12:00")
    assert seen(under_way, "2020-05-07 12:00").coming == ()
    under_way.reopen("2020-05-02 12:00")
    assert len(seen(under_way, "2020-05-07 12:00").coming) == 1
    under_way.close("2020-05-07 12:00")
    assert seen(under_way, "2020-05-07 12:00").coming == ()


def test_a_message_that_will_never_arrive_is_a_trouble_with_the_servers_words(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.server.always(address("berg"), NEVER)
    under_way.attend("2020-05-08 08:00")
    found = seen(under_way, "2020-05-08 09:00")
    [failed] = [m for m in under_way.messages() if m.recipient == address("berg")]
    assert found.troubles == (
        TroubleLine(
            "Bergs kommun",
            failed.subject,
            "5.1.1 No such user here",
            sv("2020-05-08 08:00"),
            failed.id,
        ),
    )


def test_another_rounds_answers_and_troubles_are_not_shown(engine: Engine):
    first = RoundUnderWay(engine, a_plan("berg", name="A"))
    second = RoundUnderWay(engine, a_plan("berg", name="B"))
    first.server.always(address("berg"), NEVER)
    first.attend("2020-05-08 08:00")
    first.answer("berg", "2020-06-01 12:00")
    found = seen(second, "2020-06-02 12:00")
    assert (found.troubles, cells(found)["berg"].standing) == ((), Standing.NOT_YET)


def statements(engine: Engine, work) -> int:
    """How many statements a piece of work sends to the database."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_):
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(sent)


def test_an_overview_and_the_planned_occasions_ask_as_often_for_eighty_as_for_eight(
    engine: Engine,
):
    counts = []
    for number in (8, 80):
        under_way = RoundUnderWay(
            engine,
            a_plan(name=f"med {number}", only=["inspel", "workshop"], organisations=many(number)),
        )
        under_way.look("2020-05-08 08:00")
        at = "2020-05-09 12:00"
        counts.append(statements(engine, lambda round_=under_way, at=at: seen(round_, at)))
        under_way.close("2020-05-10 12:00")
    assert counts[0] == counts[1]
    occasions = []
    for number in (8, 80):
        under_way = RoundUnderWay(engine, a_plan(name=f"åter {number}", organisations=many(number)))

        def look() -> None:
            with reading(engine) as session:
                planned_occasions(session, now=sv("2020-05-07 12:00"))

        occasions.append(statements(engine, look))
        under_way.close("2020-05-10 12:00")
    assert occasions[0] == occasions[1]
