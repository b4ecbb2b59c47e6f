"""What is due, for whom, and why the rest is not: one sentence of behaviour per test."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.plan.reading import bundled_plan, read_plan
from agenda.timetable import Audience, StepKind, timetable
from agenda.verdicts import Asked, Because, Facts, Status, Timetables, Verdict, due, verdicts
from agenda.workdays import STOCKHOLM, Workdays, swedish_date

PLAN = read_plan(bundled_plan())
WORKDAYS = Workdays()
BEFORE_ALL = datetime(2020, 1, 1, tzinfo=UTC)


def at(day, clock="08:00"):
    """An instant by the Swedish clock."""
    return datetime.fromisoformat(f"2020-{day}T{clock}").replace(tzinfo=STOCKHOLM).astimezone(UTC)


def steps(key="inspel", **how):
    return timetable(PLAN.activity(key), WORKDAYS, at=time(8), **how)


def key_of(name, due_on="2020-10-02"):
    return f"inspel:{name}" + ("" if name == "invitation" else f":{due_on}")


def told(*names_and_instants):
    return {key_of(name): instant for name, instant in names_and_instants}


def facts(*asked, **more):
    return Facts(tracked_from=BEFORE_ALL, asked=asked, **more)


KROKOM = Asked("krokom", told=told(("invitation", at("05-08"))))
REMINDED = replace(
    KROKOM,
    told=told(
        ("invitation", at("05-08")),
        ("reminder-30", at("08-21")),
        ("reminder-10", at("09-18")),
        ("reminder-5", at("09-25")),
        ("reminder-1", at("10-01")),
    ),
)


def judged(known, now, timetables=None):
    return verdicts(timetables or Timetables(steps()), known, now)


def due_names(known, now, timetables=None):
    return [
        (verdict.step.name, verdict.organisation) for verdict in due(judged(known, now, timetables))
    ]


def verdict_on(name, known, now, timetables=None, due_on=None):
    found = [
        verdict
        for verdict in judged(known, now, timetables)
        if verdict.step.name == name and due_on in (None, verdict.step.due_on)
    ]
    assert len(found) == 1
    return found[0]


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


def test_steps_before_tracking_began_are_never_sent_and_say_so():
    known = replace(facts(KROKOM), tracked_from=at("09-01", "00:00"))

    assert verdict_on("reminder-30", known, at("09-18")) == Verdict(
        steps()[1], "krokom", Status.UNTRACKED, at=at("09-01", "00:00")
    )
    assert due_names(known, at("09-18")) == [("reminder-10", "krokom")]


def test_without_an_address_nothing_is_due_and_the_verdict_says_why():
    known = facts(Asked("krokom", unreachable=Status.NO_ADDRESS))

    assert verdict_on("invitation", known, at("05-08")).status is Status.NO_ADDRESS
    assert due_names(known, at("05-08")) == []


def test_after_a_bounce_nothing_more_is_due_to_the_organisation():
    known = facts(replace(KROKOM, unreachable=Status.BOUNCED))

    assert verdict_on("reminder-10", known, at("09-18")).status is Status.BOUNCED
    assert due_names(known, at("09-18")) == []


def test_a_step_that_was_refused_for_good_is_not_called_done():
    known = facts(
        replace(
            KROKOM,
            told=dict(KROKOM.told) | {key_of("reminder-10"): at("09-18")},
            refused={key_of("reminder-10"): at("09-18", "08:01")},
        )
    )

    assert verdict_on("reminder-10", known, at("09-18", "09:00")) == Verdict(
        steps()[2], "krokom", Status.BOUNCED, at=at("09-18", "08:01")
    )


@pytest.mark.parametrize("where", ["organisation", "activity"])
def test_a_held_step_is_not_due_while_the_others_go_on(where):
    held = {"reminder-10": at("09-10")}
    one = replace(KROKOM, held=held) if where == "organisation" else KROKOM
    known = facts(one, held={} if where == "organisation" else held)

    assert verdict_on("reminder-10", known, at("09-18")) == Verdict(
        steps()[2], "krokom", Status.HELD, at=at("09-10")
    )
    assert due_names(known, at("09-25")) == [("reminder-5", "krokom")]


def test_a_step_held_for_one_organisation_is_due_to_the_other():
    reminded = replace(KROKOM, told=dict(KROKOM.told) | {key_of("reminder-30"): at("08-21")})
    held = replace(reminded, held={"reminder-10": at("09-10")})

    assert due_names(facts(held, replace(reminded, organisation="are")), at("09-18")) == [
        ("reminder-10", "are")
    ]


def test_closing_the_round_closes_every_step_not_yet_sent():
    known = facts(KROKOM, round_closed_at=at("09-01"))

    assert Counter((v.status, v.because) for v in judged(known, at("10-09"))) == {
        (Status.DONE, Because.ITSELF): 1,
        (Status.CLOSED, Because.ROUND_CLOSED): 8,
    }


def test_marking_the_activity_done_closes_its_steps():
    known = facts(KROKOM, done_at=at("09-01"))

    assert verdict_on("reminder-10", known, at("09-18")) == Verdict(
        steps()[2], "krokom", Status.CLOSED, Because.MARKED_DONE, at("09-01")
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


def test_an_escalation_is_due_once_the_organisation_itself_was_told_on_an_earlier_day():
    warned = replace(REMINDED, told=dict(REMINDED.told) | {key_of("overdue-1"): at("10-05")})

    assert ("escalation-3", "krokom") in due_names(facts(warned), at("10-07"))


def test_an_escalation_waits_while_the_organisation_was_only_told_the_same_day():
    late = replace(REMINDED, told=dict(REMINDED.told) | {key_of("overdue-1"): at("10-07")})

    assert verdict_on("escalation-3", facts(late), at("10-07", "12:00")) == Verdict(
        steps()[7],
        "krokom",
        Status.WAITING,
        Because.FIRST_THE_ORGANISATION,
        on=date(2020, 10, 2),
    )
    assert ("escalation-3", "krokom") in due_names(facts(late), at("10-08"))


def test_an_escalation_about_an_organisation_without_address_does_not_wait_for_it():
    known = facts(Asked("krokom", unreachable=Status.NO_ADDRESS))

    assert ("escalation-3", "krokom") in due_names(known, at("10-07"))


def test_internal_work_that_ends_on_a_saturday_reminds_last_on_the_friday():
    table = Timetables(steps("skrivande"))
    told_before = {"skrivande:internal-2:2020-12-19": at("12-17")}

    assert due_names(facts(told=told_before), at("12-18"), table) == [("internal-0", None)]
    assert due_names(facts(told=told_before), at("12-18", "07:59"), table) == []


def test_overdue_internal_work_nags_once_a_workday_until_it_is_done():
    table = Timetables(steps("skrivande", until=date(2021, 1, 8)))
    nagged = {"skrivande:nag-1:2020-12-19": at("12-21")}

    assert due_names(facts(told=nagged), at("12-21", "17:00"), table) == []
    assert due_names(facts(told=nagged), at("12-22"), table) == [("nag-2", None)]
    assert due_names(facts(told=nagged, done_at=at("12-21", "18:00")), at("12-22"), table) == []


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


def test_holding_a_step_does_not_let_an_older_missed_one_out():
    known = facts(replace(KROKOM, held={"reminder-10": at("09-10")}))

    assert due_names(known, at("09-18")) == []
    assert verdict_on("reminder-30", known, at("09-18")) == Verdict(
        steps()[1], "krokom", Status.SUPERSEDED, Because.NEWER_STEP, at("09-18")
    )


def test_a_missed_internal_reminder_does_not_leave_once_the_last_day_has_passed():
    table = Timetables(steps("skrivande"))
    told_before = {"skrivande:internal-2:2020-12-19": at("12-17")}

    assert due_names(facts(told=told_before), at("12-21", "07:30"), table) == []
    assert due_names(facts(told=told_before), at("12-21"), table) == [("nag-1", None)]
