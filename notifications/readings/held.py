"""The steps of a round that somebody holds back, and those with words of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from agenda.models import Activity, Hold, Organisation, StepWords


@dataclass(frozen=True, slots=True)
class HeldStep:
    """A step that is held back, for everybody or for one organisation."""

    activity: str
    """Its key."""
    title: str
    step: str
    """Its name, such as "reminder-10"."""
    organisation: str
    """Its key; empty for everybody."""
    name: str
    held_at: datetime
    reason: str


def held_steps(session: Session, round_id: int) -> Sequence[HeldStep]:
    """What is held back in a round, the longest first."""
    rows = session.exec(
        select(Hold, Activity, Organisation)
        .join(Activity, col(Activity.id) == col(Hold.activity_id))
        .join(Organisation, col(Organisation.id) == col(Hold.organisation_id), isouter=True)
        .where(Activity.round_id == round_id)
        .order_by(col(Hold.id))
    )
    return [
        HeldStep(
            activity.key,
            activity.title,
            hold.step,
            whose.key if whose else "",
            whose.name if whose else "",
            hold.held_at,
            hold.reason,
        )
        for hold, activity, whose in rows
    ]


class WordedStep(NamedTuple):
    """A step whose letter says the coordinator's own words, to all or to one organisation."""

    activity: str
    """Its key."""
    title: str
    step: str
    """Its name, such as "reminder-10"."""
    organisation: str
    """Its key; empty for all."""
    name: str
    written_at: datetime


def worded_steps(session: Session, round_id: int) -> Sequence[WordedStep]:
    """The steps with own words, in the plan's order; each once, whatever the languages."""
    rows = session.exec(
        select(StepWords, Activity, Organisation)
        .join(Activity, col(Activity.id) == col(StepWords.activity_id))
        .join(Organisation, col(Organisation.id) == col(StepWords.organisation_id), isouter=True)
        .where(Activity.round_id == round_id)
        .order_by(col(Activity.position), col(StepWords.id))
    )
    found = [
        WordedStep(
            activity.key,
            activity.title,
            own.step,
            whose.key if whose else "",
            whose.name if whose else "",
            own.written_at,
        )
        for own, activity, whose in rows
    ]
    return list(dict.fromkeys(found))
