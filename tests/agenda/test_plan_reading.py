"""What a plan file may say: overrides of a kind's defaults, and what is odd but allowed."""

from datetime import date, time

import pytest
from pydantic import ValidationError

from agenda.kinds import KINDS, Closing
from agenda.plan.model import Person, PlannedActivity, SendingHours
from agenda.plan.reading import check, read_plan

HEAD = """\
key: prov
name: "2027"
title: Prov
responsible: {name: Anna, address: anna@regionjh.example}
coordinator: {name: Samordnare, address: samordnare@regionjh.example}
"""
KROKOM = """\
organisations:
  - key: krokom
    name: Krokoms kommun
    kind: municipality
    contacts:
      - {name: Registrator, address: kommun@krokom.example}
"""


def plan_with(activity, *, organisations=KROKOM, head=""):
    lines = "".join(f"    {line}\n" for line in activity.splitlines())
    return f"{HEAD}{head}{organisations}activities:\n  - key: a\n    title: A\n{lines}".encode()


def read(activity, **more):
    return read_plan(plan_with(activity, **more)).activities[0]


def warnings(content):
    report = check(content)
    assert report.faults == ()
    return [warning.sentence for warning in report.warnings]


def test_each_step_is_overridden_by_itself_and_the_others_stay_the_kinds():
    found = read("kind: input\non: 2027-03-01\nsteps: {reminders_workdays_before: [3], opens: no}")

    assert found.steps == KINDS["input"].ladder.model_copy(
        update={"reminders_workdays_before": (3,), "opens": False}
    )


def test_a_step_of_the_kind_can_be_taken_away():
    found = read("kind: input\non: 2027-03-01\nsteps: {escalation_workdays_after: null}")

    assert found.steps == KINDS["input"].ladder.model_copy(
        update={"escalation_workdays_after": None}
    )


def test_an_empty_asks_turns_asking_off():
    assert read("kind: input\non: 2027-03-01\nasks: []").asks == ()


def test_an_activity_can_ask_single_organisations():
    assert read("kind: meeting\non: 2027-03-01\nasks: [krokom]").asks == ("krokom",)


def test_a_plan_may_ask_organisations_that_are_imported_later():
    content = plan_with("kind: input\non: 2027-03-01", organisations="")

    assert warnings(content) == [
        "”A” vänder sig till municipality, men planen har ingen sådan organisation. "
        "Läs in dem med: agenda contacts import FIL"
    ]


def test_the_way_of_closing_can_be_overridden():
    assert read("kind: input\non: 2027-03-01\nclosing: marked_done").closing is Closing.MARKED_DONE


def test_an_activity_can_have_its_own_person_responsible():
    found = read("kind: meeting\non: 2027-03-01\nresponsible: {name: Bo, address: bo@r.example}")

    assert found.responsible == Person(name="Bo", address="bo@r.example")


def test_a_quarter_is_its_first_and_last_day():
    found = read("kind: adoption\nquarter: 2027-Q4")

    assert (found.starts_on, found.due_on, found.is_quarter) == (
        date(2027, 10, 1),
        date(2027, 12, 31),
        True,
    )


def test_times_need_no_quotes_where_a_time_is_wanted():
    content = plan_with(
        "kind: meeting\non: 2027-03-01",
        head="sending: {at: 08:30, from_time: 7:00, until_time: 18:00, workdays_only: yes}\n",
    )

    assert read_plan(content).sending == SendingHours(
        at=time(8, 30), from_time=time(7), until_time=time(18)
    )


def test_a_number_may_stand_for_a_text_when_nothing_of_it_changes():
    assert read_plan(
        plan_with("kind: meeting\non: 2027-03-01").replace(b'"2027"', b"2027")
    ).name == ("2027")


def test_a_quoted_no_is_a_text():
    content = plan_with("kind: meeting\non: 2027-03-01").replace(b"title: Prov", b"title: 'no'")

    assert read_plan(content).title == "no"


