"""The acts that are shown before they are done: each a row for `foreseeing`, for every door."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from agenda.models import Activity, Invitation, Round, identity
from agenda.register import Actor, By
from agenda.replies import course
from agenda.rounds import activities
from agenda.rounds.clashes import clashes, others_of
from agenda.rounds.facts import situation
from agenda.rounds.finding import find_invitation
from notifications.acts.course import cancel, lock, mark_done, reinstate, unlock
from notifications.acts.deadlines import move_deadline
from notifications.acts.extensions import grant_extension
from notifications.acts.foreseeing import ForeseeableAct
from notifications.office import Office


def moving(
    office: Office, row: Activity, *, to: date, actor: Actor, note: str = ""
) -> ForeseeableAct:
    """An activity's last day is moved."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: move_deadline(
            session, office, _anew(session, row), to=to, by=By(actor, now), note=note
        ),
        remarks=lambda session: _clashes(session, row, to),
    )


def granting(
    office: Office, row: Activity, organisation: str, *, to: date, actor: Actor, note: str = ""
) -> ForeseeableAct:
    """One organisation, named by its key, gets a later last day."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: grant_extension(
            session,
            office,
            _invitation(session, row, organisation),
            to=to,
            by=By(actor, now),
            note=note,
        ),
        remarks=lambda session: _clashes(session, row, to),
    )


def marking_done(office: Office, row: Activity, *, actor: Actor) -> ForeseeableAct:
    """An activity is marked done."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: mark_done(
            session, office, _anew(session, row), by=By(actor, now)
        ),
        remarks=lambda session: course.shut_out(session, situation(session, identity(row))),
    )


def reopening(row: Activity, *, actor: Actor) -> ForeseeableAct:
    """It is taken back that an activity was marked done."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: activities.reopen(
            session, _anew(session, row), by=By(actor, now)
        ),
    )


def locking(row: Activity, *, actor: Actor) -> ForeseeableAct:
    """An activity's answers are locked."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: lock(session, _anew(session, row), by=By(actor, now)),
        remarks=lambda session: course.shut_out(session, situation(session, identity(row))),
    )


def unlocking(row: Activity, *, actor: Actor) -> ForeseeableAct:
    """Answers are taken again."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: unlock(session, _anew(session, row), by=By(actor, now)),
    )


def cancelling(office: Office, row: Activity, *, actor: Actor, note: str = "") -> ForeseeableAct:
    """An activity is called off."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: cancel(
            session, office, _anew(session, row), by=By(actor, now), note=note
        ),
    )


def reinstating(office: Office, row: Activity, *, actor: Actor, note: str = "") -> ForeseeableAct:
    """What was called off is on again."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: reinstate(
            session, office, _anew(session, row), by=By(actor, now), note=note
        ),
        remarks=lambda session: _clashes(session, row, row.due_on),
    )


def _anew(session: Session, row: Activity) -> Activity:
    """The activity as it is in this transaction."""
    return session.get_one(Activity, row.id)


def _invitation(session: Session, row: Activity, organisation: str) -> Invitation:
    round_ = session.get_one(Round, row.round_id)
    return find_invitation(session, round_, organisation=organisation, activity=row.key)[0]


def _clashes(session: Session, row: Activity, to: date) -> Iterable[str]:
    known = situation(session, identity(row))
    others = others_of(session, known.row)
    return clashes(known.activity, to, others=others, workdays=known.workdays)
