"""Every kind of step is a row: whom it speaks to, and what it is called in both languages."""

import pytest

from agenda.steps.kinds import STEPS, Audience, StepKind
from agenda.steps.sentences import SENTENCES
from notifications.letters.kinds import MESSAGES


@pytest.mark.parametrize("kind", StepKind)
def test_a_kind_of_step_has_all_its_parts(kind: StepKind) -> None:
    terms = STEPS[kind]
    assert terms.audience is not Audience.FORMER
    assert kind.value in MESSAGES
    swedish, english = SENTENCES[f"label_{kind}"]
    assert swedish != english
