"""What is done about an activity, shown before it is done."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from sqlmodel import Session, col, select

from agenda.models import Activity, identity
from agenda.register import Actor, By
from agenda.replies import course
from agenda.rounds import activities
from agenda.rounds.clashes import clashes, followers, others_of, shifted
from agenda.rounds.facts import situation
from agenda.rounds.finding import find_asked
from notifications.acts.by_hand import not_reminded, remind_now
from notifications.acts.course import cancel, lock, mark_done, reinstate, unlock
from notifications.acts.deadlines import move_deadline
from notifications.acts.extensions import deny_extension, grant_extension
from notifications.acts.foreseeing import ForeseeableAct
from notifications.office import Office
from notifications.outbox.recipients import Turn


def moving(
    office: Office,
    row: Activity,
    *,
    to: date,
    actor: Actor,
    note: str = "",
    followers: Sequence[Activity] = (),
) -> ForeseeableAct:
    """An activity's last day is moved; others move with it by as many workdays.

    Of those that have not begun the first day moves too: who is asked is not asked before what
    they are asked about is there.
    """

    def does(session: Session, now: datetime) -> None:
        for one, day, starts_on in days_moved(session, row, to, followers):
            by = By(actor, now)
            move_deadline(session, office, one, to=day, by=by, note=note, starts_on=starts_on)

    def remarks(session: Session) -> Iterator[str]:
        moved = days_moved(session, row, to, followers)
        for one, day, _ in moved:
            yield from _clashes(session, one, day, besides={other.row.key for other in moved})

    return ForeseeableAct(
        activity_ids=tuple(identity(one) for one in (row, *followers)),
        does=does,
        remarks=remarks,
    )


class MovedDays(NamedTuple):
    """Where an activity moves."""

    row: Activity
    to: date
    """Its new last day."""
    starts_on: date | None
    """Its new first day, if it has not begun; None where it begins as it did."""


def days_moved(
    session: Session, row: Activity, to: date, followers: Sequence[Activity]
) -> list[MovedDays]:
    """Where an activity and what moves with it move, as they stand in a transaction."""
    first = _anew(session, row)
    workdays = situation(session, identity(first)).workdays
    as_much = partial(shifted, as_from=first.due_on, to=to, workdays=workdays)
    others = [_anew(session, one) for one in followers]
    return [
        MovedDays(first, to, None),
        *(MovedDays(one, as_much(one.due_on), as_much(one.starts_on)) for one in others),
    ]


def followers_of(session: Session, row: Activity) -> list[Activity]:
    """The activities that could move with one, in the plan's order."""
    known = situation(session, identity(row))
    keys = {one.key for one in followers(known.activity, others_of(session, known.row))}
    query = select(Activity).where(Activity.round_id == row.round_id, col(Activity.key).in_(keys))
    return list(session.exec(query.order_by(col(Activity.starts_on), col(Activity.position))))


def granting(
    office: Office,
    row: Activity,
    *organisations: str,
    to: date,
    actor: Actor,
    note: str = "",
) -> ForeseeableAct:
    """Organisations, named by their keys, get a later last day."""

    def does(session: Session, now: datetime) -> None:
        for key in organisations:
            invitation = find_asked(session, row, key)
            grant_extension(session, office, invitation, to=to, by=By(actor, now), note=note)

    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=does,
        remarks=lambda session: _clashes(session, row, to),
    )


def reminding_now(
    office: Office, row: Activity, *organisations: str, actor: Actor, note: str = ""
) -> ForeseeableAct:
    """Organisations, named by their keys, are reminded now; of none all who have not answered."""

    def does(session: Session, now: datetime) -> None:
        one = _anew(session, row)
        remind_now(session, office, one, keys=organisations, by=By(actor, now), note=note)

    def remarks(session: Session, now: datetime) -> Iterable[str]:
        turn = Turn(session, office, situation(session, identity(row)), now)
        return not_reminded(turn, organisations)

    return ForeseeableAct(activity_ids=(identity(row),), does=does, remarks_at=remarks)


def denying(
    office: Office, row: Activity, organisation: str, *, actor: Actor, note: str
) -> ForeseeableAct:
    """An organisation's wish for more time is turned down."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: deny_extension(
            session, office, find_asked(session, row, organisation), by=By(actor, now), note=note
        ),
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


def _clashes(
    session: Session, row: Activity, to: date, *, besides: Collection[str] = ()
) -> Iterable[str]:
    """What a new last day clashes with, of what does not move as well."""
    known = situation(session, identity(row))
    others = [one for one in others_of(session, known.row) if one.key not in besides]
    return clashes(known.activity, to, others=others, workdays=known.workdays)
