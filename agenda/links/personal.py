"""Personal links: each opens one organisation's reply to one activity, until it is revoked."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from agenda.links.keyring import Keyring
from agenda.links.links import mint, register
from agenda.models import Invitation, Link, Purpose, identity
from agenda.register import By, What

MOST_COLLEAGUES = 20
"""How many are invited to one reply, in all: each gets a mail in the region's name."""


def organisation_link(
    session: Session, invitation: Invitation, keyring: Keyring, *, now: datetime
) -> Link:
    """The organisation's own link to its reply; made when it is first needed."""
    found = session.exec(
        select(Link)
        .where(Link.invitation_id == invitation.id, col(Link.invited_by_id).is_(None))
        .where(col(Link.revoked_at).is_(None))
        .order_by(col(Link.id))
    ).first()
    whose = identity(invitation)
    return found or mint(
        session, keyring, Link(purpose=Purpose.REPLY, invitation_id=whose, created_at=now)
    )


def organisation_links(session: Session, activity_id: int) -> dict[int, Link]:
    """The organisations' own open links to an activity, by invitation."""
    found = session.exec(
        select(Link)
        .join(Invitation)
        .where(
            Invitation.activity_id == activity_id,
            col(Link.invited_by_id).is_(None),
            col(Link.revoked_at).is_(None),
        )
        .order_by(col(Link.id).desc())
    )
    return {link.invitation_id: link for link in found}


def invite_colleague(
    session: Session, by: Link, keyring: Keyring, *, name: str, address: str, now: datetime
) -> Link:
    """A link of a colleague's own to the same draft, which can be revoked by itself."""
    made = Link(
        purpose=Purpose.REPLY,
        invitation_id=by.invitation_id,
        name=name,
        address=address,
        invited_by_id=by.id,
        created_at=now,
    )
    mint(session, keyring, made)
    register(session, made, What.COLLEAGUE_INVITED, by=By.holder(by.id, now))
    return made


def note_mailed(session: Session, link: Link, *, by: By) -> None:
    """Register that a link, as it is, is mailed once more to whom it belongs."""
    register(session, link, What.LINK_MAILED, by=by)


def colleagues_left(session: Session, invitation_id: int) -> int:
    """How many more colleagues can be invited to a reply; those whose links are closed count."""
    query = select(func.count()).where(
        Link.invitation_id == invitation_id, col(Link.invited_by_id).is_not(None)
    )
    return max(0, MOST_COLLEAGUES - session.exec(query).one())


def links_of(session: Session, invitation_id: int) -> list[Link]:
    """Every link to a reply that is open, the organisation's own first."""
    return list(
        session.exec(
            select(Link)
            .where(Link.invitation_id == invitation_id, col(Link.revoked_at).is_(None))
            .order_by(col(Link.id))
        )
    )
