"""Which acts are possible in which stage: one table, and the way on from each refusal."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

import pytest

from agenda.steps.stages import Act, Stage, refuse, stage_of
from agenda.words.errors import BadInput
from portal.cli.terminal.remedies import in_words

AT = datetime(2020, 10, 1, tzinfo=UTC)
POSSIBLE = {
    Act.MOVE: "open",
    Act.EXTEND: "open",
    Act.REMIND: "open",
    Act.SEND_AHEAD: "open",
    Act.WORD: "open locked",
    Act.ASK_FOR_TIME: "open",
    Act.LOCK: "open",
    Act.UNLOCK: "locked",
    Act.MARK_DONE: "open locked",
    Act.REOPEN: "done",
    Act.CANCEL: "open locked",
    Act.REINSTATE: "cancelled",
}


@dataclass(frozen=True)
class Marked:
    done_at: datetime | None = None
    cancelled_at: datetime | None = None
    locked_at: datetime | None = None


def refusal(act: Act, stage: Stage, *, is_meeting: bool = False) -> BadInput | None:
    try:
        refuse(act, stage, "inspel", is_meeting=is_meeting)
    except BadInput as error:
        return error
    return None


def test_each_act_is_possible_in_its_stages_and_refused_with_a_sentence_in_every_other():
    for act, stage in product(Act, Stage):
        refused = refusal(act, stage)
        assert (refused is None) == (stage.value in POSSIBLE[act].split()), (act, stage)
        for language in ("sv", "en") if refused else ():
            why = refused.said_in(language)
            assert why[0].isupper() or why.startswith("inspel ")
            assert "{" not in why


@pytest.mark.parametrize(
    ("act", "stage", "sentence"),
    [
        (Act.MOVE, Stage.CANCELLED, "inspel är inställd, så det går inte att flytta sista dagen. "
         "Återuppta den först: agenda activity reinstate inspel"),
        (Act.MARK_DONE, Stage.CANCELLED, "inspel är inställd, så det går inte att markera den som "
         "klar. Återuppta den först: agenda activity reinstate inspel"),
        (Act.MOVE, Stage.LOCKED, "Svaren i inspel är låsta, så det går inte att flytta sista "
         "dagen. Lås upp dem först: agenda activity unlock inspel"),
        (Act.UNLOCK, Stage.DONE, "inspel är markerad som klar, så det går inte att låsa upp "
         "svaren. Öppna den först igen: agenda activity reopen inspel"),
        (Act.REINSTATE, Stage.CLOSED, "Omgången är avslutad, så det går inte att återuppta den."),
        (Act.REINSTATE, Stage.OPEN, "inspel är inte inställd."),
    ],
)  # fmt: skip
def test_a_refusal_says_why_and_which_way_leads_on(act, stage, sentence):
    assert in_words(refusal(act, stage)) == sentence


def test_a_refusal_is_said_in_english_too_and_never_how_a_command_would_mend_it():
    refused = refusal(Act.MOVE, Stage.LOCKED)
    assert str(refused) == "Svaren i inspel är låsta, så det går inte att flytta sista dagen."
    english = "The answers in inspel are locked, so it is not possible to move the last day."
    assert refused.said_in("en") == english


def test_a_meeting_moves_although_its_answers_are_locked():
    assert refusal(Act.MOVE, Stage.LOCKED, is_meeting=True) is None
    assert refusal(Act.EXTEND, Stage.LOCKED, is_meeting=True) is not None


def test_of_several_marks_the_strongest_counts_and_taking_it_back_shows_the_one_below():
    both = Marked(done_at=AT, cancelled_at=AT, locked_at=AT)
    assert stage_of(both, round_closed_at=AT) is Stage.CLOSED
    assert stage_of(both, round_closed_at=None) is Stage.CANCELLED
    assert stage_of(Marked(done_at=AT, locked_at=AT), round_closed_at=None) is Stage.DONE
    assert stage_of(Marked(locked_at=AT), round_closed_at=None) is Stage.LOCKED
    assert stage_of(Marked(), round_closed_at=None) is Stage.OPEN
