"""What is not sent, and why: no address, a bounce, a held step, a round that is closed."""

from collections import Counter
from dataclasses import replace

import pytest

from agenda.steps.verdicts import Asked, Because, Status, Verdict
from tests.agenda.judging import KROKOM, at, due_names, facts, judged, key_of, steps, verdict_on


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


def test_holding_a_step_does_not_let_an_older_missed_one_out():
    known = facts(replace(KROKOM, held={"reminder-10": at("09-10")}))

    assert due_names(known, at("09-18")) == []
    assert verdict_on("reminder-30", known, at("09-18")) == Verdict(
        steps()[1], "krokom", Status.SUPERSEDED, Because.NEWER_STEP, at("09-18")
    )


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
