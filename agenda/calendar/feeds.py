"""Calendar feeds: who subscribes to what, and the bytes they get.

A feed's link is one of `agenda.links`, renewed or revoked at any time. The same facts give
the same bytes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from agenda.calendar.deadlines import Dated, organisation_entries, round_entries
from agenda.calendar.rendering import Entry, render_calendar
from agenda.calendar.sentences import SENTENCES
from agenda.kinds import KINDS
from agenda.links.keyring import Keyring
from agenda.links.links import mint, open_links, register
from agenda.models import Activity, Link, Organisation, Purpose, Round, identity
from agenda.plan.model import PlanHead, PlannedActivity
from agenda.register import By, What
from agenda.rounds.facts import plan_activity, situations
from agenda.words.errors import BadInput

CANCELLED_STAYS = timedelta(days=42)
"""How long something cancelled stays in the feed, so that every subscriber sees it is."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A rendered feed."""

    content: bytes = field(repr=False)
    etag: str
    """Strong entity tag over the bytes (RFC 9110 8.8.3), with its quotes."""
    changed_at: datetime
    """The last change, to the second; that something cancelled was left out is one too."""
    holds_until: datetime | None
    """When something cancelled is left out, which changes it though nobody does anything."""
    entries: int
    """How many it holds."""


def subscribe(
    session: Session,
    round_: Round,
    keyring: Keyring,
    *,
    by: By,
    organisation: Organisation | None = None,
    kinds: tuple[str, ...] = (),
    label: str = "",
) -> Link:
    """Make a feed link: a whole round or one organisation's deadlines, all kinds or some.

    Raises:
        BadInput: there is no such kind of activity.
    """
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise BadInput(SENTENCES("no_kind", kind=unknown[0], kinds=", ".join(KINDS)))
    link = Link(
        purpose=Purpose.FEED,
        round_id=identity(round_),
        organisation_id=organisation.id if organisation else None,
        kinds=" ".join(dict.fromkeys(kinds)),
        label=label,
        created_at=by.at,
    )
    mint(session, keyring, link)
    register(session, link, What.FEED_MADE, by=by)
    return link


def feeds_of(session: Session, round_: Round) -> list[Link]:
    """A round's feeds that are open, oldest first."""
    return [link for link in open_links(session, Purpose.FEED) if link.round_id == round_.id]


def render_feed(
    session: Session, link: Link, *, portal_url: str, now: datetime, has_spans: bool = False
) -> Feed:
    """A feed as it stands now.

    Args:
        session: An open session.
        link: The subscriber's link.
        portal_url: Where the portal is reached, for the entries' own links.
        now: The present instant: what was cancelled long ago is left out.
        has_spans: Long activities as one long entry instead of their first and last day.
    """
    return render_reach(session, _reach(link), portal_url=portal_url, now=now, has_spans=has_spans)


class Reach(NamedTuple):
    """What a feed, or a file like it, tells of."""

    round_id: int
    organisation_id: int | None = None
    """Only what is asked of one organisation."""
    kinds: tuple[str, ...] = ()
    """Only activities of these kinds."""


def render_reach(
    session: Session, reach: Reach, *, portal_url: str, now: datetime, has_spans: bool = False
) -> Feed:
    """What a feed of a reach holds now; arguments as for `render_feed`."""
    told = list(_told(session, reach, portal_url=portal_url, has_spans=has_spans))
    staying = [one for one in told if one.leaves_at is None or now <= one.leaves_at]
    gone_at = [one.leaves_at for one in told if one.leaves_at is not None and one.leaves_at < now]
    entries = [one.entry for one in staying]
    content = render_calendar(entries, name=reach_name(session, reach))
    started_at = session.get_one(Round, reach.round_id).started_at
    changes = [started_at, *gone_at, *(entry.changed_at for entry in entries)]
    return Feed(
        content=content,
        etag=f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        changed_at=max(changes).astimezone(UTC).replace(microsecond=0),
        holds_until=min((one.leaves_at for one in staying if one.leaves_at), default=None),
        entries=len(entries),
    )


def feed_name(session: Session, link: Link) -> str:
    """What the calendar is called in the subscriber's list."""
    return reach_name(session, _reach(link))


def reach_name(session: Session, reach: Reach) -> str:
    """What a calendar of a reach is called: another one for every other reach."""
    parts = ["Påverkansagendan", session.get_one(Round, reach.round_id).name]
    if reach.organisation_id is not None:
        parts.append(session.get_one(Organisation, reach.organisation_id).name)
    if reach.kinds:
        parts.append(" och ".join(KINDS[kind].label["sv"] for kind in sorted(set(reach.kinds))))
    return " – ".join(parts)


@dataclass(frozen=True, slots=True)
class _Dated:
    """An activity as far as its own days go, without all that is known of who was asked."""

    round: Round
    row: Activity
    head: PlanHead
    activity: PlannedActivity


class _Told(NamedTuple):
    """An entry of a feed, and when it is left out."""

    entry: Entry
    leaves_at: datetime | None


def _reach(link: Link) -> Reach:
    return Reach(link.round_id, link.organisation_id, tuple(link.kinds.split()))


def _told(session: Session, reach: Reach, *, portal_url: str, has_spans: bool) -> Iterator[_Told]:
    found = _entries(session, reach, portal_url=portal_url, has_spans=has_spans)
    for dated, entries in found:
        if reach.kinds and dated.activity.kind not in reach.kinds:
            continue
        since = dated.row.cancelled_at or dated.row.single_day_since
        for entry in entries:
            leaves_at = since + CANCELLED_STAYS if entry.is_cancelled and since else None
            yield _Told(entry, leaves_at)


def _entries(
    session: Session, reach: Reach, *, portal_url: str, has_spans: bool
) -> Iterator[tuple[Dated, Iterable[Entry]]]:
    if (only := reach.organisation_id) is not None:
        for situation in situations(session, reach.round_id, organisation_id=only):
            yield situation, organisation_entries(situation, only, portal_url=portal_url)
        return
    round_ = session.get_one(Round, reach.round_id)
    head = round_.head
    query = select(Activity).where(Activity.round_id == reach.round_id)
    for row in session.exec(query.order_by(col(Activity.position))):
        dated = _Dated(round_, row, head, plan_activity(row))
        yield dated, round_entries([dated], portal_url=portal_url, has_spans=has_spans)
