"""Every kind of step, a row each: whom it speaks to, how long it holds.

What a step says to its recipient is the message of its name (`notifications.letters.kinds`),
what it is called where people see it the label of its name (`agenda.steps.sentences`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Audience(StrEnum):
    """Who a step speaks to."""

    ORGANISATION = "organisation"
    ESCALATION = "escalation"
    RESPONSIBLE = "responsible"
    COORDINATOR = "coordinator"
    FORMER = "former"
    """Who was an organisation's contact and no longer is; no step speaks to them."""


TO_ORGANISATIONS: Final = (Audience.ORGANISATION, Audience.ESCALATION)
"""Those who are asked: by an organisation's own contacts, or by whom its silence is taken to."""


class StepKind(StrEnum):
    """What a step says; the value names the message template."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    LAST_REMINDER = "last_reminder"
    CLOSED = "closed"
    OVERDUE = "overdue"
    ESCALATION = "escalation"
    INTERNAL_REMINDER = "internal_reminder"
    NAG = "nag"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTerms:
    """What there is to know of a kind of step besides its dates and its message."""

    audience: Audience
    is_before_the_last_day: bool = False
    """It speaks of a last day that is still to come: after that it is never sent."""


STEPS: Final[Mapping[StepKind, StepTerms]] = {
    StepKind.INVITATION: StepTerms(
        audience=Audience.ORGANISATION,
        is_before_the_last_day=True,
    ),
    StepKind.REMINDER: StepTerms(
        audience=Audience.ORGANISATION,
        is_before_the_last_day=True,
    ),
    StepKind.LAST_REMINDER: StepTerms(
        audience=Audience.ORGANISATION,
        is_before_the_last_day=True,
    ),
    StepKind.CLOSED: StepTerms(audience=Audience.COORDINATOR),
    StepKind.OVERDUE: StepTerms(
        audience=Audience.ORGANISATION,
    ),
    StepKind.ESCALATION: StepTerms(
        audience=Audience.ESCALATION,
    ),
    StepKind.INTERNAL_REMINDER: StepTerms(
        audience=Audience.RESPONSIBLE,
        is_before_the_last_day=True,
    ),
    StepKind.NAG: StepTerms(
        audience=Audience.RESPONSIBLE,
    ),
}
