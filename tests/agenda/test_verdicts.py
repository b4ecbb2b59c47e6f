"""What is due, to whom, and when: invitation, reminders, and what was missed, once each."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.steps.kinds import Audience, StepKind
from agenda.steps.verdicts import Asked, Because, Status, Timetables, Verdict, due
from agenda.workdays import swedish_date
from tests.agenda.judging import (
    KROKOM,
    PLAN,
    WORKDAYS,
    at,
    due_names,
    facts,
    judged,
    key_of,
    steps,
    told,
    verdict_on,
)


def test_the_invitation_is_due_to_all_eight_at_eight_on_the_first_day_and_not_before():
    eight = [Asked(organisation.key) for organisation in PLAN.organisations[:8]]

    assert due_names(facts(*eight), at("05-08", "07:59")) == []
    assert due_names(facts(*eight), at("05-08")) == [
        ("invitation", key)
        for key in (
            "are",
            "berg",
            "bracke",
            "harjedalen",
            "krokom",
            "ostersund",
            "ragunda",
            "stromsund",
        )
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("08-21", "reminder-30"),
        ("09-18", "reminder-10"),
        ("09-25", "reminder-5"),
        ("10-01", "reminder-1"),
    ],
)
def test_a_reminder_is_due_at_eight_on_its_day_only_to_those_who_have_not_answered(day, name):
    answered = replace(KROKOM, organisation="are", answer=Status.ANSWERED, answered_at=at("06-01"))
    known = facts(KROKOM, answered)

    assert (name, "krokom") not in due_names(known, at(day, "07:59"))
    assert due_names(known, at(day)) == [(name, "krokom")]


@pytest.mark.parametrize("answer", [Status.ANSWERED, Status.NOTHING_TO_REPORT, Status.DECLINED])
def test_every_kind_of_answer_ends_the_reminders_and_says_when_it_came(answer):
    known = facts(replace(KROKOM, answer=answer, answered_at=at("06-01")))
    found = [verdict for verdict in judged(known, at("10-09")) if verdict.organisation]

    assert Counter((verdict.status, verdict.at) for verdict in found) == {
        (Status.DONE, at("05-08")): 1,
        (answer, at("06-01")): 7,
    }


def test_what_was_told_is_done_and_not_due_again():
    assert verdict_on("invitation", facts(KROKOM), at("05-08")) == Verdict(
        steps()[0], "krokom", Status.DONE, at=at("05-08")
    )


def test_a_step_ahead_waits():
    assert verdict_on("reminder-10", facts(KROKOM), at("09-17")).status is Status.WAITING


def test_an_early_run_a_late_one_and_a_second_one_tell_the_same_once():
    late = due_names(facts(KROKOM), at("08-24", "15:00"))
    after = replace(KROKOM, told=dict(KROKOM.told) | {key_of("reminder-30"): at("08-24", "15:00")})

    assert due_names(facts(KROKOM), at("08-20")) == []
    assert late == [("reminder-30", "krokom")]
    assert due_names(facts(after), at("08-24", "15:01")) == []


def test_of_the_reminders_missed_while_everything_was_off_only_the_newest_is_due():
    now = at("09-26")

    assert due_names(facts(KROKOM), now) == [("reminder-5", "krokom")]
    assert verdict_on("reminder-10", facts(KROKOM), now) == Verdict(
        steps()[2], "krokom", Status.SUPERSEDED, Because.NEWER_STEP, at("09-25")
    )


def test_off_from_before_a_reminder_to_after_the_last_day_ends_in_one_overdue_notice():
    assert due_names(facts(KROKOM), at("10-05")) == [("closed", None), ("overdue-1", "krokom")]


def test_between_the_last_day_and_the_overdue_notice_no_missed_reminder_is_sent():
    now = at("10-03", "12:00")

    assert due_names(facts(KROKOM), now) == [("closed", None)]
    assert verdict_on("reminder-1", facts(KROKOM), now) == Verdict(
        steps()[4], "krokom", Status.SUPERSEDED, Because.PASSED, on=date(2020, 10, 2)
    )


def test_an_invitation_that_was_missed_goes_before_the_reminders_after_it():
    never_told = Asked("krokom")

    assert due_names(facts(never_told), at("09-18")) == [("invitation", "krokom")]
    assert verdict_on("reminder-10", facts(never_told), at("09-18")).status is Status.SUPERSEDED


def test_a_reminder_older_than_the_last_message_is_overtaken_by_it():
    late = replace(KROKOM, told=told(("invitation", at("09-01"))))

    assert verdict_on("reminder-30", facts(late), at("09-02")) == Verdict(
        steps()[1], "krokom", Status.SUPERSEDED, Because.TOLD_SINCE, at("09-01")
    )


def test_every_status_is_reached():
    table = Timetables(steps(), extended={date(2020, 10, 16): steps(due_on=date(2020, 10, 16))})
    known = facts(
        KROKOM,
        Asked("a", answer=Status.ANSWERED, answered_at=at("06-01")),
        Asked("b", answer=Status.NOTHING_TO_REPORT, answered_at=at("06-01")),
        Asked("c", answer=Status.DECLINED, answered_at=at("06-01")),
        Asked("d", extended_to=date(2020, 10, 16)),
        Asked("e", unreachable=Status.NO_ADDRESS),
        Asked("f", unreachable=Status.BOUNCED),
        held={"reminder-1": at("09-01")},
    )
    late = replace(known, tracked_from=at("06-01", "00:00"))
    closed = facts(KROKOM, round_closed_at=at("09-01"))
    found = [*judged(late, at("10-01"), table), *judged(closed, at("10-09"))]

    assert {verdict.status for verdict in found} == set(Status)


INSTANTS = st.integers(0, 184 * 24 * 60).map(
    lambda minutes: at("05-01", "00:00") + timedelta(minutes=minutes)
)


@settings(deadline=None)
@given(instants=st.lists(INSTANTS, min_size=1, max_size=12), answered_at=st.none() | INSTANTS)
def test_whenever_it_runs_one_message_at_most_is_due_to_each_and_none_twice(instants, answered_at):
    sent: dict[Audience, dict[str, datetime]] = {audience: {} for audience in Audience}
    for now in sorted(instants):
        has_answered = answered_at is not None and answered_at <= now
        asked = Asked(
            "krokom",
            answer=Status.ANSWERED if has_answered else None,
            answered_at=answered_at if has_answered else None,
            told=dict(sent[Audience.ORGANISATION]),
            escalated=dict(sent[Audience.ESCALATION]),
        )
        known = facts(asked, reported=dict(sent[Audience.COORDINATOR]))
        ripe = due(judged(known, now))

        assert max(Counter(verdict.step.audience for verdict in ripe).values(), default=0) <= 1
        assert not (has_answered and any(verdict.organisation for verdict in ripe))
        for verdict in ripe:
            assert verdict.step.key not in sent[verdict.step.audience]
            assert verdict.step.at <= now
            sent[verdict.step.audience][verdict.step.key] = now


@pytest.mark.parametrize("activity", [entry.key for entry in PLAN.activities])
def test_nothing_comes_due_to_anybody_on_a_day_off(activity):
    table = Timetables(steps(activity, until=date(2021, 6, 30)))
    known = facts(*(Asked(one.key) for one in PLAN.asked(PLAN.activity(activity))))
    came_due = {
        swedish_date(step.at)
        for step in table.present
        for verdict in due(judged(known, step.at, table))
        if verdict.step.at == step.at and verdict.step.kind is not StepKind.CLOSED
    }

    assert came_due
    assert [day for day in came_due if not WORKDAYS.is_workday(day)] == []
