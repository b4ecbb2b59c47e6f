"""When a person may remind an organisation outside the plan's own steps."""

from dataclasses import replace
from datetime import date

import pytest

from agenda.steps.by_hand import reminder_key, why_not_reminded
from agenda.steps.verdicts import Asked, Status, Timetables
from tests.agenda.judging import KROKOM, at, facts, key_of, steps, told

NOW = at("09-22", "10:00")


def why_not(asked, now=NOW, *, leaves=None, **known):
    found = why_not_reminded(
        Timetables(steps()),
        facts(asked, **known),
        asked,
        who="Krokoms kommun",
        at=leaves or now,
        now=now,
    )
    return str(found) if found else None


def test_who_has_been_asked_and_has_not_answered_can_be_reminded():
    assert why_not(KROKOM) is None
    assert why_not(KROKOM, at("10-07", "10:00")) is None, "after the last day too"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"answer": Status.ANSWERED, "answered_at": NOW}, "Krokoms kommun har redan svarat."),
        ({"answer": Status.DECLINED, "answered_at": NOW}, "Krokoms kommun har redan svarat."),
        ({"unreachable": Status.NO_ADDRESS}, "saknar adress"),
        ({"unreachable": Status.BOUNCED}, "tar inte emot e-post"),
        ({"told": {}}, "har inte fått sin inbjudan än"),
    ],
)
def test_others_cannot_and_it_is_said_why(changes, said):
    assert said in why_not(replace(KROKOM, **changes))


def test_who_was_asked_before_the_round_was_followed_can():
    asked = Asked("krokom")
    found = why_not_reminded(
        Timetables(steps()),
        replace(facts(asked), tracked_from=at("06-01")),
        asked,
        who="Krokoms kommun",
        at=NOW,
        now=NOW,
    )
    assert found is None


def test_nobody_is_reminded_twice_a_day():
    by_hand = {reminder_key("inspel", date(2020, 9, 22)): at("09-21", "20:00")}
    once = replace(KROKOM, told=KROKOM.told | by_hand)
    assert "samma dag" in why_not(once)
    assert why_not(once, at("09-23", "10:00")) is None


def test_a_step_of_the_plan_the_same_day_is_a_reminder_too():
    had = replace(KROKOM, told=KROKOM.told | told(("reminder-5", at("09-25"))))
    assert "har redan fått en påminnelse samma dag" in why_not(had, at("09-25", "13:00"))
    assert "planerade påminnelsen samma dag, kl. 8.00" in why_not(KROKOM, at("09-25", "07:30"))
    friday = at("09-24", "20:00")
    assert "planerade" in why_not(KROKOM, friday, leaves=at("09-25", "07:00"))


def test_a_step_that_is_held_stands_in_nobodys_way():
    early = at("09-25", "07:30")
    assert why_not(KROKOM, early, held={"reminder-5": at("09-20")}) is None
    assert why_not(replace(KROKOM, held={"reminder-5": at("09-20")}), early) is None


def test_a_receipt_the_same_day_is_no_reminder():
    told_today = KROKOM.told | {"inspel:new_link:1": at("09-22"), key_of("x"): at("09-22")}
    assert why_not(replace(KROKOM, told=told_today)) is None
