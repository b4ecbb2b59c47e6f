"""A last day that is moved: for everybody, or by an extension for one organisation."""

from dataclasses import replace
from datetime import date, time

from agenda.steps.timetable import timetable
from agenda.steps.verdicts import Because, Status, Timetables, Verdict
from tests.agenda.judging import (
    KROKOM,
    PLAN,
    REMINDED,
    WORKDAYS,
    at,
    due_names,
    facts,
    judged,
    key_of,
    steps,
    verdict_on,
)

MOVED = Timetables(
    timetable(
        PLAN.activity("inspel").model_copy(update={"due_on": date(2020, 10, 9)}),
        WORKDAYS,
        at=time(8),
    ),
    former={date(2020, 10, 2): steps()},
)
MOVE = (date(2020, 10, 2), date(2020, 10, 9), at("09-21", "10:00"))


def test_a_moved_last_day_supersedes_the_old_reminders_and_arms_new_ones():
    reminded = replace(
        KROKOM,
        told=dict(KROKOM.told) | {key_of("reminder-10"): at("09-18"), "move": at("09-21", "10:00")},
    )
    known = facts(reminded, moves=[MOVE])

    assert verdict_on("reminder-5", known, at("09-25"), MOVED, date(2020, 10, 2)) == Verdict(
        steps()[3], "krokom", Status.SUPERSEDED, Because.MOVED, MOVE[2], date(2020, 10, 9)
    )
    assert due_names(known, at("09-25", "12:00"), MOVED) == [("reminder-10", "krokom")]
    assert due_names(known, at("10-02"), MOVED) == [("reminder-5", "krokom")]


def test_what_was_sent_for_the_old_last_day_stays_done():
    reminded = replace(KROKOM, told=dict(KROKOM.told) | {key_of("reminder-10"): at("09-18")})
    found = verdict_on(
        "reminder-10", facts(reminded, moves=[MOVE]), at("09-25"), MOVED, date(2020, 10, 2)
    )

    assert found == Verdict(steps()[2], "krokom", Status.DONE, at=at("09-18"))


def test_a_moved_last_day_sends_no_second_invitation():
    assert verdict_on("invitation", facts(KROKOM, moves=[MOVE]), at("09-21"), MOVED).status is (
        Status.DONE
    )


def test_one_organisations_extension_moves_its_steps_and_nobody_elses():
    extended = replace(
        REMINDED,
        organisation="are",
        extended_to=date(2020, 10, 16),
        told=dict(REMINDED.told) | {"extension": at("10-01", "09:00")},
    )
    own = Timetables(steps(), extended={date(2020, 10, 16): steps(due_on=date(2020, 10, 16))})
    known = facts(REMINDED, extended)

    assert due_names(known, at("10-05"), own)[-1] == ("overdue-1", "krokom")
    assert ("overdue-1", "are") not in due_names(known, at("10-05"), own)
    assert ("reminder-5", "are") in due_names(known, at("10-09"), own)
    set_aside = [
        (verdict.step.name, verdict.on)
        for verdict in judged(known, at("10-05"), own)
        if verdict.status is Status.EXTENDED
    ]
    assert set_aside == [
        ("overdue-1", date(2020, 10, 16)),
        ("escalation-3", date(2020, 10, 16)),
        ("overdue-5", date(2020, 10, 16)),
    ]
