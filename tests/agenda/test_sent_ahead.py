"""A step that lies ahead, were it to leave now: who gets it, and why others do not."""

from dataclasses import replace
from datetime import date

import pytest

from agenda.steps.reasons import reason
from agenda.steps.verdicts import Asked, Because, Status, Timetables
from agenda.steps.verdicts.ahead import sent_ahead
from tests.agenda.judging import (
    KROKOM,
    REMINDED,
    at,
    due_names,
    facts,
    judged,
    key_of,
    steps,
    told,
    verdict_on,
)

NOW = at("09-21", "10:00")
EARLY = replace(
    KROKOM,
    told=told(("invitation", at("05-08")), ("reminder-5", NOW)),
    ahead={key_of("reminder-5"): NOW},
)


def ahead(known, name="reminder-5", now=NOW, timetables=None):
    """Each organisation's verdict, and what is behind it."""
    found = sent_ahead(timetables or Timetables(steps()), known, name, now)
    return {one.organisation: (one.status, one.because) for one in found}


def test_a_reminder_that_lies_ahead_would_leave_to_who_has_not_answered():
    answered = replace(KROKOM, organisation="berg", answer=Status.ANSWERED, answered_at=NOW)
    assert ahead(facts(KROKOM, answered)) == {
        "krokom": (Status.DUE, Because.ITSELF),
        "berg": (Status.ANSWERED, Because.ITSELF),
    }


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"unreachable": Status.BOUNCED}, Status.BOUNCED),
        ({"unreachable": Status.NO_ADDRESS}, Status.NO_ADDRESS),
        ({"held": {"reminder-5": at("09-20")}}, Status.HELD),
        ({"answer": Status.DECLINED, "answered_at": NOW}, Status.DECLINED),
    ],
)
def test_what_holds_it_on_its_day_holds_it_now(changes, found):
    assert ahead(facts(replace(KROKOM, **changes)))["krokom"][0] is found


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("locked_at", Because.ANSWERS_LOCKED),
        ("cancelled_at", Because.CANCELLED),
        ("done_at", Because.MARKED_DONE),
        ("round_closed_at", Because.ROUND_CLOSED),
    ],
)
def test_nothing_is_sent_ahead_when_no_answer_is_taken(name, because):
    found = ahead(facts(KROKOM, **{name: at("09-20")}))
    assert found == {"krokom": (Status.CLOSED, because)}


def test_nobody_is_reminded_of_what_they_have_not_been_asked():
    known = facts(Asked("krokom"))
    before = at("05-07", "10:00")
    assert ahead(known, now=before) == {"krokom": (Status.WAITING, Because.NOT_ASKED_YET)}
    assert ahead(known, "invitation", before) == {"krokom": (Status.DUE, Because.ITSELF)}


def test_no_answer_is_missing_before_its_last_day_has_passed():
    assert ahead(facts(REMINDED), "overdue-1", at("10-02", "10:00")) == {
        "krokom": (Status.WAITING, Because.NOT_OVERDUE)
    }
    assert ahead(facts(REMINDED), "overdue-5", at("10-05", "10:00")) == {
        "krokom": (Status.DUE, Because.ITSELF)
    }


def test_a_manager_is_not_told_ahead_of_the_organisation():
    monday, tuesday = at("10-05", "10:00"), at("10-06", "10:00")
    assert ahead(facts(REMINDED), "escalation-3", monday) == {
        "krokom": (Status.WAITING, Because.FIRST_THE_ORGANISATION)
    }
    asked = replace(REMINDED, told=REMINDED.told | told(("overdue-1", at("10-05"))))
    assert ahead(facts(asked), "escalation-3", tuesday) == {"krokom": (Status.DUE, Because.ITSELF)}


def test_each_has_the_step_by_its_own_last_day():
    day = date(2020, 10, 16)
    longer = replace(KROKOM, organisation="berg", extended_to=day)
    timetables = Timetables(steps(), extended={day: steps(due_on=day)})
    found = sent_ahead(timetables, facts(KROKOM, longer), "reminder-5", NOW)
    assert {one.organisation: one.step.due_on for one in found} == {
        "krokom": date(2020, 10, 2),
        "berg": day,
    }


@pytest.mark.parametrize("name", ["closed", "internal-5", "finns-inte"])
def test_what_speaks_to_the_regions_own_people_is_not_sent_ahead(name):
    assert ahead(facts(KROKOM), name) == {}


def test_a_step_whose_instant_has_come_leaves_by_itself():
    assert ahead(facts(KROKOM), "reminder-10", NOW) == {}


def test_what_was_sent_ahead_does_not_leave_again_on_its_day_and_the_others_do():
    known = facts(EARLY)
    verdict = verdict_on("reminder-5", known, at("09-25"))
    assert (verdict.status, verdict.because, verdict.at) == (Status.DONE, Because.AHEAD, NOW)
    assert due_names(known, at("09-25")) == []
    assert due_names(known, at("10-01")) == [("reminder-1", "krokom")]


def test_what_was_sent_ahead_is_due_while_its_letter_waits():
    """As the letter is judged when it leaves: as if it had not been queued."""
    waits = replace(EARLY, told=told(("invitation", at("05-08"))))
    assert ("reminder-5", "krokom") in due_names(facts(waits), at("09-22"))


def test_a_day_that_is_moved_arms_the_step_anew():
    day = date(2020, 10, 16)
    known = facts(EARLY, moves=[(date(2020, 10, 2), day, at("09-22"))])
    timetables = Timetables(steps(due_on=day), former={date(2020, 10, 2): steps()})
    found = [
        (one.step.due_on, one.status, one.because)
        for one in judged(known, at("10-09"), timetables)
        if one.step.name == "reminder-5"
    ]
    assert (date(2020, 10, 2), Status.DONE, Because.AHEAD) in found
    assert (day, Status.DUE, Because.ITSELF) in found


def test_why_says_that_it_was_sent_ahead_and_when():
    verdict = verdict_on("reminder-5", facts(EARLY), at("09-28"))
    assert reason(verdict, "Krokoms kommun", "sv") == (
        "Skickades 21 september 2020 kl. 10.00, i förväg: steget låg 25 september 2020 kl. 08.00."
    )
