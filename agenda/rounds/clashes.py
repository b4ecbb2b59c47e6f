"""What another last day clashes with: a day off, what builds on it, what it builds on."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import Session, col, select

from agenda import models
from agenda.kinds import KINDS
from agenda.plan.model import PlannedActivity
from agenda.plan.words import day_in_words
from agenda.rounds.facts import plan_activity
from agenda.rounds.sentences import SENTENCES
from agenda.words.sentence import Sentence
from agenda.workdays import Workdays


def others_of(session: Session, row: models.Activity) -> list[PlannedActivity]:
    """The round's other activities that are still to come, in the order they start."""
    found = session.exec(
        select(models.Activity)
        .where(
            models.Activity.round_id == row.round_id,
            models.Activity.id != row.id,
            col(models.Activity.cancelled_at).is_(None),
            col(models.Activity.done_at).is_(None),
        )
        .order_by(col(models.Activity.starts_on), col(models.Activity.position))
    )
    return [plan_activity(other) for other in found]


def following(
    activity: PlannedActivity, others: Sequence[PlannedActivity]
) -> PlannedActivity | None:
    """The first activity that builds on this one, or that starts after its last day."""
    return next(
        (one for one in others if activity.key in one.after or one.starts_on > activity.due_on),
        None,
    )


def followers(
    activity: PlannedActivity, others: Sequence[PlannedActivity]
) -> list[PlannedActivity]:
    """What comes after an activity, or builds on what does, and has a day of its own to move."""
    found: list[PlannedActivity] = []
    keys = {activity.key}
    for one in others:
        if keys & set(one.after) or one.starts_on > activity.due_on:
            keys.add(one.key)
            found.append(one)
    return [one for one in found if not one.is_quarter]


def shifted(day: date, *, as_from: date, to: date, workdays: Workdays) -> date:
    """A day moved by as many workdays as another was moved from one to another."""
    if to >= as_from:
        return workdays.after(day, workdays.between(as_from, to))
    return workdays.before(day, workdays.between(to, as_from))


def is_reached(follows: PlannedActivity, by: date) -> bool:
    """Whether what follows has begun on a new last day.

    Of what is only set to a quarter, only the quarter's end is known to be too late.
    """
    return by >= (follows.due_on if follows.is_quarter else follows.starts_on)


def clashes(
    activity: PlannedActivity, to: date, *, others: Sequence[PlannedActivity], workdays: Workdays
) -> Iterator[Sentence]:
    """What a new last day clashes with, one sentence each."""
    if why := workdays.why_not(to):
        yield SENTENCES("clash_day_off", day=_day(to), why=why)
    for other in others:
        if other.key in activity.after and to < other.due_on:
            yield SENTENCES("clash_built_on", title=other.title, when=_when(other))
        elif activity.key in other.after and is_reached(other, to):
            yield SENTENCES("clash_builds", title=other.title, what=_begins_or_ends(other, to))
        elif _are_meetings(activity, other) and other.starts_on <= to <= other.due_on:
            yield SENTENCES("clash_meeting", title=other.title)
    follows = following(activity, others)
    is_told = follows is None or activity.key in follows.after or _are_meetings(activity, follows)
    if follows is not None and not is_told and is_reached(follows, to):
        yield SENTENCES("clash_next", title=follows.title, what=_begins_or_ends(follows, to))


def _are_meetings(*activities: PlannedActivity) -> bool:
    return all(KINDS[one.kind].is_meeting and not one.is_quarter for one in activities)


def _begins_or_ends(other: PlannedActivity, to: date) -> Sentence:
    if other.is_quarter or to > other.due_on:
        return SENTENCES("is_to_be_done", when=_when(other))
    return SENTENCES("begins", day=_day(other.starts_on))


def _when(other: PlannedActivity) -> Sentence:
    if other.is_quarter:
        return SENTENCES("day_not_settled", day=_day(other.due_on))
    return _day(other.due_on)


def _day(day: date) -> Sentence:
    return day_in_words(day, "d MMMM y")
