"""When and where people meet, in words: what every letter about a meeting says."""

from dataclasses import dataclass
from datetime import date, time

from agenda.kinds import KINDS
from agenda.plan.meeting_hours import hours_of
from agenda.plan.model import PlannedActivity
from agenda.words.sentence import said
from notifications.letters.dates import in_words, quarter_in_words
from notifications.letters.sentences import SENTENCES

_CLOCK = {"sv": "%H.%M", "en": "%H:%M"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting's days, hours and place."""

    first_on: date
    last_on: date
    """Inclusive; the meeting's own, whatever day somebody may answer until."""
    is_quarter: bool = False
    """Only the quarter is settled."""
    begins: time | None = None
    """Swedish time."""
    ends: time | None = None
    place: str = ""


def occasion_of(activity: PlannedActivity) -> Meeting | None:
    """When and where an activity is, if it is a meeting."""
    if not KINDS[activity.kind].is_meeting:
        return None
    hours = hours_of(activity)
    return Meeting(
        first_on=activity.starts_on,
        last_on=activity.due_on,
        is_quarter=activity.is_quarter,
        begins=hours.begins if hours else None,
        ends=hours.ends if hours else None,
        place=activity.place or "",
    )


def occasion_in_words(occasion: Meeting | None, language: str) -> str:
    """When and where: "onsdag 10 februari 2027 kl. 10.00–12.00, Sal 1"; empty for no meeting."""
    if occasion is None:
        return ""
    when = _days(occasion, language) + _hours(occasion, language)
    return f"{when}, {occasion.place}" if occasion.place else when


def _days(occasion: Meeting, language: str) -> str:
    if occasion.is_quarter:
        quarter = quarter_in_words(occasion.last_on, language)
        return said(SENTENCES("not_settled", quarter=quarter), language)
    first, last = (in_words(day, language) for day in (occasion.first_on, occasion.last_on))
    return first if first == last else said(SENTENCES("until", first=first, last=last), language)


def _hours(occasion: Meeting, language: str) -> str:
    if occasion.begins is None:
        return ""
    hours = (
        at.strftime(_CLOCK[language]) for at in (occasion.begins, occasion.ends) if at is not None
    )
    return said(SENTENCES("at_hours", hours="–".join(hours)), language)
