"""An activity done, locked, called off or taken up again, and who is told of it."""

from sqlmodel import Session

from agenda.models import (
    Activity,
    identity,
)
from agenda.register import By
from agenda.replies import course
from agenda.rounds import activities
from notifications.acts.correcting import tell_what_changed
from notifications.acts.turns import turn_of
from notifications.letters.kinds import STEPS
from notifications.notices.queueing import tell
from notifications.office import Office
from notifications.outbox.queue import withdraw_notices
from notifications.outbox.recipients import coordinators, once_each, responsible


def mark_done(session: Session, office: Office, activity: Activity, *, by: By) -> None:
    """Mark an activity done and tell the coordinator and the person responsible."""
    activities.mark_done(session, activity, by=by)
    session.flush()
    turn = turn_of(session, office, activity, by.at)
    tell(
        turn,
        "done",
        subject_key=by.at.isoformat(),
        recipients=once_each((responsible(turn.known), *coordinators(turn))),
        is_prompt=True,
        decided_by=str(by.actor),
    )


def lock(session: Session, activity: Activity, *, by: By) -> None:
    """Lock an activity's answers: those who are asked are reminded of nothing more."""
    course.lock_answers(session, activity, by=by)


def unlock(session: Session, activity: Activity, *, by: By) -> None:
    """Take answers again: what is still to come of the reminders comes."""
    course.unlock_answers(session, activity, by=by)


def cancel(
    session: Session,
    office: Office,
    activity: Activity,
    *,
    by: By,
    note: str = "",
) -> int:
    """Call an activity off and tell who has heard of it; how many organisations."""
    course.cancel(session, activity, by=by)
    overtaken = (*sorted(STEPS), "moved", "extension", "reinstated", "reminder_now")
    withdraw_notices(
        session, identity(activity), overtaken, why="Aktiviteten ställdes in innan det gick iväg."
    )
    session.flush()
    return tell_what_changed(turn_of(session, office, activity, by.at), note=note)


def reinstate(
    session: Session,
    office: Office,
    activity: Activity,
    *,
    by: By,
    note: str = "",
) -> int:
    """Take up what was called off, and tell who has heard that it was; how many organisations."""
    course.reinstate(session, activity, by=by)
    withdraw_notices(
        session,
        identity(activity),
        ("cancelled",),
        why="Aktiviteten återupptogs innan det gick iväg.",
    )
    session.flush()
    return tell_what_changed(turn_of(session, office, activity, by.at), note=note)
