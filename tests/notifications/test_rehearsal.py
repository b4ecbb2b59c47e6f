"""A rehearsal is the replay, kept: the same letters, and how it stands on every evening."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from agenda.models import AnswerKind, Round
from agenda.plan.model import Plan
from agenda.rounds.overview import Overview, Standing, overview
from agenda.storage.store import reading
from agenda.workdays import ONE_DAY, swedish_date, swedish_instant
from notifications.letters.link_places import PLACEHOLDER
from notifications.replay.answering import Answering, simulated
from notifications.replay.rehearsal import EVENING, Rehearsal, rehearse
from notifications.replay.replay import replay
from tests.rounds_under_way import INPUT, MUNICIPALITIES, PLAN

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def in_time() -> Rehearsal:
    return rehearse(PLAN, simulated(PLAN, Answering.IN_TIME))


@pytest.fixture(scope="module")
def some_late() -> Rehearsal:
    return rehearse(PLAN, simulated(PLAN, Answering.SOME_LATE))


def cells(found: Overview, activity: str = INPUT) -> dict[str, Standing]:
    return {
        line.key: line.cells[activity].standing
        for line in found.organisations
        if activity in line.cells
    }


def test_its_letters_are_those_that_the_replay_tells(some_late: Rehearsal) -> None:
    rows = list(replay(PLAN, simulated(PLAN, Answering.SOME_LATE)))
    assert [one.row for one in some_late.letters] == rows
    for day in some_late.days:
        told = [row for row in rows if swedish_date(row.at) <= day]
        assert [one.row for one in some_late.sent(until=day)] == told
    assert some_late.sent(until=some_late.days[-1]) == list(some_late.letters)


def test_every_letter_is_there_word_for_word_without_its_link(in_time: Rehearsal) -> None:
    invited = [one for one in in_time.letters if one.row.step == "invitation"]
    assert {one.row.organisation for one in invited} >= set(MUNICIPALITIES)
    for one in invited:
        assert PLACEHOLDER in one.text
        assert "portal.example" not in one.text
        assert one.organisation


def test_those_between_two_days_are_those_after_the_one_up_to_the_other(
    some_late: Rehearsal,
) -> None:
    days = some_late.days
    parts = [
        letter
        for after, until in zip((None, *days), days, strict=False)
        for letter in some_late.sent(until=until, after=after)
    ]
    assert parts == list(some_late.letters)


def test_it_stands_on_every_evening_as_the_database_then_says() -> None:
    """Also in the weeks in which nothing happens but that days pass."""
    scenario = simulated(PLAN, Answering.SOME_LATE)
    found = rehearse(PLAN, scenario)
    seen: list[date] = []

    def compare(engine, now, following) -> None:
        day = swedish_date(now)
        until = swedish_date(following) if following else day + timedelta(days=40)
        while day < until:
            with reading(engine) as session:
                round_id = session.scalars(select(Round)).one().id
                stands = overview(session, round_id=round_id, now=swedish_instant(day, EVENING))
            kept = found.standing(day)
            assert (kept.organisations, kept.activities) == (
                stands.organisations,
                stands.activities,
            ), day
            seen.append(day)
            day += ONE_DAY

    list(replay(PLAN, scenario, witness=compare))
    assert len(seen) > 250


def test_when_all_answer_in_time_nobody_is_late_and_nobody_is_reminded_after(
    in_time: Rehearsal,
) -> None:
    end = in_time.standing(in_time.days[-1])
    assert set(cells(end).values()) == {Standing.ANSWERED}
    assert not any(cell.is_late for line in end.organisations for cell in line.cells.values())
    first = in_time.standing(in_time.days[0])
    assert set(cells(first).values()) == {Standing.NOT_YET}


def test_when_some_are_late_the_matrix_says_so_the_day_after_and_who_never_answers(
    some_late: Rehearsal,
) -> None:
    due = PLAN.activity(INPUT).due_on
    on_the_day = cells(some_late.standing(due))
    assert Standing.OVERDUE not in on_the_day.values()
    after = cells(some_late.standing(due + ONE_DAY))
    assert [standing is Standing.ANSWERED for standing in after.values()].count(True) == 3
    end = some_late.standing(some_late.days[-1])
    late = {line.key for line in end.organisations if INPUT in line.cells}
    late = {
        line.key for line in end.organisations if line.key in late and line.cells[INPUT].is_late
    }
    assert len(late) == 3
    assert list(cells(end).values()).count(Standing.OVERDUE) == 2


def test_when_nobody_answers_all_are_reminded_until_their_last_day() -> None:
    assert not [act for act in simulated(PLAN, Answering.NOBODY) if act.what in set(AnswerKind)]
    found = rehearse(PLAN, simulated(PLAN, Answering.NOBODY))
    end = found.standing(found.days[-1])
    assert set(cells(end).values()) == {Standing.OVERDUE}
    assert not found.left_open, "the region's own work is done all the same"
    for step in ("reminder-30", "reminder-1"):
        told = {
            one.row.organisation
            for one in found.letters
            if (one.row.activity, one.row.step) == (INPUT, step)
        }
        assert told == set(MUNICIPALITIES)


def test_what_is_reminded_of_every_week_for_ever_is_named() -> None:
    nagging = tuple(
        one.model_copy(update={"steps": one.steps.model_copy(update={"nags": one.key == INPUT})})
        for one in PLAN.activities
    )
    plan = PLAN.model_copy(update={"activities": nagging})
    assert rehearse(plan, simulated(plan, Answering.NOBODY)).left_open == (INPUT,)


def test_whoever_has_no_contacts_is_not_simulated_to_answer() -> None:
    nobody = tuple(one.model_copy(update={"contacts": ()}) for one in PLAN.organisations)
    plan: Plan = PLAN.model_copy(update={"organisations": nobody})
    assert not [act for act in simulated(plan, Answering.IN_TIME) if act.organisation]


def test_the_clock_stays_within_the_rehearsal(in_time: Rehearsal) -> None:
    first, last = in_time.days[0], in_time.days[-1]
    assert in_time.day_shown(None) == first
    assert in_time.day_shown(date(1999, 1, 1)) == first
    assert in_time.day_shown(date(2999, 1, 1)) == last
    assert in_time.next_day(last) is None
    passed = [first]
    while (day := in_time.next_day(passed[-1])) is not None:
        passed.append(day)
    assert tuple(passed) == in_time.days


def test_it_tells_how_far_it_has_come() -> None:
    shares: list[float] = []
    rehearse(PLAN, simulated(PLAN, Answering.IN_TIME), progress=shares.append)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < 0.2
    assert 0.8 < shares[-1] <= 1
