"""What is done about a dated step, shown before it is done."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from agenda.models import Activity, Organisation, identity
from agenda.register import Actor, By
from agenda.rounds.activities import hold_step, release_step
from agenda.rounds.facts import situation
from notifications.acts.by_hand import left_out, send_ahead
from notifications.acts.foreseeing import ForeseeableAct
from notifications.office import Office


def holding(
    row: Activity,
    step: str,
    *,
    actor: Actor,
    organisation_id: int | None = None,
    reason: str = "",
) -> ForeseeableAct:
    """A step is held back, for everybody or for one organisation, until it is released."""

    def does(session: Session, now: datetime) -> None:
        hold_step(
            session,
            session.get_one(Activity, row.id),
            step=step,
            by=By(actor, now),
            organisation=_whose(session, organisation_id),
            reason=reason,
        )

    return ForeseeableAct(activity_ids=(identity(row),), does=does)


def releasing(
    row: Activity, step: str, *, actor: Actor, organisation_id: int | None = None
) -> ForeseeableAct:
    """A step that was held back may leave."""

    def does(session: Session, now: datetime) -> None:
        release_step(
            session,
            session.get_one(Activity, row.id),
            step=step,
            by=By(actor, now),
            organisation=_whose(session, organisation_id),
        )

    return ForeseeableAct(activity_ids=(identity(row),), does=does)


def sending_ahead(
    office: Office,
    row: Activity,
    step: str,
    *,
    actor: Actor,
    organisation_id: int | None = None,
) -> ForeseeableAct:
    """A step that lies ahead leaves at once, to everybody or to one organisation."""

    def does(session: Session, now: datetime) -> None:
        send_ahead(
            session,
            office,
            session.get_one(Activity, row.id),
            step,
            by=By(actor, now),
            organisation=_whose(session, organisation_id),
        )

    def remarks(session: Session, now: datetime) -> Iterable[str]:
        known = situation(session, identity(row))
        return left_out(known, step, now, _whose(session, organisation_id))

    return ForeseeableAct(activity_ids=(identity(row),), does=does, remarks_at=remarks)


def _whose(session: Session, organisation_id: int | None) -> Organisation | None:
    return session.get_one(Organisation, organisation_id) if organisation_id else None
