"""Each key of a plan does what it says or is a fault with its line, for every kind."""

from datetime import date, time

import pytest

from agenda.kinds import KINDS, Ladder
from agenda.plan.model import SendingHours
from agenda.plan.reading import check
from agenda.steps.timetable import timetable
from agenda.workdays import Workdays
from tests.agenda.test_plan_reading import plan_with

WORKDAYS = Workdays()
BEFORE = 14
"""How many lines stand before an activity's own in `plan_with`; the last is its title."""


def faults(activity, **more):
    return [
        (fault.line - BEFORE, fault.sentence) for fault in check(plan_with(activity, **more)).faults
    ]


def effect(activity):
    """What a plan file comes to: the steps, what ends the activity, who is asked what."""
    report = check(plan_with(activity))
    assert report.plan is not None, report.faults
    (found,) = report.plan.activities
    steps = timetable(found, WORKDAYS, at=time(8), until=date(2027, 9, 1))
    heard = tuple(step for step in steps if found.asks or step.audience in INTERNAL)
    return (heard, found.closing, found.asks, found.form, found.ballot)


INTERNAL = ("responsible", "coordinator")
SAID = {
    "opens": ("true", "false"),
    "invitation_workdays_before": ("15",),
    "reminders_workdays_before": ("[7]", "[50, 3]"),
    "closes": ("true", "false"),
    "overdue_workdays_after": ("[2]", "[9]"),
    "escalation_workdays_after": ("1", "8"),
    "internal_workdays_before": ("[4]",),
    "nags": ("true", "false"),
    "nags_daily_workdays": ("2", "250"),
}
"""Values for every key of the ladder, none of which any kind brings of itself."""
DATES = "starts_on: 2027-03-01\ndue_on: 2027-05-03\n"


def test_every_key_of_the_ladder_is_tried():
    assert SAID.keys() == Ladder.model_fields.keys()


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in SAID.items() for value in values]
)
def test_a_key_of_the_ladder_changes_what_happens_or_is_a_fault_on_its_line(kind, key, value):
    plain = f"kind: {kind}\n{DATES}description: x\n"
    said = f"{plain}steps:\n  {key}: {value}"

    found = faults(said)
    brought = getattr(KINDS[kind].ladder, key)
    says_what_the_kind_says = str(brought).lower() == value

    if found:
        assert [line for line, _ in found if line == 6]
    elif not says_what_the_kind_says:
        assert effect(said) != effect(plain)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_closing_that_the_nagging_contradicts_is_a_fault_for_every_kind(kind):
    written = f"kind: {kind}\n{DATES}closing: deadline"
    expected = [4] if KINDS[kind].ladder.nags else []

    assert [line for line, _ in faults(written)] == expected
    assert faults(f"{written}\nsteps: {{nags: false}}") == []
    assert faults(f"kind: {kind}\n{DATES}closing: marked_done") == []


def test_an_invitation_that_would_come_after_the_last_day_is_a_fault_however_the_days_are_written():
    sentence = (
        "inbjudan skulle gå ut måndag 17 maj 2027, den första arbetsdagen, men sista dagen är "
        "söndag 16 maj 2027; börja tidigare eller sluta senare."
    )
    of = "i aktiviteten ”a”"

    assert faults("kind: input\nstarts_on: 2027-05-15\ndue_on: 2027-05-16") == [
        (2, f"”starts_on” {of}: {sentence}")
    ]
    assert faults("kind: input\non: 2027-05-16") == [(2, f"”on” {of}: {sentence}")]
    # The plan's own closed day makes a Friday the same.
    closed = "closed_days: [2027-05-14]\n"
    assert len(faults("kind: input\non: 2027-05-14", head=closed)) == 1
    assert faults("kind: input\non: 2027-05-14") == []
    assert faults("kind: workshop\non: 2027-05-16") == []


