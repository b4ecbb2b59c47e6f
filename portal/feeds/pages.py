"""Calendar feeds over HTTP: /kalender/<token>.ics for programs, /kalender/<token> for people."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response

from agenda.calendar.feeds import Feed, feed_name
from agenda.links.links import find
from agenda.models import Purpose
from agenda.storage.store import reading
from portal.door.rendering import Database, InForce, page
from portal.door.visits import client_of, gates
from portal.feeds.shelf import FeedShelf

PATH = "/kalender/{token}.ics"
RETRY_SECONDS = 300
"""When a program may ask again for what cannot be had now."""
_YES = ("1", "true", "yes", "ja", "on")

router = APIRouter(prefix="/kalender")


async def feed(request: Request) -> Response:
    """A feed; 304 when the program has it already, 404 or 410 without detail when it is none."""
    shelf: FeedShelf = request.app.state.feeds
    # Taking an empty query apart would cost more than all the rest of this.
    has_query = request.scope["query_string"] != b""
    has_spans = has_query and request.query_params.get("spann", "").lower() in _YES
    found = await shelf.feed(request.path_params["token"], has_spans=has_spans)
    if found.whole.status_code == 404:
        gates(request).enter("wrong link", client_of(request))
    if found.feed and found.unchanged and _has_it(request, found.feed):
        return found.unchanged
    return found.whole


@router.get("/{token}")
def instructions(request: Request, token: str, engine: Database, settings: InForce) -> Response:
    """How to subscribe to a feed, program by program."""
    with reading(engine) as session:
        found = find(session, Purpose.FEED, token)
        link = found.link if found and not found.is_former else None
        name = feed_name(session, link) if link else ""
        is_open = link is not None and link.revoked_at is None
    if link is None:
        gates(request).enter("wrong link", client_of(request))
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


def is_feed(request: Request) -> bool:
    """Whether a program asks, at the address of a feed."""
    path: str = request.scope["path"]
    return path.startswith("/kalender/") and path.endswith(".ics")


def closed_for_now() -> Response:
    """What a program gets while the portal cannot work: it keeps what it has, and asks again."""
    return Response(status_code=503, headers={"Retry-After": str(RETRY_SECONDS)})


def _has_it(request: Request, feed: Feed) -> bool:
    """Whether the program already has these bytes (RFC 9110 13.2.2: the ETag goes first)."""
    if (tags := request.headers.get("if-none-match")) is not None:
        return tags in ("*", feed.etag) or feed.etag in [
            tag.strip().removeprefix("W/") for tag in tags.split(",")
        ]
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):
        return False
    return feed.changed_at <= _aware(since)


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
