"""Calendar feeds: who subscribes to what, and the bytes they get.

A feed's link is made like a personal link: unguessable, stored as a hash, renewed or
revoked at any time. The same facts give the same bytes.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, select

from agenda.calendar import Entry, render_calendar
from agenda.deadlines import organisation_entries, round_entries
from agenda.errors import BadInput
from agenda.facts import situations
from agenda.kinds import KINDS
from agenda.links import Keyring, derived_token, token_hash
from agenda.models import FeedLink, Organisation, Round, identity
from agenda.register import What, record

CANCELLED_STAYS = timedelta(days=42)
"""How long something cancelled stays in the feed, so that every subscriber sees it is."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A rendered feed."""

    content: bytes
    etag: str
    """Strong entity tag over the bytes (RFC 9110 8.8.3), with its quotes."""
    changed_at: datetime


def subscribe(
    session: Session,
    known: Round,
    keyring: Keyring,
    *,
    now: datetime,
    who: str,
    organisation: Organisation | None = None,
    kinds: tuple[str, ...] = (),
    label: str = "",
) -> FeedLink:
    """Make a feed link: a whole round or one organisation's deadlines, all kinds or some.

    Raises:
        BadInput: there is no such kind of activity.
    """
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise BadInput(
            f"Det finns ingen sorts aktivitet {unknown[0]}. Det finns: {', '.join(KINDS)}."
        )
    link = FeedLink(
        uid=uuid4().hex,
        round_id=identity(known),
        organisation_id=organisation.id if organisation else None,
        kinds=" ".join(kinds),
        label=label,
        token_hash="",
        created_at=now,
    )
    link.token_hash = token_hash(feed_token(link, keyring))
    session.add(link)
    session.flush()
    _register(session, What.FEED_MADE, link, now, who)
    return link


def feed_token(link: FeedLink, keyring: Keyring) -> str:
    """The token in a feed's address."""
    return derived_token(keyring.key, f"feed:{link.uid}:{link.generation}")


def feed_address(link: FeedLink, keyring: Keyring) -> str:
    """The address that a calendar program subscribes to."""
    return f"{keyring.portal_url}/kalender/{feed_token(link, keyring)}.ics"


def find_feed(session: Session, token: str) -> FeedLink | None:
    """The feed that a token opens; revoked ones too, None for one that is not known."""
    return session.exec(select(FeedLink).where(FeedLink.token_hash == token_hash(token))).first()


def feeds_of(session: Session, known: Round) -> list[FeedLink]:
    """A round's feeds that are open, oldest first."""
    query = select(FeedLink).where(
        FeedLink.round_id == known.id, col(FeedLink.revoked_at).is_(None)
    )
    return list(session.exec(query.order_by(col(FeedLink.id))))


def renew_feed(
    session: Session, link: FeedLink, keyring: Keyring, *, now: datetime, who: str
) -> None:
    """Give a feed a new address; the old one opens nothing from now on."""
    link.generation += 1
    link.token_hash = token_hash(feed_token(link, keyring))
    session.add(link)
    _register(session, What.FEED_RENEWED, link, now, who)


def revoke_feed(session: Session, link: FeedLink, *, now: datetime, who: str) -> None:
    """Close a feed.

    Raises:
        BadInput: it is closed already.
    """
    if link.revoked_at is not None:
        raise BadInput("Prenumerationen är redan avslutad.")
    link.revoked_at = now
    session.add(link)
    _register(session, What.FEED_REVOKED, link, now, who)


def render_feed(
    session: Session, link: FeedLink, *, now: datetime, has_spans: bool = False
) -> Feed:
    """A feed as it stands now.

    Args:
        session: An open session.
        link: The subscriber's link.
        now: The present instant: what was cancelled long ago is left out.
        has_spans: Long activities as one long entry instead of their first and last day.
    """
    known = session.get_one(Round, link.round_id)
    entries = list(_entries(session, link, now, has_spans=has_spans))
    content = render_calendar(entries, name=feed_name(session, link))
    return Feed(
        content=content,
        etag=f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        changed_at=max((entry.changed_at for entry in entries), default=known.started_at)
        .astimezone(UTC)
        .replace(microsecond=0),
    )


def feed_name(session: Session, link: FeedLink) -> str:
    """What the calendar is called in the subscriber's list."""
    known = session.get_one(Round, link.round_id)
    organisation = (
        session.get_one(Organisation, link.organisation_id) if link.organisation_id else None
    )
    return " – ".join(
        part
        for part in ("Påverkansagendan", known.name, organisation and organisation.name)
        if part
    )


def _entries(
    session: Session, link: FeedLink, now: datetime, *, has_spans: bool
) -> Iterator[Entry]:
    kinds = link.kinds.split()
    for situation in situations(session, link.round_id):
        cancelled_at = situation.row.cancelled_at
        is_old = cancelled_at is not None and now - cancelled_at > CANCELLED_STAYS
        if is_old or (kinds and situation.activity.kind not in kinds):
            continue
        if link.organisation_id is None:
            yield from round_entries([situation], has_spans=has_spans)
        else:
            yield from organisation_entries(situation, link.organisation_id)


def _register(session: Session, what: What, link: FeedLink, now: datetime, who: str) -> None:
    record(
        session,
        now=now,
        who=who,
        what=what,
        round_id=link.round_id,
        subject=f"kalender {link.id}",
        after=link.label,
    )