@pytest.mark.parametrize(("overdue", "escalation"), [("[3]", 3), ("[3, 8]", 1), ("[9, 3]", 3)])
def test_an_escalation_not_after_the_organisations_own_notice_is_a_fault(overdue, escalation):
    steps = f"steps: {{overdue_workdays_after: {overdue}, escalation_workdays_after: {escalation}}}"
    (found,) = faults(f"kind: input\n{DATES}{steps}")

    assert (
        found[0],
        f"escalation_workdays_after ({escalation}) ska vara större än 3" in found[1],
    ) == (4, True)


def test_an_escalation_without_any_notice_to_the_organisation_is_allowed():
    steps = "steps: {overdue_workdays_after: [], escalation_workdays_after: 3}"

    assert faults(f"kind: input\n{DATES}{steps}") == []


def test_a_reminder_no_later_than_the_invitation_is_a_fault_only_where_the_file_says_it():
    short = "kind: input\nstarts_on: 2027-05-03\ndue_on: 2027-05-10\n"

    assert faults(short) == []
    assert [line for line, _ in faults(f"{short}steps:\n  reminders_workdays_before: [2, 5]")] == [
        5
    ]


def test_a_form_that_nobody_gets_is_a_fault():
    form = "form:\n  - {key: a, type: short_text, label: A}"

    assert [line for line, _ in faults(f"kind: drafting\n{DATES}{form}")] == [4]
    assert faults(f"kind: input\n{DATES}{form}") == []


def test_a_row_is_looked_at_although_another_row_is_faulty():
    other = "kind: meeting\non: 2027-05-03\nclosing: deadline\n"
    content = plan_with(other) + b"  - key: b\n    kind: inptu\n    title: B\n    on: 2027-01-04\n"

    lines = [fault.line - BEFORE for fault in check(content).faults]

    assert lines == [3, 5]


@pytest.mark.parametrize(
    "hours",
    ["{at: 06:00}", "{at: 19:00}", "{from_time: 09:00}", "{until_time: 07:30, from_time: 06:00}"],
)
def test_steps_at_an_hour_when_nothing_is_sent_are_a_fault(hours):
    (found,) = check(plan_with("kind: meeting\non: 2027-03-01", head=f"sending: {hours}\n")).faults

    assert (found.line, "ligger utanför tiden då något skickas" in found.sentence) == (6, True)


def test_hours_that_end_before_the_daily_round_are_a_fault():
    """What it writes would leave a day late, the notice to the coordinator among it."""
    hours = "{at: 07:00, from_time: 06:00, until_time: 07:45}"
    (found,) = check(plan_with("kind: meeting\non: 2027-03-01", head=f"sending: {hours}\n")).faults

    assert (found.line, "(07:45) kan inte gå ut samma dag" in found.sentence) == (6, True)


def test_hours_that_never_come_are_told_beside_the_other_faults_of_the_part():
    hours = "sending: {at: 8, from_time: '18:00', until_time: '07:00', workdays_only: kanske}\n"
    found = check(plan_with("kind: meeting\non: 2027-03-01", head=hours)).faults

    assert [fault.sentence[:14] for fault in found] == [
        "”sending.at: 8",
        "”sending.workd",
        "”sending” i pl",
    ]
    assert SendingHours().at == time(8)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (r'"\U00110000"', "den innehåller ett tecken skrivet som"),
        (r'"\ud800"', "här står ett halvt tecken"),
        (r'"A\udfffB"', "här står ett halvt tecken"),
    ],
)
def test_a_character_that_does_not_exist_is_told_in_swedish_on_its_own_line(title, said):
    content = plan_with("kind: meeting\non: 2027-03-01").replace(
        b"title: A", f"title: {title}".encode()
    )
    (found,) = check(content).faults

    assert (found.line, said in found.sentence) == (BEFORE, True)


def test_those_who_are_asked_without_ever_being_told_are_pointed_out():
    report = check(plan_with("kind: meeting\non: 2027-03-01\nasks: [krokom]"))

    assert [warning.line - BEFORE for warning in report.warnings] == [3]
    assert "så de får inte veta det här ifrån" in report.warnings[0].sentence
