"""What a person decides, and who is told of it: for every door, in the door's transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from agenda import activities, answers
from agenda.answers import GivenFile
from agenda.facts import Situation, situation
from agenda.models import Activity, AnswerKind, Invitation, Organisation, identity
from agenda.timetable import Audience, StepKind
from notifications.notices import queue_due, tell
from notifications.office import Office
from notifications.outbox import withdraw_queued
from notifications.recipients import Turn, coordinators, responsible

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
    withdraw_queued(session, activity_id=identity(activity), audiences=_ASKED)
    session.flush()
    turn = _turn(session, office, activity, now)
    was_invited = _was_invited_before_tracking(before, now)
    told = 0
    for asked in turn.known.facts.asked:
        # Who has not heard of the old day has nothing to unlearn: the invitation is to come.
        place = turn.known.places[asked.organisation]
        was = before.places[asked.organisation].due_on(before.activity)
        if (asked.told or was_invited) and was != place.due_on(turn.known.activity):
            key = f"{was}:{place.due_on(turn.known.activity)}:{move.id}"
            tell(
                turn,
                "moved",
                subject_key=key,
                place=place,
                former_due_on=was,
                note=note,
                decided_by=turn.known.head.coordinator.name,
            )
            told += 1
    return told


def mark_done(
    session: Session, office: Office, activity: Activity, *, now: datetime, who: str
) -> None:
    """Mark an activity done and tell the coordinator and the person responsible."""
    activities.mark_done(session, activity, now=now, who=who)
    session.flush()
    turn = _turn(session, office, activity, now)
    told = {recipient.address: recipient for recipient in coordinators(turn)}
    person = responsible(turn.known)
    tell(
        turn,
        "done",
        subject_key=now.isoformat(),
        recipients=list(({person.address: person} | told).values()),
        is_prompt=True,
        decided_by=who,
    )


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
    before = activities.grant_extension(session, invitation, to=to, now=now, who=who)
    session.flush()
    activity = session.get_one(Activity, invitation.activity_id)
    organisation = session.get_one(Organisation, invitation.organisation_id)
    turn = _turn(session, office, activity, now)
    tell(
        turn,
        "extension",
        subject_key=f"{to}:{invitation.revision}",
        place=turn.known.places[organisation.key],
        former_due_on=before,
        note=note,
        decided_by=turn.known.head.coordinator.name,
    )


def record_answer(
    session: Session,
    office: Office,
    invitation: Invitation,
    *,
    kind: AnswerKind,
    received_at: datetime,
    now: datetime,
    who: str,
    text: str = "",
    files: Sequence[GivenFile] = (),
    registry_no: str | None = None,
) -> None:
    """Record an answer; when it was the last one missing, the coordinator is told."""
    answers.record_answer(
        session,
        invitation,
        kind=kind,
        received_at=received_at,
        now=now,
        who=who,
        text=text,
        files=files,
        registry_no=registry_no,
    )
    session.flush()
    activity = session.get_one(Activity, invitation.activity_id)
    turn = _turn(session, office, activity, now)
    if turn.known.facts.outstanding == 0:
        queue_due(turn)


def _was_invited_before_tracking(known: Situation, now: datetime) -> bool:
    """Whether the invitations went out by other means, before the round was followed."""
    return any(
        step.kind is StepKind.INVITATION and step.at < known.facts.tracked_from
        for step in known.timetables(now).present
    )


def _turn(session: Session, office: Office, activity: Activity, now: datetime) -> Turn:
    return Turn(session, office, situation(session, identity(activity)), now)
