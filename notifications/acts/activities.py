"""What a person decides, and who is told of it: for every door, in the door's transaction."""

from datetime import date, datetime

from sqlmodel import Session

from agenda.kinds import KINDS
from agenda.models import (
    Activity,
    Answer,
    Invitation,
    Organisation,
    identity,
)
from agenda.replies import answers, course, extensions
from agenda.replies.answers import NewAnswer
from agenda.rounds import activities
from agenda.timetable import Audience
from notifications.acts.correcting import tell_what_changed, turn_of
from notifications.letters.letter import STEPS
from notifications.notices.queueing import queue_due, tell
from notifications.office import Office
from notifications.outbox.heard import ABOUT_OWN_DAY, heard_by_organisations
from notifications.outbox.queue import withdraw_notices, withdraw_queued
from notifications.outbox.recipients import Turn, coordinators, once_each, responsible

_ASKED = (Audience.ORGANISATION.value, Audience.ESCALATION.value, Audience.RESPONSIBLE.value)


def move_deadline(
    session: Session,
    office: Office,
    activity: Activity,
    *,
    to: date,
    now: datetime,
    who: str,
    note: str = "",
) -> int:
    """Move an activity's last day and tell who has heard of another; how many organisations."""
    quarter_on = activity.due_on if activity.is_quarter else None
    move = activities.move_deadline(session, activity, to=to, now=now, who=who)
    is_meeting = _is_meeting(activity)
    withdraw_queued(
        session,
        activity_id=identity(activity),
        from_on=move.from_on,
        # What is about an extension names the meeting's day as well.
        to_on=date.max if is_meeting else to,
        audiences=_ASKED,
        besides=ABOUT_OWN_DAY if is_meeting else (),
    )
    session.flush()
    turn = turn_of(session, office, activity, now)
    return tell_what_changed(turn, note=note, quarter_on=quarter_on)


def mark_done(
    session: Session, office: Office, activity: Activity, *, now: datetime, who: str
) -> None:
    """Mark an activity done and tell the coordinator and the person responsible."""
    activities.mark_done(session, activity, now=now, who=who)
    session.flush()
    turn = turn_of(session, office, activity, now)
    tell(
        turn,
        "done",
        subject_key=now.isoformat(),
        recipients=once_each((responsible(turn.known), *coordinators(turn))),
        is_prompt=True,
        decided_by=who,
    )


def lock(session: Session, activity: Activity, *, now: datetime, who: str) -> None:
    """Lock an activity's answers: those who are asked are reminded of nothing more."""
    course.lock_answers(session, activity, now=now, who=who)


def unlock(session: Session, activity: Activity, *, now: datetime, who: str) -> None:
    """Take answers again: what is still to come of the reminders comes."""
    course.unlock_answers(session, activity, now=now, who=who)


def cancel(
    session: Session,
    office: Office,
    activity: Activity,
    *,
    now: datetime,
    who: str,
    note: str = "",
) -> int:
    """Call an activity off and tell who has heard of it; how many organisations."""
    course.cancel(session, activity, now=now, who=who)
    overtaken = (*sorted(STEPS), "moved", "extension", "reinstated")
    withdraw_notices(
        session, identity(activity), overtaken, why="Aktiviteten ställdes in innan det gick iväg."
    )
    session.flush()
    return tell_what_changed(turn_of(session, office, activity, now), note=note)


def reinstate(
    session: Session,
    office: Office,
    activity: Activity,
    *,
    now: datetime,
    who: str,
    note: str = "",
) -> int:
    """Take up what was called off, and tell who has heard that it was; how many organisations."""
    course.reinstate(session, activity, now=now, who=who)
    withdraw_notices(
        session,
        identity(activity),
        ("cancelled",),
        why="Aktiviteten återupptogs innan det gick iväg.",
    )
    session.flush()
    return tell_what_changed(turn_of(session, office, activity, now), note=note)


def grant_extension(
    session: Session,
    office: Office,
    invitation: Invitation,
    *,
    to: date,
    now: datetime,
    who: str,
    note: str = "",
) -> None:
    """Give one organisation a later last day and tell it so."""
    before = extensions.grant(session, invitation, to=to, now=now, who=who, note=note)
    session.flush()
    activity = session.get_one(Activity, invitation.activity_id)
    organisation = session.get_one(Organisation, invitation.organisation_id)
    withdraw_queued(
        session,
        activity_id=identity(activity),
        from_on=before,
        to_on=to,
        audiences=_ASKED,
        organisation_id=identity(organisation),
        # More time says neither that it is on again nor that a meeting has another day.
        besides=("reinstated", *(["moved"] if _is_meeting(activity) else [])),
    )
    turn = turn_of(session, office, activity, now)
    tell(
        turn,
        "extension",
        subject_key=f"{to}:{invitation.revision}",
        place=turn.known.places[organisation.key],
        former_due_on=_heard_of(turn, organisation, before),
        note=note,
        decided_by=turn.known.head.coordinator.name,
    )


def record_answer(
    session: Session,
    office: Office,
    invitation: Invitation,
    new: NewAnswer,
    *,
    now: datetime,
    who: str,
) -> Answer:
    """Record an answer; when it was the last one missing, the coordinator is told."""
    answer = answers.record_answer(session, invitation, new, now=now, who=who)
    session.flush()
    activity = session.get_one(Activity, invitation.activity_id)
    turn = turn_of(session, office, activity, now)
    if turn.known.facts.outstanding == 0:
        queue_due(turn)
    return answer


def _is_meeting(activity: Activity) -> bool:
    return KINDS[activity.terms["kind"]].is_meeting


def _heard_of(turn: Turn, organisation: Organisation, before: date) -> date:
    """The last day that an organisation has heard of; of the one before if it heard of none."""
    news = heard_by_organisations(turn.session, turn.known).get(organisation.id)
    return news.due_on if news and news.due_on else before
