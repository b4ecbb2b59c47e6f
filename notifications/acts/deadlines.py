"""A last day moved, and who is told of it, in the door's transaction."""

from datetime import date

from sqlmodel import Session

from agenda.models import (
    Activity,
    identity,
)
from agenda.register import By
from agenda.rounds import activities
from agenda.rounds.activities import is_meeting
from notifications.acts.correcting import tell_what_changed
from notifications.acts.turns import turn_of
from notifications.office import Office
from notifications.outbox.heard import ABOUT_OWN_TIME
from notifications.outbox.queue import withdraw_queued


def move_deadline(
    session: Session,
    office: Office,
    activity: Activity,
    *,
    to: date,
    by: By,
    note: str = "",
    starts_on: date | None = None,
) -> int:
    """Move an activity's last day and tell who has heard of another; how many organisations.

    Args:
        session: A transaction.
        office: The sending office.
        activity: What moves.
        to: The new last day.
        by: Who moves it, and when.
        note: What the letters say besides.
        starts_on: The new first day; None where it begins as it did.
    """
    quarter_on = activity.due_on if activity.is_quarter else None
    move = activities.move_deadline(session, activity, to=to, by=by, starts_on=starts_on)
    meets = is_meeting(activity)
    withdraw_queued(
        session,
        activity_id=identity(activity),
        from_on=move.from_on,
        # What is about an extension names the meeting's day as well.
        to_on=date.max if meets else to,
        besides=ABOUT_OWN_TIME if meets else (),
    )
    session.flush()
    turn = turn_of(session, office, activity, by.at)
    return tell_what_changed(turn, note=note, quarter_on=quarter_on)
