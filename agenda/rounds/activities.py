"""What the coordinator decides about an activity: its last day, extensions, done, held."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from agenda.kinds import KINDS, Closing
from agenda.models import Activity, DeadlineMove, Hold, Invitation, Organisation, Round, identity
from agenda.plan.meeting_hours import skipped_hour
from agenda.register import By, What, record, subject_of
from agenda.rounds.facts import plan_activity
from agenda.rounds.sentences import SENTENCES
from agenda.steps.stages import Act, refuse, stage_of
from agenda.steps.timetable import timetable
from agenda.words.errors import BadInput
from agenda.workdays import Workdays, swedish_date

LATEST_ON = date(2099, 12, 31)
"""The last date that a plan can hold."""


def is_meeting(activity: Activity) -> bool:
    """Whether people meet: its day is the day, whatever more time somebody has to answer."""
    return KINDS[activity.kind].is_meeting


def began_on(activity: Activity, round_: Round) -> date:
    """The first day that an answer is expected: a plan can have begun before it was followed."""
    return min(activity.starts_on, swedish_date(round_.started_at))


def move_deadline(
    session: Session, activity: Activity, *, to: date, by: By, starts_on: date | None = None
) -> DeadlineMove:
    """Move an activity's last day; its steps are counted anew from the new one.

    A meeting moves as a whole; what is worked on or asked for begins where it did, unless
    another first day is given and it has not begun.

    Raises:
        BadInput: the new day is the same, has passed, lies before the activity starts, or
            lacks the hour that it is held; or it is called off, done, or takes no more answers.
    """
    refuse_act(session, activity, Act.MOVE)
    if to == activity.due_on and not activity.is_quarter:
        raise BadInput(SENTENCES("same_day", key=activity.key, to=to))
    _refuse_past_or_far(to, by.at)
    _refuse_skipped_hour(activity, to)
    wanted = None if has_begun(activity, by.at) else starts_on
    begins_on = _start_with(activity, to, wanted)
    move = DeadlineMove(
        activity_id=identity(activity), from_on=activity.due_on, to_on=to, moved_at=by.at
    )
    session.add(move)
    activity.was_quarter = activity.was_quarter or activity.is_quarter
    if begins_on == to and activity.starts_on != activity.due_on and not activity.was_quarter:
        activity.single_day_since = by.at
    began_on, activity.starts_on = activity.starts_on, begins_on
    activity.due_on, activity.is_quarter = to, False
    _changed(session, activity, by.at)
    days = move.from_on.isoformat(), to.isoformat()
    record(session, by, What.DEADLINE_MOVED, subject_of(activity), before=days[0], after=days[1])
    if wanted is not None and begins_on != began_on:
        days = began_on.isoformat(), begins_on.isoformat()
        record(session, by, What.START_MOVED, subject_of(activity), before=days[0], after=days[1])
    return move


def has_begun(activity: Activity, now: datetime) -> bool:
    """Whether an activity's first day has come."""
    return activity.starts_on <= swedish_date(now)


def refuse_act(session: Session, activity: Activity, act: Act) -> None:
    """Stop what is not possible in the stage that the activity is in.

    Raises:
        BadInput: the sentence says why not.
    """
    round_ = session.get_one(Round, activity.round_id)
    stage = stage_of(activity, round_closed_at=round_.closed_at)
    refuse(act, stage, activity.key, is_meeting=is_meeting(activity))


def _start_with(activity: Activity, to: date, wanted: date | None) -> date:
    """The first day that goes with a new last day."""
    if activity.is_quarter:
        # One day of it is settled; who is asked when it opens is still asked when it begins.
        opens = plan_activity(activity).steps.opens
        return min(to, activity.starts_on) if opens else to
    if is_meeting(activity):
        return to - (activity.due_on - activity.starts_on)
    if activity.starts_on == activity.due_on:
        return to
    starts_on = wanted or activity.starts_on
    if to < starts_on:
        raise BadInput(SENTENCES("before_it_starts", key=activity.key, starts_on=starts_on, to=to))
    return starts_on


def mark_done(session: Session, activity: Activity, *, by: By) -> None:
    """Mark an activity done: nothing more of it is sent.

    Raises:
        BadInput: it is done or called off already.
    """
    refuse_act(session, activity, Act.MARK_DONE)
    activity.done_at = by.at
    _changed(session, activity, by.at)
    record(session, by, What.ACTIVITY_DONE, subject_of(activity))


