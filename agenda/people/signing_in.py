"""A way in to the desk: asked for by address, mailed, and spent by a press.

Whoever asks is told the same whether their address is anybody's or not. What is mailed holds
for ten minutes and once, in the browser that asked; in another, with the code that the page of
that browser shows. So a program that opens or presses what is mailed gets nowhere, and nor does
who has somebody else's address asked for and waits for them to press.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlmodel import Session, col, delete, func, select

from agenda.links.keyring import Keyring, derived_token, token_hash
from agenda.models import Coordinator, DirectoryIdentity, SignIn, identity
from agenda.people.sessions import begin
from agenda.words.addresses import mailbox_of

HOLDS: Final = timedelta(minutes=10)
MOST_WRONG_CODES: Final = 5
MOST_FOR_ADDRESS: Final = 5
"""How many are mailed to an address in an hour."""
MOST_FROM_CLIENT: Final = 30
"""How many are asked for from one place in an hour."""
_AN_HOUR: Final = timedelta(hours=1)
_CODE_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Way:
    """What is mailed to somebody who asked."""

    coordinator: Coordinator
    token: str


class TooManyAsked(Exception):
    """From one place it has been asked for more often than people do."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


def a_browser() -> str:
    """A secret for the browser that asks: 256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def code_of(keyring: Keyring, browser: str) -> str:
    """The short code that the page of the browser that asked shows: six digits."""
    number = int.from_bytes(derived_token(keyring.key, f"sign-in code:{browser}").encode())
    return f"{number % 10**_CODE_DIGITS:0{_CODE_DIGITS}d}"


def ask(
    session: Session,
    keyring: Keyring,
    *,
    address: str,
    browser: str,
    client: str,
    lets_in_bound: bool = True,
    now: datetime,
) -> Way | None:
    """Store that somebody asked to come in; what to mail them, None where nothing is.

    Args:
        session: A transaction.
        keyring: What codes are made of.
        address: The mail address that was given.
        browser: The secret of the browser that asks.
        client: Where they came from.
        lets_in_bound: Whether those come in by mail too whom the directory signs in.
        now: When.

    Raises:
        TooManyAsked: too often from there; nothing is stored.
    """
    whose, whence = (_mark(keyring, text) for text in (mailbox_of(address), client))
    _refuse_too_many(session, whence, now=now)
    found = coordinator_at(session, address)
    if found is not None and not lets_in_bound and _is_bound(session, found):
        found = None
    token = secrets.token_urlsafe(32)
    is_enough = _asked(session, col(SignIn.address_hash) == whose, now) >= MOST_FOR_ADDRESS
    session.add(
        SignIn(
            coordinator_id=None if found is None or is_enough else identity(found),
            token_hash=token_hash(token),
            browser_hash=token_hash(browser),
            code_hash=_code_hash(keyring, token, code_of(keyring, browser)),
            address_hash=whose,
            client_hash=whence,
            asked_at=now,
        )
    )
    return None if found is None or is_enough else Way(found, token)


def let_in_anywhere(session: Session, coordinator: Coordinator, *, now: datetime) -> str:
    """A way in for whoever is given it, in any browser: for who has the machine itself."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(coordinator_id=identity(coordinator), token_hash=token_hash(token), asked_at=now)
    )
    return token


def find(session: Session, token: str, *, now: datetime) -> SignIn | None:
    """The way in that a token opens; None where it opens nothing, or no longer."""
    return session.exec(
        select(SignIn)
        .join(Coordinator)
        .where(
            SignIn.token_hash == token_hash(token),
            col(SignIn.spent_at).is_(None),
            col(SignIn.asked_at) > now - HOLDS,
            col(Coordinator.left_at).is_(None),
        )
    ).first()


def needs_code(found: SignIn, browser: str) -> bool:
    """Whether it was another browser that asked, so that the code has to be typed."""
    wanted = found.browser_hash
    return bool(wanted) and not hmac.compare_digest(wanted, token_hash(browser))


def spend(
    session: Session, keyring: Keyring, token: str, *, browser: str, code: str, now: datetime
) -> str | None:
    """Sign in whoever presses; the secret of their session's cookie, None where the code is wrong.

    A wrong code is counted; after the last that is let pass the way in is shut.

    Args:
        session: A transaction.
        keyring: What codes are made of.
        token: Of the address that was mailed.
        browser: The secret of the browser that presses; empty where it has none.
        code: What was typed there.
        now: When.

    Raises:
        LookupError: the token opens nothing, or no longer.
    """
    found = find(session, token, now=now)
    if found is None:
        raise LookupError("no such way in")
    if needs_code(found, browser) and not _is_right(found, keyring, token, code):
        found.wrong_codes += 1
        if found.wrong_codes >= MOST_WRONG_CODES:
            found.spent_at = now
        return None
    found.spent_at = now
    return begin(session, session.get_one(Coordinator, found.coordinator_id), now=now)


def forget_old(session: Session, *, before: datetime) -> None:
    """Remove what was asked for before an instant."""
    session.exec(delete(SignIn).where(col(SignIn.asked_at) < before))


def coordinator_at(session: Session, address: str) -> Coordinator | None:
    """The one who has a mailbox, of those who come to the desk; the newest, where it had several.

    Compared here, not by the database, which knows nothing of å in a domain.
    """
    query = select(Coordinator).where(col(Coordinator.left_at).is_(None))
    rows = session.exec(query.order_by(col(Coordinator.id).desc())).all()
    wanted = mailbox_of(address)
    return next((one for one in rows if mailbox_of(one.address) == wanted), None)


def _is_bound(session: Session, person: Coordinator) -> bool:
    query = select(DirectoryIdentity).where(DirectoryIdentity.coordinator_id == person.id)
    return session.exec(query).first() is not None


def _is_right(found: SignIn, keyring: Keyring, token: str, code: str) -> bool:
    typed = "".join(code.split())
    return hmac.compare_digest(found.code_hash, _code_hash(keyring, token, typed))


def _code_hash(keyring: Keyring, token: str, code: str) -> str:
    # Of the secret key too: a code alone could be found from its hash by trying them all.
    return derived_token(keyring.key, f"sign-in code:{token_hash(token)}:{code}")


def _mark(keyring: Keyring, text: str) -> str:
    """What an address is counted by; nobody can tell from it which address it is."""
    return sha256(derived_token(keyring.key, f"sign-in:{text}").encode()).hexdigest()


def _asked(session: Session, whose: object, now: datetime) -> int:
    query = select(func.count()).select_from(SignIn).where(whose)  # type: ignore[arg-type]
    return session.exec(query.where(col(SignIn.asked_at) > now - _AN_HOUR)).one()


def _refuse_too_many(session: Session, whence: str, *, now: datetime) -> None:
    if _asked(session, col(SignIn.client_hash) == whence, now) < MOST_FROM_CLIENT:
        return
    first = select(func.min(SignIn.asked_at)).where(
        SignIn.client_hash == whence, col(SignIn.asked_at) > now - _AN_HOUR
    )
    since = session.exec(first).one()
    raise TooManyAsked(int((since + _AN_HOUR - now).total_seconds()) + 1)
