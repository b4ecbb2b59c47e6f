"""The region's own directory as a way in: browsers on their way there, and who is whom.

Somebody is known by issuer and subject, never by an address: what a directory says of those is
no proof, and they are handed on. Who is whom is said by a person who is signed in here already
and comes back from the directory in the same browser.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlmodel import Session, col, delete, func, select

from agenda.links.keyring import Keyring, derived_token, token_hash
from agenda.models import Coordinator, DirectoryIdentity, DirectoryVisit, identity
from agenda.people.signing_in import HOLDS, TooManyAsked
from agenda.register import By, What, record

MOST_FROM_CLIENT: Final = 60
"""How many set out from one place in an hour; a whole office may be behind one address."""
_AN_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SetOut:
    """What goes with a browser to the directory; all of it comes back, or can be told again."""

    state: str
    nonce: str
    verifier: str
    """Proves to the directory that who brings its code is who set out (RFC 7636)."""


def set_out(
    session: Session,
    keyring: Keyring,
    *,
    browser: str,
    client: str,
    issuer: str,
    binds: Coordinator | None,
    now: datetime,
) -> SetOut:
    """Store that a browser goes to the directory.

    Args:
        session: A transaction.
        keyring: What the secrets of the trip are made of.
        browser: The secret of the browser.
        client: Where it is.
        issuer: The directory.
        binds: Who is signed in there and wants to come in by the directory from now on.
        now: When.

    Raises:
        TooManyAsked: too often from there; nothing is stored.
    """
    whence = sha256(derived_token(keyring.key, f"directory:{client}").encode()).hexdigest()
    _refuse_too_many(session, whence, now=now)
    state = secrets.token_urlsafe(32)
    session.add(
        DirectoryVisit(
            state_hash=token_hash(state),
            browser_hash=token_hash(browser),
            client_hash=whence,
            binds_id=binds.id if binds else None,
            asked_at=now,
        )
    )
    return going(keyring, state=state, browser=browser, issuer=issuer)


def going(keyring: Keyring, *, state: str, browser: str, issuer: str) -> SetOut:
    """What goes with a trip, told again; of another browser or directory it is another."""
    told = (
        derived_token(keyring.key, f"directory {what}:{issuer}:{state}:{browser}")
        for what in ("nonce", "verifier")
    )
    return SetOut(state, *told)


def come_back(
    session: Session, *, state: str, browser: str, now: datetime
) -> DirectoryVisit | None:
    """Spend a trip; None where this browser set out on none such, too long ago or came back.

    Args:
        session: A transaction.
        state: What the directory gave back.
        browser: The secret of the browser; empty where it has none.
        now: When.
    """
    found = session.exec(
        select(DirectoryVisit)
        .where(
            DirectoryVisit.state_hash == token_hash(state),
            col(DirectoryVisit.spent_at).is_(None),
            col(DirectoryVisit.asked_at) > now - HOLDS,
        )
        .with_for_update()
    ).first()
    # Another browser's visit leaves it unspent: whoever reads the address stops nobody.
    if found is None or not hmac.compare_digest(found.browser_hash, token_hash(browser)):
        return None
    found.spent_at = now
    return found


def whose(session: Session, *, issuer: str, subject: str) -> Coordinator | None:
    """Whom an identity belongs to, though they may have left; None where it is nobody's."""
    query = (
        select(Coordinator)
        .join(DirectoryIdentity)
        .where(DirectoryIdentity.issuer == issuer, DirectoryIdentity.subject == subject)
    )
    return session.exec(query).first()


def identity_of(session: Session, coordinator_id: int) -> DirectoryIdentity | None:
    """Who somebody is in the directory; None where that is not said."""
    query = select(DirectoryIdentity).where(DirectoryIdentity.coordinator_id == coordinator_id)
    return session.exec(query).first()


def bind(session: Session, person: Coordinator, *, issuer: str, subject: str, by: By) -> bool:
    """Say who somebody is in the directory; whether it could be, as it is nobody else's.

    What they were there before they are no longer. Who has left keeps nothing from whoever comes
    back under another name.
    """
    owner = whose(session, issuer=issuer, subject=subject)
    if owner is not None and (owner.id == person.id or owner.left_at is None):
        return owner.id == person.id
    if owner is not None:
        unbind(session, owner, by=by)
    unbind(session, person, by=by)
    session.flush()
    session.add(
        DirectoryIdentity(
            coordinator_id=identity(person), issuer=issuer, subject=subject, bound_at=by.at
        )
    )
    record(session, by, What.DIRECTORY_BOUND, after=person.name)
    return True


def unbind(session: Session, person: Coordinator, *, by: By) -> None:
    """Have the directory sign somebody in no longer."""
    if found := identity_of(session, identity(person)):
        session.delete(found)
        record(session, by, What.DIRECTORY_UNBOUND, before=person.name)


def forget_old(session: Session, *, before: datetime) -> None:
    """Remove the trips that began before an instant."""
    session.exec(delete(DirectoryVisit).where(col(DirectoryVisit.asked_at) < before))


def _refuse_too_many(session: Session, whence: str, *, now: datetime) -> None:
    mine = (
        DirectoryVisit.client_hash == whence,
        col(DirectoryVisit.asked_at) > now - _AN_HOUR,
    )
    count, first = session.exec(
        select(func.count(), func.min(DirectoryVisit.asked_at)).where(*mine)
    ).one()
    if count >= MOST_FROM_CLIENT:
        raise TooManyAsked(int((first + _AN_HOUR - now).total_seconds()) + 1)
