"""What organisations are in the middle of: answers begun and not sent in, wishes for more time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from agenda.models import (
    Activity,
    Answer,
    Draft,
    ExtensionRequest,
    Invitation,
    Link,
    Organisation,
)


@dataclass(frozen=True, slots=True)
class Begun:
    """An answer that somebody writes on, and has not sent in."""

    activity: str
    """Its key."""
    organisation: str
    """Its key."""
    name: str
    saved_at: datetime
    is_change: bool
    """An earlier version has been sent in, and holds until this one is."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An organisation's wish for a later last day."""

    activity: str
    organisation: str
    name: str
    requested_at: datetime
    requested_by: str
    """The colleague whose link it came through; empty for the organisation's own link."""
    until: date
    reason: str
    decided_at: datetime | None
    is_granted: bool | None
    granted_until: date | None
    decided_by: str
    note: str


def answers_begun(session: Session, round_id: int | None) -> Sequence[Begun]:
    """The drafts of a round, newest last."""
    has_answered = (
        select(Answer.id)
        .where(
            col(Answer.invitation_id) == col(Draft.invitation_id),
            col(Answer.form) == col(Draft.form),
            col(Answer.withdrawn_at).is_(None),
        )
        .exists()
    )
    rows = session.execute(
        select_columns(
            Draft, col(Activity.key), col(Organisation.key), col(Organisation.name), has_answered
        )
        .join(Invitation, col(Invitation.id) == Draft.invitation_id)
        .join(Activity, col(Activity.id) == Invitation.activity_id)
        .join(Organisation, col(Organisation.id) == Invitation.organisation_id)
        .where(col(Activity.round_id) == round_id)
        .order_by(col(Draft.saved_at), col(Draft.id))
    )
    return tuple(
        Begun(activity, organisation, name, draft.saved_at, bool(is_change))
        for draft, activity, organisation, name, is_change in rows
    )


def wishes_for_time(
    session: Session,
    round_id: int | None,
    *,
    activity_id: int | None = None,
    organisation_id: int | None = None,
) -> Sequence[Wish]:
    """Every request for a later last day in a round, decided or not, newest last."""
    query = (
        select_columns(
            ExtensionRequest,
            col(Activity.key),
            col(Organisation.key),
            col(Organisation.name),
            col(Link.name),
        )
        .join(Invitation, col(Invitation.id) == ExtensionRequest.invitation_id)
        .join(Activity, col(Activity.id) == Invitation.activity_id)
        .join(Organisation, col(Organisation.id) == Invitation.organisation_id)
        .join(Link, col(Link.id) == ExtensionRequest.requested_by_id, isouter=True)
        .where(col(Activity.round_id) == round_id)
        .order_by(col(ExtensionRequest.requested_at), col(ExtensionRequest.id))
    )
    if activity_id is not None:
        query = query.where(col(Activity.id) == activity_id)
    if organisation_id is not None:
        query = query.where(col(Organisation.id) == organisation_id)
    return tuple(
        Wish(
            activity=activity,
            organisation=organisation,
            name=name,
            requested_at=asked.requested_at,
            requested_by=by or "",
            until=asked.until,
            reason=asked.reason,
            decided_at=asked.decided_at,
            is_granted=asked.is_granted,
            granted_until=asked.granted_until,
            decided_by=asked.decided_by,
            note=asked.note,
        )
        for asked, activity, organisation, name, by in session.execute(query)
    )
