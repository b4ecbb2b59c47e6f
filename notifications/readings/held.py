"""The steps that somebody holds back in a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from agenda.models import Activity, Hold, Organisation


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
