"""The last day and after it: closing, escalation, and internal work that is not done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from agenda.steps.verdicts import Asked, Because, Status, Timetables, Verdict
from tests.agenda.judging import KROKOM, REMINDED, at, due_names, facts, key_of, steps, verdict_on

WARNED = replace(REMINDED, told=dict(REMINDED.told) | {key_of("overdue-1"): at("10-05")})
FORETOLD = {key_of("escalation-3"): at("10-06")}


def test_the_last_second_of_the_last_day_is_in_time_and_midnight_is_not():
    saturday = at("10-03", "00:00")

    assert verdict_on("closed", facts(REMINDED), saturday - timedelta(seconds=1)).status is (
        Status.WAITING
    )
    assert verdict_on("closed", facts(REMINDED), saturday).status is Status.DUE


def test_nothing_is_said_at_closing_when_everybody_has_answered():
    known = facts(replace(KROKOM, answer=Status.ANSWERED, answered_at=at("06-01")))

    assert verdict_on("closed", known, at("10-03", "00:00")) == Verdict(
        steps()[5], None, Status.ANSWERED, Because.ALL_ANSWERED
    )


def test_an_escalation_is_due_once_the_organisation_itself_was_told_on_an_earlier_day():
    assert ("escalation-3", "krokom") in due_names(facts(WARNED, reported=FORETOLD), at("10-07"))


def test_an_escalation_waits_while_the_organisation_was_only_told_the_same_day():
    late = replace(REMINDED, told=dict(REMINDED.told) | {key_of("overdue-1"): at("10-07")})

    assert verdict_on("escalation-3", facts(late), at("10-07", "12:00")) == Verdict(
        steps()[7],
        "krokom",
        Status.WAITING,
        Because.FIRST_THE_ORGANISATION,
        on=date(2020, 10, 2),
    )
    known = facts(late, reported=FORETOLD)
    assert ("escalation-3", "krokom") in due_names(known, at("10-08"))


@pytest.mark.parametrize("reported", [{}, {key_of("escalation-3"): at("10-07", "07:45")}])
def test_an_escalation_waits_until_the_coordinator_was_told_of_it_on_an_earlier_day(reported):
    known = facts(WARNED, reported=reported)

    assert verdict_on("escalation-3", known, at("10-07", "12:00")) == Verdict(
        steps()[7],
        "krokom",
        Status.WAITING,
        Because.FIRST_THE_COORDINATOR,
        on=date(2020, 10, 2),
    )
    assert (("escalation-3", "krokom") in due_names(known, at("10-08"))) == bool(reported)


def test_an_escalation_about_an_organisation_without_address_does_not_wait_for_it():
    known = facts(Asked("krokom", unreachable=Status.NO_ADDRESS), reported=FORETOLD)

    assert ("escalation-3", "krokom") in due_names(known, at("10-07"))


def test_internal_work_that_ends_on_a_saturday_reminds_last_on_the_friday():
    table = Timetables(steps("skrivande"))
    told_before = {"skrivande:internal-2:2020-12-19": at("12-17")}

    assert due_names(facts(told=told_before), at("12-18"), table) == [("internal-0", None)]
    assert due_names(facts(told=told_before), at("12-18", "07:59"), table) == []


def test_a_missed_internal_reminder_does_not_leave_once_the_last_day_has_passed():
    table = Timetables(steps("skrivande"))
    told_before = {"skrivande:internal-2:2020-12-19": at("12-17")}

    assert due_names(facts(told=told_before), at("12-21", "07:30"), table) == []
    assert due_names(facts(told=told_before), at("12-21"), table) == [("nag-1", None)]


def test_overdue_internal_work_nags_once_a_workday_until_it_is_done():
    table = Timetables(steps("skrivande", until=date(2021, 1, 8)))
    nagged = {"skrivande:nag-1:2020-12-19": at("12-21")}

    assert due_names(facts(told=nagged), at("12-21", "17:00"), table) == []
    assert due_names(facts(told=nagged), at("12-22"), table) == [("nag-2", None)]
    assert due_names(facts(told=nagged, done_at=at("12-21", "18:00")), at("12-22"), table) == []
