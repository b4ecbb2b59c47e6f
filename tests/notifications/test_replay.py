"""The region's whole plan on a moving clock, as a reviewer can read it in golden/.

`UPDATE_GOLDEN=1 pytest tests/notifications/test_replay.py` writes the golden file anew.
"""

import json
import os
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from agenda.plan.reading import bundled_plan
from agenda.plan.redating import redate
from agenda.words.errors import BadInput
from agenda.workdays import Workdays
from notifications.notices.beforehand import BEFOREHAND
from notifications.replay.replay import TimelineRow, replay
from notifications.replay.scenario import Deed, ScenarioLine, read_scenario
from tests.rounds_under_way import COORDINATOR, INPUT, MUNICIPALITIES, PLAN, a_plan, sv

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parent / "golden" / "replay-2020.jsonl"
SCENARIO = read_scenario(bundled_plan().with_suffix(".answers.csv"), PLAN)
REMINDERS = ("reminder-30", "reminder-10", "reminder-5", "reminder-1")


@pytest.fixture(scope="module")
def rows() -> list[TimelineRow]:
    """The bundled plan with the bundled scenario."""
    return list(replay(PLAN, SCENARIO))


def lines(rows: list[TimelineRow]) -> str:
    return "".join(
        json.dumps({**vars_of(row), "at": row.at.isoformat()}, ensure_ascii=False) + "\n"
        for row in rows
    )


def vars_of(row: TimelineRow) -> dict[str, object]:
    said = {name: getattr(row, name) for name in row.__slots__}
    return {name: value for name, value in said.items() if name != "also" or value}


def at(rows: list[TimelineRow], activity: str, step: str) -> list[tuple[str, str | None]]:
    return [
        (f"{row.at:%Y-%m-%d %H:%M%z}", row.organisation)
        for row in rows
        if (row.activity, row.step) == (activity, step)
    ]


def test_the_replay_reads_as_its_golden_file(rows: list[TimelineRow]):
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GOLDEN.write_text(lines(rows))
    assert lines(rows) == GOLDEN.read_text()


def test_the_same_plan_and_scenario_give_the_same_bytes_again(rows: list[TimelineRow]):
    assert lines(list(replay(PLAN, SCENARIO))) == lines(rows)


def test_all_eight_are_invited_on_the_eighth_of_may(rows: list[TimelineRow]):
    assert at(rows, INPUT, "invitation") == [
        ("2020-05-08 08:00+0200", key) for key in sorted(MUNICIPALITIES)
    ]


def test_the_input_is_reminded_of_on_its_four_days_and_only_to_those_who_have_not_answered(
    rows: list[TimelineRow],
):
    answered_on = {
        act.organisation: act.at
        for act in SCENARIO
        if act.activity == INPUT and act.what in (Deed.SUBMISSION, Deed.NOTHING_TO_REPORT)
    }
    days = {
        "reminder-30": "2020-08-21",
        "reminder-10": "2020-09-18",
        "reminder-5": "2020-09-25",
        "reminder-1": "2020-10-01",
    }
    for step, day in days.items():
        silent = {key for key in MUNICIPALITIES if answered_on[key] > sv(f"{day} 08:00")}
        if sv(f"{day} 08:00") > sv("2020-09-24 15:30"):
            silent -= {"stromsund"}  # has an extension, and reminders of its own
        common = [entry for entry in at(rows, INPUT, step) if entry[1] != "stromsund"]
        expected = sorted(silent - {"stromsund"})
        assert common == [(f"{day} 08:00+0200", key) for key in expected]
    assert [
        entry for step in REMINDERS for entry in at(rows, INPUT, step) if entry[1] == "stromsund"
    ] == [
        ("2020-08-21 08:00+0200", "stromsund"),
        ("2020-09-18 08:00+0200", "stromsund"),
        ("2020-09-25 08:00+0200", "stromsund"),
        ("2020-10-02 08:00+0200", "stromsund"),
        ("2020-10-08 08:00+0200", "stromsund"),
    ]


