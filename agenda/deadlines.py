"""A round's deadlines and meetings as calendar entries: for everybody, or for one organisation."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from agenda.calendar import Entry
from agenda.facts import Place, Situation
from agenda.kinds import KINDS
from agenda.workdays import swedish_instant


def round_entries(situations: Iterable[Situation], *, has_spans: bool = False) -> Iterator[Entry]:
    """Every activity of a round, for the region's staff.

    A long activity is its first and its last day, because a banner of five months hides
    everything else; `has_spans` gives the banner.
    """
    for situation in situations:
        activity = situation.activity
        is_long = activity.starts_on != activity.due_on and not activity.is_quarter
        if is_long and has_spans:
            yield replace(_entry(situation, "span", activity.title), first_on=activity.starts_on)
            continue
        if is_long:
            opens = _entry(situation, "opens", f"{activity.title} – öppnar")
            yield replace(
                opens,
                first_on=activity.starts_on,
                last_on=activity.starts_on,
                alarm_days_before=None,
            )
        title = activity.title
        if activity.starts_on != activity.due_on:
            title += " – sista dag"
        yield _entry(situation, "due", title)


def organisation_entries(situation: Situation, organisation_id: int) -> Iterator[Entry]:
    """What an activity asks of one organisation, for its own calendar; nothing if not asked."""
    for place in situation.places.values():
        if place.organisation.id == organisation_id:
            yield organisation_entry(situation, place, shows_answer=True)


def organisation_entry(situation: Situation, place: Place, *, shows_answer: bool = False) -> Entry:
    """The last day that holds for one organisation; goes with its mails and its feed.

    Args:
        situation: The activity.
        place: The organisation in it.
        shows_answer: Whether the title says that it has answered.
    """
    activity = situation.activity
    due_on = place.due_on(activity)
    is_a_day = activity.starts_on == due_on or KINDS[activity.kind].is_meeting
    title = activity.title if is_a_day else f"{activity.title} – sista svarsdag"
    if shows_answer and place.answer is not None:
        title = f"Besvarad: {title}"
    answered_at = place.answer.recorded_at if shows_answer and place.answer else None
    answers = place.answer.version if shows_answer and place.answer else 0
    changes = (situation.row.changed_at, place.invitation.changed_at, answered_at)
    return replace(
        _entry(situation, place.organisation.key, title),
        first_on=due_on,
        last_on=due_on,
        changed_at=max(change for change in changes if change is not None),
        revision=situation.row.revision + place.invitation.revision + answers,
    )


def _entry(situation: Situation, part: str, title: str) -> Entry:
    activity = situation.activity
    starts_at, ends_at = _times(situation)
    return Entry(
        uid=f"{situation.round.uid}-{activity.key}-{part}@paverkansagenda",
        title=title,
        first_on=activity.starts_on if activity.is_quarter else activity.due_on,
        last_on=activity.due_on,
        changed_at=situation.row.changed_at,
        revision=situation.row.revision,
        description=activity.description,
        category=KINDS[activity.kind].label["sv"],
        starts_at=starts_at,
        ends_at=ends_at,
        place=activity.place or "",
        is_tentative=activity.is_quarter,
        is_cancelled=situation.row.cancelled_at is not None,
    )


def _times(situation: Situation) -> tuple[datetime | None, datetime | None]:
    """When a meeting of one day begins and ends, if its plan says so."""
    activity = situation.activity
    if activity.from_time is None or activity.starts_on != activity.due_on:
        return None, None
    until = activity.until_time
    return (
        swedish_instant(activity.due_on, activity.from_time),
        swedish_instant(activity.due_on, until) if until else None,
    )
