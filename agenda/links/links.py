"""Links of every purpose: made, found by a token, renewed, closed, and registered."""

from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from agenda.links.keyring import Keyring, token_hash
from agenda.models import Activity, FormerToken, Invitation, Link, Purpose, identity
from agenda.register import By, Subject, What, record

# Made once: making a statement takes as long as running it.
_OPENED = select(Link).where(
    col(Link.purpose) == bindparam("purpose"), col(Link.token_hash) == bindparam("hash")
)
_RENEWED = (
    select(Link)
    .join(FormerToken)
    .where(
        col(Link.purpose) == bindparam("purpose"),
        col(FormerToken.token_hash) == bindparam("hash"),
    )
)


class Found(NamedTuple):
    """What a token opens."""

    link: Link
    is_former: bool
    """The link has been renewed since: this token opens nothing more."""

    @property
    def is_open(self) -> bool:
        """Whether the token still opens what the link is for."""
        return not self.is_former and self.link.revoked_at is None


class _Registered(NamedTuple):
    """How the register speaks of the links of one purpose."""

    noun: str
    renewed: What
    revoked: What


_REGISTERED = {
    Purpose.REPLY: _Registered("länk", What.LINK_RENEWED, What.LINK_REVOKED),
    Purpose.DECISION: _Registered("beslutslänk", What.LINK_RENEWED, What.LINK_REVOKED),
    Purpose.FEED: _Registered("kalender", What.FEED_RENEWED, What.FEED_REVOKED),
}


def mint(session: Session, keyring: Keyring, link: Link) -> Link:
    """Store a new link, with what its token is known by."""
    link.token_hash = keyring.new_hash(link)
    session.add(link)
    session.flush()
    return link


def find(session: Session, purpose: Purpose, token: str) -> Found | None:
    """What a token of a purpose opens or once opened; None for one that never was."""
    wanted = {"purpose": purpose, "hash": token_hash(token)}
    link = session.exec(_OPENED, params=wanted).first()
    if link is not None:
        return Found(link, is_former=False)
    former = session.exec(_RENEWED, params=wanted).first()
    return Found(former, is_former=True) if former else None


def renew(session: Session, link: Link, keyring: Keyring, *, by: By) -> None:
    """Give a link a new address; the old one opens nothing from now on."""
    session.add(FormerToken(token_hash=link.token_hash, link_id=identity(link)))
    link.generation += 1
    link.token_hash = keyring.new_hash(link)
    session.add(link)
    register(session, link, _REGISTERED[link.purpose].renewed, by=by)


def revoke(session: Session, link: Link, *, by: By) -> None:
    """Close a link, and those of the colleagues that were invited through it."""
    if link.revoked_at is not None:
        return
    link.revoked_at = by.at
    session.add(link)
    register(session, link, _REGISTERED[link.purpose].revoked, by=by)
    for invited in session.exec(
        select(Link).where(Link.invited_by_id == link.id).order_by(col(Link.id))
    ):
        revoke(session, invited, by=by)


def open_links(session: Session, *purposes: Purpose) -> list[Link]:
    """Every link of some purposes that is not closed, oldest first."""
    query = select(Link).where(col(Link.purpose).in_(purposes), col(Link.revoked_at).is_(None))
    return list(session.exec(query.order_by(col(Link.id))))


def register(session: Session, link: Link, what: What, *, by: By) -> None:
    """Add a line to the register about a link, by its number."""
    noun = _REGISTERED[link.purpose].noun
    subject = Subject(f"{noun} {link.id}", _round_id(session, link))
    record(session, by, what, subject, after=link.label)


def _round_id(session: Session, link: Link) -> int | None:
    if link.purpose is not Purpose.REPLY:
        return link.round_id
    invitation = session.get_one(Invitation, link.invitation_id)
    return session.get_one(Activity, invitation.activity_id).round_id
