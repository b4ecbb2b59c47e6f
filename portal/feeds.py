"""Calendar feeds over HTTP: /kalender/<token>.ics for programs, /kalender/<token> for people."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from time import monotonic
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from agenda.clock import utc_now
from agenda.feeds import Feed, feed_name, find_feed, render_feed
from agenda.store import reading
from portal.pages.rendering import Database, InForce, page

FRESH_SECONDS = 5.0
"""How long a rendered feed is served without a look at the database: programs ask hourly."""
MOST_KEPT = 2000
MEDIA_TYPE = "text/calendar; charset=utf-8"

router = APIRouter(prefix="/kalender")


@dataclass
class FeedShelf:
    """The feeds that were asked for last, each with when it was rendered."""

    fresh_seconds: float = FRESH_SECONDS
    kept: dict[tuple[str, bool], tuple[float, Feed | int]] = field(default_factory=dict)

    def fresh(self, token: str, *, has_spans: bool) -> Feed | int | None:
        """A feed, or the status of one that is gone, if it is fresh enough to serve."""
        rendered_at, feed = self.kept.get((token, has_spans), (0.0, None))
        return feed if monotonic() - rendered_at < self.fresh_seconds else None

    def keep(self, token: str, feed: Feed | int, *, has_spans: bool) -> None:
        """Keep a feed; of too many, the oldest goes."""
        self.kept.pop((token, has_spans), None)
        self.kept[token, has_spans] = (monotonic(), feed)
        if len(self.kept) > MOST_KEPT:
            del self.kept[next(iter(self.kept))]


@router.api_route("/{token}.ics", methods=["GET", "HEAD"])
async def feed(
    request: Request, token: str, engine: Database, spann: Annotated[bool, Query()] = False
) -> Response:
    """A feed; 304 when the program has it already, 404 or 410 without detail when it is none."""
    shelf: FeedShelf = request.app.state.feeds
    found = shelf.fresh(token, has_spans=spann)
    if found is None:
        found = await run_in_threadpool(_rendered, engine, token, spann)
        if found != 404:
            # What was never a feed is not kept, or a guesser could push out those that are.
            shelf.keep(token, found, has_spans=spann)
    if isinstance(found, int):
        return Response(status_code=found)
    headers = {
        "ETag": found.etag,
        "Last-Modified": format_datetime(found.changed_at, usegmt=True),
        "Cache-Control": "private, max-age=300",
        "Content-Disposition": 'inline; filename="paverkansagendan.ics"',
    }
    if _has_it(request, found):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=MEDIA_TYPE, headers=headers)


@router.get("/{token}")
def instructions(request: Request, token: str, engine: Database, settings: InForce) -> Response:
    """How to subscribe to a feed, program by program."""
    with reading(engine) as session:
        link = find_feed(session, token)
        name = feed_name(session, link) if link else ""
        is_open = link is not None and link.revoked_at is None
    address = f"{settings.portal_url}/kalender/{token}.ics"
    return page(
        request,
        "feed.html",
        status_code=200 if is_open else 410 if link else 404,
        is_open=is_open,
        name=name,
        address=address,
        webcal=urlsplit(address)._replace(scheme="webcal").geturl(),
    )


def _rendered(engine: Engine, token: str, has_spans: bool) -> Feed | int:
    with reading(engine) as session:
        link = find_feed(session, token)
        if link is None:
            return 404
        if link.revoked_at is not None:
            return 410
        return render_feed(session, link, now=utc_now(), has_spans=has_spans)


def _has_it(request: Request, feed: Feed) -> bool:
    """Whether the program already has these bytes (RFC 9110 13.2.2: the ETag goes first)."""
    if (tags := request.headers.get("if-none-match")) is not None:
        return tags.strip() == "*" or feed.etag in [
            tag.strip().removeprefix("W/") for tag in tags.split(",")
        ]
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return feed.changed_at <= _aware(since)


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