def test_nothing_leaves_on_a_weekend_a_holiday_or_an_eve_nor_outside_the_hours(
    rows: list[TimelineRow],
):
    workdays = Workdays()
    assert [row for row in rows if not workdays.is_workday(row.at.date())] == []
    assert [row for row in rows if not 7 <= row.at.hour < 18] == []


def test_without_anybody_answering_nothing_leaves_on_a_day_off_either():
    workdays = Workdays()
    rows = list(replay(a_plan(only=["inspel", "workshop"])))
    assert [row for row in rows if not workdays.is_workday(row.at.date())] == []
    steps = Counter(row.step for row in rows if row.activity == INPUT)
    assert (steps["reminder-1"], steps["overdue-1"], steps["escalation-3"]) == (8, 8, 16)


def test_the_writing_that_ends_on_a_saturday_is_reminded_of_last_on_the_friday(
    rows: list[TimelineRow],
):
    days = [row.at.date() for row in rows if row.activity == "skrivande" and "internal" in row.step]
    assert (PLAN.activity("skrivande").due_on, days[-1]) == (date(2020, 12, 19), date(2020, 12, 18))


def test_all_twelve_activities_appear(rows: list[TimelineRow]):
    assert {row.activity for row in rows} == {activity.key for activity in PLAN.activities}
    assert len(PLAN.activities) == 12


def test_eight_in_the_morning_is_eight_before_and_after_the_clocks_change(rows: list[TimelineRow]):
    offsets = {
        (row.at.utcoffset(), row.at.month in (11, 12, 1, 2))
        for row in rows
        if f"{row.at:%H:%M}" == "08:00" and row.at.month not in (3, 10)
    }
    assert offsets == {(timedelta(hours=2), False), (timedelta(hours=1), True)}


def test_no_message_appears_twice(rows: list[TimelineRow]):
    assert [
        key for key, count in Counter(row.message_id for row in rows).items() if count > 1
    ] == []


def test_the_same_plan_in_another_year_gives_other_message_ids_and_as_many_rows(
    rows: list[TimelineRow],
):
    asking = a_plan(only=["inspel", "workshop"])
    moved = redate(asking, first_day=date(2027, 5, 8)).plan
    shift = moved.activities[0].starts_on - asking.activities[0].starts_on
    acts = [act for act in SCENARIO if act.activity in ("inspel", "workshop")]
    again = list(replay(moved, [act.later(shift) for act in acts]))
    assert {row.message_id for row in again} & {row.message_id for row in rows} == set()
    workdays = Workdays()
    assert [row for row in again if not workdays.is_workday(row.at.date())] == []
    assert len(again) == len([row for row in rows if row.activity in ("inspel", "workshop")])


def test_a_move_in_a_scenario_moves_what_follows():
    acts = [
        ScenarioLine(2, sv("2020-09-21 10:00"), "", INPUT, Deed.MOVE, date(2020, 10, 9)),
    ]
    rows = list(replay(a_plan("berg"), acts))
    assert [f"{row.at:%m-%d %H:%M} {row.step}" for row in rows if row.step != BEFOREHAND] == [
        "05-08 08:00 invitation",
        "08-21 08:00 reminder-30",
        "09-18 08:00 reminder-10",
        "09-21 10:00 moved",
        "09-25 08:00 reminder-10",
        "10-02 08:00 reminder-5",
        "10-08 08:00 reminder-1",
        "10-12 07:00 closed",
        "10-12 08:00 overdue-1",
        "10-14 08:00 escalation-3",
        "10-14 08:00 escalation-3",
        "10-16 08:00 overdue-5",
    ]


def test_progress_goes_forward_and_never_beyond_the_end():
    seen: list[float] = []
    list(replay(a_plan("berg"), progress=seen.append))
    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[-1] <= 1


