"""What the coordinator is told of the workday before: what then leaves, each thing once."""

from dataclasses import replace

import pytest

from agenda.steps.verdicts import Asked, Status, Timetables, to_be_foretold
from tests.agenda.judging import KROKOM, REMINDED, at, due_names, facts, key_of, steps, told

BERG = Asked("berg", told=told(("invitation", at("05-08"))))
INVITED_BEFORE = Asked("krokom")


def foretold(known, now, following, timetables=None):
    """The steps to foretell at an instant, and about whom."""
    found = to_be_foretold(timetables or Timetables(steps()), known, now, following)
    return [(verdict.step.name, verdict.organisation) for verdict in found]


def test_what_leaves_on_the_next_workday_is_foretold_and_nothing_else():
    known = facts(KROKOM, BERG)

    assert foretold(known, at("08-20"), at("08-21")) == [
        ("reminder-30", "krokom"),
        ("reminder-30", "berg"),
    ]
    assert foretold(known, at("08-19"), at("08-20")) == []
    # What leaves today is not told of any more.
    assert foretold(known, at("08-21", "07:45"), at("08-24")) == []


def test_over_a_weekend_it_is_the_friday():
    # 5 October 2020 is a Monday.
    assert foretold(facts(REMINDED), at("10-02"), at("10-05")) == [("overdue-1", "krokom")]


@pytest.mark.parametrize(
    "changed",
    [
        {"answer": Status.ANSWERED, "answered_at": at("08-01")},
        {"unreachable": Status.NO_ADDRESS},
        {"held": {"reminder-30": at("08-01")}},
    ],
)
def test_what_would_not_leave_is_not_foretold(changed):
    assert foretold(facts(replace(KROKOM, **changed)), at("08-20"), at("08-21")) == []


def test_what_has_been_foretold_is_not_foretold_again():
    known = facts(KROKOM, reported={key_of("reminder-30"): at("08-20")})

    assert foretold(known, at("08-20", "12:00"), at("08-21")) == []


def test_a_step_of_today_that_has_not_left_yet_does_not_hide_that_of_tomorrow():
    """The invitation leaves today; once it has, tomorrow's reminder is no longer overtaken."""
    late = facts(INVITED_BEFORE)

    assert foretold(late, at("09-17"), at("09-18")) == [("reminder-10", "krokom")]


def test_an_escalation_is_foretold_the_day_before_even_if_the_organisation_hears_that_very_day():
    """Its own letter leaves on the same morning as the notice, and the manager's a day later."""
    warned = replace(REMINDED, told=dict(REMINDED.told) | {key_of("overdue-1"): at("10-06")})

    assert foretold(facts(warned), at("10-06"), at("10-07")) == [("escalation-3", "krokom")]
    assert foretold(facts(REMINDED), at("10-06"), at("10-07")) == [("escalation-3", "krokom")]


def test_an_escalation_that_nobody_foretold_is_foretold_late_and_leaves_the_day_after():
    warned = replace(REMINDED, told=dict(REMINDED.told) | {key_of("overdue-1"): at("10-05")})

    assert foretold(facts(warned), at("10-09"), at("10-12")) == [("escalation-3", "krokom")]
    known = facts(warned, reported={key_of("escalation-3"): at("10-09")})
    assert ("escalation-3", "krokom") not in due_names(known, at("10-09", "12:00"))
    assert ("escalation-3", "krokom") in due_names(known, at("10-12"))


def test_an_escalation_is_not_foretold_while_the_organisation_itself_is_not_told():
    """Its letter is held: then nothing is taken further tomorrow either."""
    kept = replace(REMINDED, held={"overdue-1": at("10-03")})

    assert foretold(facts(kept), at("10-06"), at("10-07")) == []


def test_the_regions_own_reminders_are_not_foretold():
    table = Timetables(steps("skrivande"))

    assert foretold(facts(), at("12-16"), at("12-17"), table) == []
