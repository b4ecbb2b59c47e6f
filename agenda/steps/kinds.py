"""Every kind of step, a row each: whom it speaks to, what it is called, how long it holds.

What a step says to its recipient is the message of its name (`notifications.letters.kinds`).
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
    sv: str
    """What it is called where people see it; {n} stands for so many workdays."""
    en: str
    on_the_day: Mapping[str, str] | None = None
    """What it is called, by language, on the last day itself."""
    is_before_the_last_day: bool = False
    """It speaks of a last day that is still to come: after that it is never sent."""


STEPS: Final[Mapping[StepKind, StepTerms]] = {
    StepKind.INVITATION: StepTerms(
        audience=Audience.ORGANISATION,
        sv="inbjudan",
        en="invitation",
        is_before_the_last_day=True,
    ),
    StepKind.REMINDER: StepTerms(
        audience=Audience.ORGANISATION,
        sv="påminnelse, {n} kvar",
        en="reminder, {n} left",
        is_before_the_last_day=True,
    ),
    StepKind.LAST_REMINDER: StepTerms(
        audience=Audience.ORGANISATION,
        sv="sista påminnelsen, {n} kvar",
        en="last reminder, {n} left",
        is_before_the_last_day=True,
    ),
    StepKind.CLOSED: StepTerms(audience=Audience.COORDINATOR, sv="stänger", en="closes"),
    StepKind.OVERDUE: StepTerms(
        audience=Audience.ORGANISATION,
        sv="svar saknas, {n} efter sista dagen",
        en="answer missing, {n} after the last day",
    ),
    StepKind.ESCALATION: StepTerms(
        audience=Audience.ESCALATION,
        sv="eskalering, {n} efter sista dagen",
        en="escalation, {n} after the last day",
    ),
    StepKind.INTERNAL_REMINDER: StepTerms(
        audience=Audience.RESPONSIBLE,
        sv="påminnelse till ansvarig, {n} kvar",
        en="reminder to the person responsible, {n} left",
        on_the_day={
            "sv": "påminnelse till ansvarig, sista dagen",
            "en": "reminder to the person responsible, last day",
        },
        is_before_the_last_day=True,
    ),
    StepKind.NAG: StepTerms(
        audience=Audience.RESPONSIBLE,
        sv="försenad, {n} efter sista dagen",
        en="overdue, {n} after the last day",
    ),
}
