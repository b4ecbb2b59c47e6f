"""The dated steps of the region's plan of 2020, and of activities at the edges."""

from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.kinds import KINDS
from agenda.plan.model import PlannedActivity, with_defaults_of_kind
from agenda.plan.reading import bundled_plan, read_plan
from agenda.steps.kinds import Audience, StepKind
from agenda.steps.timetable import timetable
from agenda.workdays import STOCKHOLM, Workdays, swedish_date

PLAN = read_plan(bundled_plan())
WORKDAYS = Workdays()
EIGHT = time(8)


def made(kind="input", *, starts_on=date(2020, 5, 8), due_on=date(2020, 10, 2), **more):
    return PlannedActivity.model_validate(
        with_defaults_of_kind(
            {"key": "a", "title": "A", "kind": kind, "starts_on": starts_on, "due_on": due_on}
            | more
        )
    )


def lines(activity, **how):
    return [
        f"{step.at.astimezone(STOCKHOLM):%Y-%m-%dT%H:%M%z} {step.name}"
        for step in timetable(activity, WORKDAYS, at=EIGHT, **how)
    ]


def test_the_input_of_2020_opens_reminds_closes_and_escalates_on_these_days():
    assert lines(PLAN.activity("inspel")) == [
        "2020-05-08T08:00+0200 invitation",
        "2020-08-21T08:00+0200 reminder-30",
        "2020-09-18T08:00+0200 reminder-10",
        "2020-09-25T08:00+0200 reminder-5",
        "2020-10-01T08:00+0200 reminder-1",
        "2020-10-03T00:00+0200 closed",
        "2020-10-05T08:00+0200 overdue-1",
        "2020-10-07T08:00+0200 escalation-3",
        "2020-10-09T08:00+0200 overdue-5",
    ]


def test_the_consultation_that_starts_on_a_saturday_invites_on_the_monday():
    assert lines(PLAN.activity("samrad")) == [
        "2020-12-21T08:00+0100 invitation",
        "2021-01-15T08:00+0100 reminder-10",
        "2021-01-22T08:00+0100 reminder-5",
        "2021-01-28T08:00+0100 reminder-1",
        "2021-01-30T00:00+0100 closed",
        "2021-02-01T08:00+0100 overdue-1",
    ]


def test_the_writing_that_ends_on_a_saturday_has_its_last_reminder_on_the_friday():
    assert lines(PLAN.activity("skrivande")) == [
        "2020-12-07T08:00+0100 internal-10",
        "2020-12-17T08:00+0100 internal-2",
        "2020-12-18T08:00+0100 internal-0",
        "2020-12-21T08:00+0100 nag-1",
    ]


def test_the_workshop_invites_twenty_workdays_before_over_the_clock_change():
    assert lines(PLAN.activity("workshop")) == [
        "2020-10-12T08:00+0200 invitation",
        "2020-11-02T08:00+0100 reminder-5",
        "2020-11-06T08:00+0100 reminder-1",
    ]


def test_the_adoption_counts_from_the_last_day_of_its_quarter():
    assert lines(PLAN.activity("faststallande")) == [
        "2021-03-17T08:00+0100 internal-10",
        "2021-03-29T08:00+0200 internal-2",
        "2021-03-31T08:00+0200 internal-0",
        "2021-04-01T08:00+0200 nag-1",
    ]


def test_reminders_before_a_last_day_after_midsummer_skip_midsummer_eve():
    assert lines(made("consultation", due_on=date(2020, 6, 22)))[1:4] == [
        "2020-06-05T08:00+0200 reminder-10",
        "2020-06-12T08:00+0200 reminder-5",
        "2020-06-18T08:00+0200 reminder-1",
    ]


def test_instants_are_in_utc():
    first = timetable(PLAN.activity("inspel"), WORKDAYS, at=EIGHT)[0]

    assert (first.at, first.at.tzinfo) == (datetime(2020, 5, 8, 6, tzinfo=UTC), UTC)


def test_a_steps_key_names_the_last_day_it_counts_from_but_an_invitations_does_not():
    activity = PLAN.activity("inspel")
    moved = timetable(activity, WORKDAYS, at=EIGHT, due_on=date(2020, 10, 9))

    assert [step.key for step in moved if step.name in ("invitation", "reminder-10", "closed")] == [
        "inspel:invitation",
        "inspel:reminder-10:2020-10-09",
        "inspel:closed:2020-10-09",
    ]


