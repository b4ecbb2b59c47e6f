"""Protection of the open doors: where a form came from, how large it is, how often one comes."""

from collections.abc import Callable
from typing import Final

from fastapi import Request, Response
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from agenda.attachments import LARGEST_FILE, LARGEST_TOGETHER
from agenda.settings import Settings

LARGEST_BODY: Final = LARGEST_TOGETHER + LARGEST_FILE
"""Octets. More than an answer may hold, so that a file too many is refused by name while the
rest of what was written is kept."""
MOST_READ_AWAY: Final = 4 * LARGEST_BODY
"""How much of a body that is too large is still taken in: a browser that is hung up on while
it sends shows a fault of its own instead of the page that says why."""
MOST_FIELDS: Final = 8000
"""A group has at most 200 rows of 30 fields, and each row says its number."""
LARGEST_FIELD: Final = 1024 * 1024

LIMITS: Final[dict[str, RateLimitItem]] = {
    # Everybody behind one municipality's address, or behind a proxy that is not trusted.
    "address": RateLimitItemPerMinute(6000),
    "wrong link": RateLimitItemPerMinute(60),
    "link": RateLimitItemPerMinute(600),
    "link written": RateLimitItemPerMinute(120),
    "colleague": RateLimitItemPerHour(20),
    "new link": RateLimitItemPerHour(3),
    "new link from": RateLimitItemPerHour(30),
}
"""How often each thing may be done by the same one."""


class TooOften(Exception):
    """Somebody comes more often than a person would."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Gates:
    """Counts who comes how often, in this process's memory."""

    def __init__(self, limits: dict[str, RateLimitItem] | None = None) -> None:
        self._limits = LIMITS if limits is None else LIMITS | limits
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def enter(self, gate: str, who: str) -> None:
        """Count somebody in.

        Raises:
            TooOften: the limit is reached; says after how many seconds there is room again.
        """
        limit = self._limits[gate]
        if not self._limiter.hit(limit, gate, who):
            # Half a window on, half of what was counted has gone out of sight.
            raise TooOften(max(1, limit.get_expiry() // 2))


def is_own_page(request: Request, settings: Settings) -> bool:
    """Whether a posted form says that it was on a page of ours (Origin, RFC 6454 7).

    Every browser of today sends Origin with a posted form. "null" is no origin: a page that
    hides where it is from must not act in somebody's name.
    """
    origin = request.headers.get("origin")
    if origin is None:
        return request.headers.get("sec-fetch-site") == "same-origin"
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return origin in (own, _origin_of(settings.portal_url))


def _origin_of(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}".lower()


class BodyLimit:
    """Answers a body that is too large with a page, and takes in no more than the limit."""

    def __init__(
        self, app: ASGIApp, *, refuse: Callable[[Request], Response], most: int = LARGEST_BODY
    ) -> None:
        self._most = most
        self._refuse = refuse
        # For one that does not say how long it is.
        self._counting = RequestBodyLimitMiddleware(app, most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        length = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        if not length.isdecimal() or int(length) <= self._most:
            await self._counting(scope, receive, send)
            return
        if int(length) <= MOST_READ_AWAY:
            await _read_away(receive)
        await self._refuse(Request(scope))(scope, receive, send)


async def _read_away(receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
