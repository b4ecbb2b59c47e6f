"""What a person decides, and who is told of it: for every door, in the door's transaction."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from agenda import activities, answers, course, extensions
from agenda.answers import NewAnswer
from agenda.facts import Situation, situation
from agenda.models import (
    Activity,
    Answer,
    Invitation,
    Message,
    MessageState,
    Organisation,
    identity,
)
from agenda.places import Place
from agenda.timetable import Audience, StepKind
from notifications.notices import queue_due, tell
from notifications.office import Office
from notifications.outbox import withdraw_queued
from notifications.recipients import Turn, coordinators, once_each, responsible

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
    """Move an activity's last day and tell those who have been invited; how many are told."""
    before = situation(session, identity(activity))
    move = activities.move_deadline(session, activity, to=to, now=now, who=who)
    withdraw_queued(
        session, activity_id=identity(activity), from_on=move.from_on, to_on=to, audiences=_ASKED
    )
    session.flush()
    turn = _turn(session, office, activity, now)
    told = 0
    for place, was in _who_must_unlearn(turn, before):
        told += bool(
            tell(
                turn,
                "moved",
                subject_key=f"{was}:{place.due_on(turn.known.activity)}:{move.id}",
                place=place,
                former_due_on=was,
                former_is_quarter=before.activity.is_quarter and was == before.activity.due_on,
                note=note,
                decided_by=turn.known.head.coordinator.name,
            )
        )
    return told


def _who_must_unlearn(turn: Turn, before: Situation) -> Iterator[tuple[Place, date]]:
    """Each organisation that has heard of a last day which is no longer its own, and that day.

    Who has not heard of the old day has nothing to unlearn: the invitation is to come.
    """
    was_invited = _was_invited_before_tracking(before, turn.now)
    heard = _last_heard(turn.session, turn.known.row)
    for key, place in turn.known.places.items():
        was = before.places[key].due_on(before.activity) if was_invited else None
        was = heard.get(place.organisation.id, was)
        if was is not None and was != place.due_on(turn.known.activity):
            yield place, was


def mark_done(
    session: Session, office: Office, activity: Activity, *, now: datetime, who: str
) -> None:
    """Mark an activity done and tell the coordinator and the person responsible."""
    activities.mark_done(session, activity, now=now, who=who)
    session.flush()
    turn = _turn(session, office, activity, now)
    tell(
        turn,
        "done",
        subject_key=now.isoformat(),
        recipients=once_each((responsible(turn.known), *coordinators(turn))),
        is_prompt=True,
        decided_by=who,
    )


def cancel(
    session: Session,
    office: Office,
    activity: Activity,
    *,
    now: datetime,
    who: str,
    note: str = "",
) -> int:
    """Cancel an activity and tell those who have been invited; how many are told."""
    course.cancel(session, activity, now=now, who=who)
    session.flush()
    turn = _turn(session, office, activity, now)
    was_invited = _was_invited_before_tracking(turn.known, now)
    told = 0
    for asked in turn.known.facts.asked:
        if not (asked.told or was_invited):
            continue
        place = turn.known.places[asked.organisation]
        key = f"{asked.organisation}:{activity.revision}"
        told += bool(
            tell(
                turn,
                "cancelled",
                subject_key=key,
                place=place,
                note=note,
                decided_by=turn.known.head.coordinator.name,
            )
        )
    return told


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
    )
    turn = _turn(session, office, activity, now)
    tell(
        turn,
        "extension",
        subject_key=f"{to}:{invitation.revision}",
        place=turn.known.places[organisation.key],
        former_due_on=_last_heard(session, activity).get(identity(organisation), before),
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
    turn = _turn(session, office, activity, now)
    if turn.known.facts.outstanding == 0:
        queue_due(turn)
    return answer


def _last_heard(session: Session, activity: Activity) -> dict[int | None, date | None]:
    """The last day that each organisation's newest message names, by organisation.

    Of two moves in one evening the first may never have left: then its day is news to nobody.
    """
    query = (
        select(col(Message.organisation_id), col(Message.due_on))
        .where(
            col(Message.activity_id) == activity.id,
            col(Message.audience) == Audience.ORGANISATION.value,
            col(Message.state).not_in((MessageState.WITHDRAWN, MessageState.FAILED)),
        )
        .order_by(col(Message.queued_at), col(Message.id))
    )
    return dict(session.execute(query).tuples().all())


def _was_invited_before_tracking(known: Situation, now: datetime) -> bool:
    """Whether the invitations went out by other means, before the round was followed."""
    return any(
        step.kind is StepKind.INVITATION and step.at < known.facts.tracked_from
        for step in known.timetables(now).present
    )


def _turn(session: Session, office: Office, activity: Activity, now: datetime) -> Turn:
    return Turn(session, office, situation(session, identity(activity)), now)