def test_what_a_scenario_cannot_do_is_named_by_its_line():
    done = ScenarioLine(7, sv("2020-09-21 10:00"), "", INPUT, Deed.DONE)
    with pytest.raises(BadInput, match=r"^Scenariots rad 8: inspel är redan markerad som klar"):
        list(replay(a_plan("berg"), [done, replace(done, line=8)]))


def test_a_replay_tells_the_coordinator_what_the_live_run_would(rows: list[TimelineRow]):
    told = [row.step for row in rows if row.activity == INPUT and row.to == COORDINATOR]
    assert Counter(told) == {
        "beforehand": 11,
        "closed": 1,
        "escalation-3": 1,
        "all_answered": 1,
    }


def test_the_clock_goes_on_as_long_as_an_extension_or_a_move_reaches():
    plan = a_plan("are", "berg")
    until = date(2021, 3, 26)
    acts = [
        ScenarioLine(2, sv("2020-09-28 10:00"), "berg", INPUT, Deed.EXTENSION, until),
        ScenarioLine(3, sv("2020-09-29 10:00"), "are", INPUT, Deed.SUBMISSION),
    ]

    found = list(replay(plan, acts))

    assert [(f"{row.at:%Y-%m-%d}", row.step, row.organisation) for row in found[-6:]] == [
        ("2021-03-29", "overdue-1", "berg"),
        ("2021-03-30", "beforehand", None),
        ("2021-03-31", "escalation-3", "berg"),
        ("2021-03-31", "escalation-3", "berg"),
        ("2021-04-01", "beforehand", None),
        ("2021-04-06", "overdue-5", "berg"),
    ]


def test_the_clock_begins_before_the_first_step_and_the_first_act():
    workshop = PLAN.activity("workshop")
    steps = workshop.steps.model_copy(update={"invitation_workdays_before": 150})
    plan = a_plan("berg", activities=(workshop.model_copy(update={"steps": steps}),))
    first = ScenarioLine(2, sv("2020-02-01 10:00"), "", "workshop", Deed.MOVE, date(2020, 11, 10))

    assert [f"{row.at:%Y-%m-%d} {row.step}" for row in replay(plan)][:2] == [
        "2020-04-03 beforehand",
        "2020-04-06 invitation",
    ]
    assert [f"{row.at:%Y-%m-%d} {row.step}" for row in replay(plan, [first])][:2] == [
        "2020-04-06 beforehand",
        "2020-04-07 invitation",
    ]


def test_work_that_nobody_marks_done_ends_the_clock_when_only_weekly_reminders_are_left():
    left_open: list[str] = []

    found = list(replay(a_plan(only=["skrivande"]), left_open=left_open.extend))

    assert [f"{row.at:%Y-%m-%d} {row.step}" for row in found[-2:]] == [
        "2020-12-28 nag-4",
        "2020-12-29 nag-5",
    ]
    assert left_open == ["skrivande"]


def test_a_replay_in_which_everything_is_done_leaves_nothing_open():
    left_open: list[str] = []
    done = ScenarioLine(2, sv("2020-12-21 10:00"), "", "skrivande", Deed.DONE)

    list(replay(a_plan(only=["skrivande"]), [done], left_open=left_open.extend))

    assert left_open == []


def test_what_waits_for_another_step_is_taken_up_by_the_daily_round():
    # Moved nearer on the day itself, both the notice and the escalation have come: the
    # organisation hears first, its manager by the daily round of the next day.
    acts = [
        ScenarioLine(2, sv("2020-09-01 10:00"), "", INPUT, Deed.MOVE, date(2020, 9, 1)),
        ScenarioLine(3, sv("2020-09-10 10:00"), "", "workshop", Deed.MOVE, date(2020, 12, 1)),
    ]
    plan = a_plan("berg", only=["inspel", "workshop"])
    rows = [row for row in replay(plan, acts) if row.activity == INPUT]

    told = [(row.step, row.at.date()) for row in rows if row.step in ("overdue-1", "escalation-3")]
    assert told[0][1] < told[1][1]
