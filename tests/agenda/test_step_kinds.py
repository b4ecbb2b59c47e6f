"""Every kind of step is a row: whom it speaks to, and what it is called in both languages."""

import re

import pytest

from agenda.steps.kinds import STEPS, Audience, StepKind
from notifications.letters.kinds import MESSAGES


@pytest.mark.parametrize("kind", StepKind)
def test_a_kind_of_step_has_all_its_parts(kind: StepKind) -> None:
    terms = STEPS[kind]
    assert terms.audience is not Audience.FORMER
    assert kind.value in MESSAGES
    labels = [
        (terms.sv, terms.en),
        *([tuple(terms.on_the_day.values())] if terms.on_the_day else []),
    ]
    for swedish, english in labels:
        assert swedish != english
        assert re.findall(r"\{.*?\}", swedish) == re.findall(r"\{.*?\}", english)