def test_a_name_with_quotes_and_angle_brackets_is_kept_as_it_is():
    name = 'Härjedalen, "södra" <x>'
    content = plan_with("kind: meeting\non: 2027-03-01").replace(
        b"Krokoms kommun", f"'{name}'".encode()
    )

    assert read_plan(content).organisations[0].name == name


def test_sending_hours_that_never_come_are_refused():
    content = plan_with(
        "kind: meeting\non: 2027-03-01", head="sending: {from_time: 18:00, until_time: 07:00}\n"
    )

    assert [fault.rendered("f") for fault in check(content).faults] == [
        "f:6: ”sending” i planen: from_time ska vara före until_time, annars kan inget skickas."
    ]


@pytest.mark.parametrize(
    "text", ["A\nB", "A\rB", "A\x00B", "A\x7fB", "A\u2028B", "A\u202eB", "A\tB", "", "  "]
)
def test_a_title_is_one_line_without_control_characters(text):
    said = {"key": "a", "kind": "meeting", "starts_on": "2027-03-01", "due_on": "2027-03-01"}
    terms = said | {"closing": "deadline", "steps": {}}

    assert PlannedActivity.model_validate(terms | {"title": "Åäö – ”A”"}).title == "Åäö – ”A”"
    with pytest.raises(ValidationError):
        PlannedActivity.model_validate(terms | {"title": text})


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-03-06", "lördag 6 mars 2027, är ingen arbetsdag (lördag)"),
        ("2027-06-25", "fredag 25 juni 2027, är ingen arbetsdag (Midsommarafton)"),
        ("2027-05-07", "fredag 7 maj 2027, är ingen arbetsdag (stängd dag enligt planen)"),
    ],
)
def test_a_last_day_on_a_day_off_is_odd(day, said):
    content = plan_with(f"kind: meeting\non: {day}", head="closed_days: [2027-05-07]\n")

    assert warnings(content) == [f"Sista dagen för ”A”, {said}."]


def test_the_line_of_an_oddity_is_that_of_the_date():
    content = plan_with("kind: meeting\non: 2027-03-06")

    assert content.splitlines()[check(content).warnings[0].line - 1] == b"    on: 2027-03-06"


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("2027-04-30", ["Samrådet ”A” är 26 dagar, kortare än fyra veckor."]),
        ("2027-05-03", []),
    ],
)
def test_a_consultation_shorter_than_four_weeks_is_odd(last, said):
    dates = f"starts_on: 2027-04-05\ndue_on: {last}"

    assert warnings(plan_with(f"kind: consultation\n{dates}\nasks: [krokom]")) == said


def test_a_workshop_in_july_is_odd():
    assert warnings(plan_with("kind: workshop\non: 2027-07-05")) == [
        "”A” ligger i juli, då många har semester."
    ]


def test_an_activity_before_the_one_it_builds_on_is_odd():
    second = "\n  - {key: b, title: B, kind: meeting, on: 2027-03-02}\n"
    content = plan_with("kind: meeting\non: 2027-03-01\nafter: [b]") + second.encode()

    assert warnings(content) == [
        "”A” börjar måndag 1 mars 2027, innan ”B”, som den bygger på, är slut tisdag 2 mars 2027."
    ]


def test_an_asked_organisation_without_a_primary_address_is_odd():
    only_escalation = KROKOM.replace("example}", "example, role: escalation}")

    assert warnings(plan_with("kind: input\non: 2027-03-01", organisations=only_escalation)) == [
        "Krokoms kommun tillfrågas men saknar adress (en kontakt med rollen primary), "
        "så inget kan skickas dit."
    ]


def test_an_organisation_of_a_kind_that_nobody_asks_is_odd():
    content = plan_with(
        "kind: meeting\non: 2027-03-01", organisations=KROKOM.replace("municipality", "network")
    )

    assert warnings(content) == [
        "Ingen aktivitet vänder sig till Krokoms kommun eller till sorten network."
    ]


def test_a_plan_of_ordinary_days_has_no_oddity():
    assert warnings(plan_with("kind: input\nstarts_on: 2027-02-01\ndue_on: 2027-03-01")) == []