def reopen(session: Session, activity: Activity, *, by: By) -> None:
    """Take back that an activity was marked done.

    Raises:
        BadInput: it is not done.
    """
    refuse_act(session, activity, Act.REOPEN)
    before, activity.done_at = activity.done_at, None
    _changed(session, activity, by.at)
    record(
        session,
        by,
        What.ACTIVITY_REOPENED,
        subject_of(activity),
        before=before.isoformat() if before else "",
    )


def grant_extension(session: Session, invitation: Invitation, *, to: date, by: By) -> date:
    """Give one organisation a later last day (anstånd); returns the one it had.

    Raises:
        BadInput: the day is not later than the one it has, or has passed; or nobody can
            answer any longer, so that more time would be of no use.
    """
    activity = session.get_one(Activity, invitation.activity_id)
    organisation = session.get_one(Organisation, invitation.organisation_id)
    refuse_act(session, activity, Act.EXTEND)
    before = invitation.due_on(activity.due_on)
    if to <= activity.due_on:
        raise BadInput(SENTENCES("extension_too_short", due_on=activity.due_on, to=to))
    if to == before:
        raise BadInput(SENTENCES("extended_already", name=organisation.name, to=to))
    _refuse_past_or_far(to, by.at)
    invitation.extended_to = to
    invitation.revision += 1
    invitation.changed_at = by.at
    session.add(invitation)
    record(
        session,
        by,
        What.EXTENSION_GRANTED,
        subject_of(activity, organisation),
        before=before.isoformat(),
        after=to.isoformat(),
    )
    return before


def hold_step(
    session: Session,
    activity: Activity,
    *,
    step: str,
    by: By,
    organisation: Organisation | None = None,
    reason: str = "",
) -> None:
    """Hold a step back, for one organisation or for all, until it is released.

    Raises:
        BadInput: the activity has no such step, or it is held already.
    """
    names = [
        s.name
        for s in timetable(
            plan_activity(activity), Workdays(), at=datetime.min.time(), due_on=activity.due_on
        )
    ]
    if step not in names:
        possible = ", ".join(names)
        raise BadInput(SENTENCES("no_step", key=activity.key, step=step, names=possible))
    if _hold(session, activity, step, organisation) is not None:
        raise BadInput(SENTENCES("held_already", step=step))
    session.add(
        Hold(
            activity_id=identity(activity),
            step=step,
            organisation_id=organisation.id if organisation else None,
            held_at=by.at,
            reason=reason,
        )
    )
    record(
        session,
        by,
        What.STEP_HELD,
        subject_of(activity, organisation),
        after=f"{step} {reason}".strip(),
    )


def release_step(
    session: Session,
    activity: Activity,
    *,
    step: str,
    by: By,
    organisation: Organisation | None = None,
) -> None:
    """Release a held step.

    Raises:
        BadInput: it is not held.
    """
    held = _hold(session, activity, step, organisation)
    if held is None:
        raise BadInput(SENTENCES("not_held", step=step))
    session.delete(held)
    record(session, by, What.STEP_RELEASED, subject_of(activity, organisation), after=step)


def closes_when_done(activity: Activity) -> bool:
    """Whether somebody has to mark it done; otherwise it closes by itself."""
    return plan_activity(activity).closing is Closing.MARKED_DONE


def _refuse_past_or_far(to: date, now: datetime) -> None:
    if to < swedish_date(now):
        raise BadInput(SENTENCES("day_passed", to=to, today=swedish_date(now)))
    if to > LATEST_ON:
        raise BadInput(SENTENCES("day_too_far", to=to, latest=LATEST_ON))


def _refuse_skipped_hour(activity: Activity, to: date) -> None:
    if hour := skipped_hour(plan_activity(activity), to):
        raise BadInput(SENTENCES("skipped_hour", to=to, hour=hour, key=activity.key))


def _changed(session: Session, activity: Activity, now: datetime) -> None:
    activity.revision += 1
    activity.changed_at = now
    session.add(activity)


def _hold(
    session: Session, activity: Activity, step: str, organisation: Organisation | None
) -> Hold | None:
    found = session.exec(
        select(Hold)
        .where(Hold.activity_id == activity.id, Hold.step == step)
        .order_by(col(Hold.id))
    )
    wanted = organisation.id if organisation else None
    return next((hold for hold in found if hold.organisation_id == wanted), None)
