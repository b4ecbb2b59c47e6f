"""Why a step is (not) sent to somebody, as one plain sentence in Swedish or English."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime

from agenda.steps.sentences import SENTENCES
from agenda.steps.verdicts import Verdict
from agenda.words.sentence import said
from agenda.workdays import STOCKHOLM, swedish_date


def reason(verdict: Verdict, who: str, language: str) -> str:
    """The sentence behind a verdict; dates are Swedish ones, in words.

    Args:
        verdict: The verdict.
        who: The organisation's name, or who else the step speaks to.
        language: "sv" or "en".
    """
    step = verdict.step
    found = SENTENCES(
        f"step_{verdict.status}_{verdict.because.name.lower()}",
        who=who,
        step_at=_instant(step.at, language),
        at=_instant(verdict.at, language) if verdict.at else "",
        due_on=_day(step.due_on, language),
        on=_day(verdict.on, language) if verdict.on else "",
    )
    return said(found, language)


def _day(day: date, language: str) -> str:
    return format_date(day, "d MMMM y", locale=language)


def _instant(at: datetime, language: str) -> str:
    form = "d MMMM y 'kl.' HH.mm" if language == "sv" else "d MMMM y 'at' HH:mm"
    if at.astimezone(STOCKHOLM).time().isoformat() == "00:00:00":
        return _day(swedish_date(at), language)
    return format_datetime(at.astimezone(STOCKHOLM), form, locale=language)
