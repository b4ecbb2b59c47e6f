"""Personal links: each opens one organisation's reply to one activity, until it is revoked.

A link's token is made of the installation's secret key, so it can be put into every
reminder and yet is stored nowhere: the database holds its hash, and a queued message the
places where it goes (ASVS 5.0: 11.5.1, 6.5.2).
"""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from agenda.models import Activity, FormerToken, Invitation, Link, identity
from agenda.register import By, Subject, What, record
from agenda.words.errors import BadSettings

_WITH_TOKEN = select(Link).where(Link.token_hash == bindparam("hash"))
MOST_COLLEAGUES = 20
"""How many are invited to one reply, in all: each gets a mail in the region's name."""


class Keyring(NamedTuple):
    """What addresses are made of: the secret key and where the portal is reached."""

    key: bytes
    portal_url: str
    former_key: bytes | None = None
    """The key before this one, while links made of it are still in use."""

    def new(self, what: str) -> str:
        """A token of the present key: 256 bits, URL-safe, 43 characters."""
        return derived_token(self.key, what)

    def stored(self, what: str, *, hashed: str) -> str:
        """The token whose hash is stored, made again of the key that it was made of.

        Raises:
            WrongKey: of neither key; a token of the present one would open nothing.
        """
        for key in filter(None, (self.key, self.former_key)):
            token = derived_token(key, what)
            if token_hash(token) == hashed:
                return token
        raise WrongKey

    def token(self, link: Link) -> str:
        """A personal link's token, as it is in the mails that were sent."""
        return self.stored(_words(link), hashed=link.token_hash)

    def address(self, link: Link) -> str:
        """The whole address that a person clicks."""
        return f"{self.portal_url}/svar/{self.token(link)}"


class WrongKey(BadSettings):
    """The secret key is not the one that the links were made of."""

    def __init__(self) -> None:
        super().__init__(
            "Den hemliga nyckeln är inte den som länkarna i utskickade mejl gjordes av. Sätt "
            "tillbaka den, eller ange den i AGENDA_FORMER_SECRET_KEY. Är den borta eller röjd "
            "gör agenda link rekey nya länkar; de gamla slutar då att gälla."
        )


class Found(NamedTuple):
    """What a token opens."""

    link: Link
    is_former: bool
    """The link has been renewed since: this token opens nothing more."""

    @property
    def is_open(self) -> bool:
        """Whether the token still opens its reply."""
        return not self.is_former and self.link.revoked_at is None


def derived_token(key: bytes, what: str) -> str:
    """A token made of the secret key; the same for the same thing, and guessable by nobody."""
    digest = hmac.new(key, what.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def token_hash(token: str) -> str:
    """What is stored of a token. Plain SHA-256 is right for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


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
    return found or _made(
        session,
        keyring,
        Link(uid=uuid4().hex, invitation_id=identity(invitation), token_hash="", created_at=now),
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
    made = _made(
        session,
        keyring,
        Link(
            uid=uuid4().hex,
            invitation_id=by.invitation_id,
            name=name,
            address=address,
            invited_by_id=by.id,
            token_hash="",
            created_at=now,
        ),
    )
    record(session, By.holder(by.id, now), What.COLLEAGUE_INVITED, _subject(session, made))
    return made


def find_link(session: Session, token: str) -> Found | None:
    """What a token opens or once opened; None for one that never was."""
    wanted = token_hash(token)
    link = session.exec(_WITH_TOKEN, params={"hash": wanted}).first()
    if link is not None:
        return Found(link, is_former=False)
    former = session.get(FormerToken, wanted)
    return Found(session.get_one(Link, former.link_id), is_former=True) if former else None


def renew(session: Session, link: Link, keyring: Keyring, *, by: By) -> None:
    """Give a link a new address; the old one opens nothing from now on."""
    session.add(FormerToken(token_hash=link.token_hash, link_id=identity(link)))
    link.generation += 1
    link.token_hash = token_hash(keyring.new(_words(link)))
    session.add(link)
    record(session, by, What.LINK_RENEWED, _subject(session, link))


def note_mailed(session: Session, link: Link, *, by: By) -> None:
    """Register that a link, as it is, is mailed once more to whom it belongs."""
    record(session, by, What.LINK_MAILED, _subject(session, link))


def revoke(session: Session, link: Link, *, by: By) -> None:
    """Close a link, and those of the colleagues that were invited through it."""
    if link.revoked_at is not None:
        return
    link.revoked_at = by.at
    session.add(link)
    record(session, by, What.LINK_REVOKED, _subject(session, link))
    for invited in session.exec(
        select(Link).where(Link.invited_by_id == link.id).order_by(col(Link.id))
    ):
        revoke(session, invited, by=by)


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


def _words(link: Link) -> str:
    return f"{link.uid}:{link.generation}"


def _made(session: Session, keyring: Keyring, link: Link) -> Link:
    link.token_hash = token_hash(keyring.new(_words(link)))
    session.add(link)
    session.flush()
    return link


def _subject(session: Session, link: Link) -> Subject:
    invitation = session.get_one(Invitation, link.invitation_id)
    activity = session.get_one(Activity, invitation.activity_id)
    return Subject(f"länk {link.id}", activity.round_id)