def test_only_the_nearest_reminder_is_called_the_last():
    steps = timetable(PLAN.activity("inspel"), WORKDAYS, at=EIGHT)

    assert [step.name for step in steps if step.kind is StepKind.LAST_REMINDER] == ["reminder-1"]


def test_two_counts_that_a_day_off_brings_to_one_day_give_one_step():
    saturday = made(
        "drafting", due_on=date(2020, 12, 19), steps={"internal_workdays_before": (1, 0)}
    )

    assert lines(saturday) == ["2020-12-18T08:00+0100 internal-0", "2020-12-21T08:00+0100 nag-1"]


def test_nagging_is_daily_for_five_workdays_then_on_the_first_workday_of_each_week():
    nags = [
        line for line in lines(PLAN.activity("skrivande"), until=date(2021, 1, 18)) if "nag" in line
    ]

    assert nags == [
        "2020-12-21T08:00+0100 nag-1",
        "2020-12-22T08:00+0100 nag-2",
        "2020-12-23T08:00+0100 nag-3",
        "2020-12-28T08:00+0100 nag-4",
        "2020-12-29T08:00+0100 nag-5",
        "2021-01-04T08:00+0100 nag-7",
        "2021-01-11T08:00+0100 nag-11",
        "2021-01-18T08:00+0100 nag-16",
    ]


def test_a_plan_says_itself_for_how_long_nagging_is_daily():
    def days(daily):
        work = made("drafting", due_on=date(2027, 3, 24), steps={"nags_daily_workdays": daily})
        found = lines(work, until=date(2027, 4, 12))
        return [line[:10] for line in found if "nag" in line]

    # Easter Monday, 29 March, is a day off.
    assert days(0) == ["2027-03-30", "2027-04-05", "2027-04-12"]
    assert days(1) == ["2027-03-25", "2027-03-30", "2027-04-05", "2027-04-12"]
    assert len(days(250)) == 11


def test_an_escalation_comes_a_workday_after_the_organisation_itself_has_heard():
    # A plan file may not say so any more; a round that was started with it goes on.
    steps = {"overdue_workdays_after": (3,), "escalation_workdays_after": 3}

    assert lines(made("input", due_on=date(2024, 5, 15), steps=steps))[-2:] == [
        "2024-05-20T08:00+0200 overdue-3",
        "2024-05-21T08:00+0200 escalation-3",
    ]


def test_another_time_of_day_moves_every_step_but_the_closing():
    steps = timetable(PLAN.activity("inspel"), WORKDAYS, at=time(9, 30))

    assert {step.at.astimezone(STOCKHOLM).time() for step in steps} == {time(9, 30), time(0)}


def test_a_closed_day_of_the_plan_pushes_reminders_further_ahead():
    closed = Workdays([date(2020, 9, 29)])
    reminders = [
        swedish_date(step.at)
        for step in timetable(PLAN.activity("inspel"), closed, at=EIGHT)
        if "reminder" in step.name
    ]

    assert reminders == [
        date(2020, 8, 20),
        date(2020, 9, 17),
        date(2020, 9, 24),
        date(2020, 10, 1),
    ]


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(deadline=None)
@given(starts_on=st.dates(date(2001, 1, 1), date(2090, 1, 1)), days=st.integers(0, 400))
def test_a_step_falls_on_a_workday_at_eight_whatever_the_dates(kind, starts_on, days):
    due_on = date.fromordinal(starts_on.toordinal() + days)
    steps = timetable(made(kind, starts_on=starts_on, due_on=due_on), WORKDAYS, at=EIGHT)
    told = [step for step in steps if step.audience is not Audience.COORDINATOR]

    assert {step.at.astimezone(STOCKHOLM).time() for step in told} == {EIGHT}
    assert [step.name for step in told if not WORKDAYS.is_workday(swedish_date(step.at))] == []
    assert len({step.key for step in steps}) == len(steps)
    assert all(one.at <= other.at for one, other in pairwise(steps))


def test_nobody_is_reminded_before_the_invitation_of_an_activity_shorter_than_its_ladder():
    short = made(starts_on=date(2020, 5, 8), due_on=date(2020, 5, 20))

    assert lines(short)[:4] == [
        "2020-05-08T08:00+0200 invitation",
        "2020-05-13T08:00+0200 reminder-5",
        "2020-05-19T08:00+0200 reminder-1",
        "2020-05-21T00:00+0200 closed",
    ]
