"""The open links to an organisation's replies, never the links themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from agenda.models import Activity, Invitation, Link, Purpose, identity


@dataclass(frozen=True, slots=True)
class OpenLink:
    """One link that is open."""

    id: int
    activity: str
    """Its key."""
    title: str
    name: str
    """Whom it was made for; empty for the organisation's own."""
    address: str
    created_at: datetime


def open_links_of(session: Session, organisation_id: int) -> Sequence[OpenLink]:
    """The open links of an organisation, activity by activity, its own first."""
    rows = session.exec(
        select(Link, Activity)
        .join(Invitation, col(Invitation.id) == col(Link.invitation_id))
        .join(Activity, col(Activity.id) == col(Invitation.activity_id))
        .where(
            Link.purpose == Purpose.REPLY,
            Invitation.organisation_id == organisation_id,
            col(Link.revoked_at).is_(None),
        )
        .order_by(col(Activity.position), col(Link.invited_by_id).is_not(None), col(Link.id))
    )
    return [
        OpenLink(identity(link), row.key, row.title, link.name, link.address, link.created_at)
        for link, row in rows
    ]


def link_of(session: Session, organisation_id: int, number: int) -> tuple[Link, Activity] | None:
    """One open link of an organisation, with its activity; never another's."""
    link = session.get(Link, number)
    if link is None or link.purpose is not Purpose.REPLY or link.revoked_at is not None:
        return None
    invitation = session.get_one(Invitation, link.invitation_id)
    if invitation.organisation_id != organisation_id:
        return None
    return link, session.get_one(Activity, invitation.activity_id)
