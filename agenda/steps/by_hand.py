"""When a person may remind an organisation outside the plan's own steps. Pure."""

from collections.abc import Iterator
from datetime import date, datetime

from babel.dates import format_datetime

from agenda.steps.kinds import Audience
from agenda.steps.sentences import SENTENCES
from agenda.steps.timetable import Step
from agenda.steps.verdicts import Asked, Facts, Status, Timetables
from agenda.steps.verdicts.ahead import has_been_asked, own_steps
from agenda.words.sentence import Sentence
from agenda.workdays import STOCKHOLM, swedish_date

REMINDER_NOW = "reminder_now"
"""The name of a reminder by hand, as a message and as what its key names."""


def reminder_key(activity: str, leaves_on: date) -> str:
    """What tells one reminder by hand from the next: there is one a day."""
    return f"{activity}:{REMINDER_NOW}:{leaves_on}"


def why_not_reminded(
    timetables: Timetables, facts: Facts, asked: Asked, *, who: str, at: datetime, now: datetime
) -> Sentence | None:
    """Why an organisation cannot be reminded; None when it can. The activity takes answers.

    Args:
        timetables: The steps.
        facts: What is known.
        asked: The organisation.
        who: Its name.
        at: When the reminder would leave.
        now: The present instant.
    """
    if asked.answer is not None:
        return SENTENCES("hand_answered", who=who)
    if asked.unreachable is not None:
        is_bounced = asked.unreachable is Status.BOUNCED
        return SENTENCES("hand_bounced" if is_bounced else "hand_no_address", who=who)
    if not has_been_asked(timetables, facts, asked):
        return SENTENCES("hand_not_asked", who=who)
    day, steps = swedish_date(at), own_steps(timetables, asked)
    own = [step for step in steps if step.audience is Audience.ORGANISATION]
    if _told_on(own, asked, day):
        return SENTENCES("hand_told_today", who=who)
    for step in _planned_on(own, facts, asked, day, now):
        local = step.at.astimezone(STOCKHOLM)
        return SENTENCES(
            "hand_planned_today", who=who, step_at=format_datetime(local, "H.mm", locale="sv")
        )
    return None


def _told_on(own: list[Step], asked: Asked, day: date) -> bool:
    """Whether a step, or a reminder by hand, is of that day."""
    keys = {step.key for step in own}
    told = {key for key, at in asked.told.items() if swedish_date(at) == day}
    return bool(keys & told) or any(key.endswith(f":{REMINDER_NOW}:{day}") for key in asked.told)


def _planned_on(
    own: list[Step], facts: Facts, asked: Asked, day: date, now: datetime
) -> Iterator[Step]:
    for step in own:
        is_held = step.name in facts.held or step.name in asked.held
        if step.at > now and swedish_date(step.at) == day and not is_held:
            yield step
