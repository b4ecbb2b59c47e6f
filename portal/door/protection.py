"""Protection of the open doors: where a form came from, how large it is, how often one comes."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from fastapi import Request, Response
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from agenda.attachments import LARGEST_FILE, LARGEST_TOGETHER
from agenda.installation.settings import Settings

LARGEST_BODY: Final = LARGEST_TOGETHER + LARGEST_FILE
"""Octets, of a form with files. More than an answer may hold, so that a file too many is refused
by name while the rest of what was written is kept."""
LARGEST_SHORT: Final = 64 * 1024
"""Octets of any other body: the longest reason for more time, written in any alphabet, is less."""
LARGEST_TEXT: Final = 8 * 1024 * 1024
"""Octets of a form's texts together, which unlike its files are held in memory."""
_READ_AWAY_TIMES: Final = 4
_READ_AWAY_LEAST: Final = 4 * 1024 * 1024
BODY_SECONDS: Final = 300
"""How long a body may take to come: 60 MB over a slow line takes minutes."""
MOST_FIELDS: Final = 8000
"""A group has at most 200 rows of 30 fields, and each row says its number."""
LARGEST_FIELD: Final = 1024 * 1024

LIMITS: Final[dict[str, RateLimitItem]] = {
    # Everybody behind one municipality's address, or behind a proxy that is not trusted.
    "address": RateLimitItemPerMinute(6000),
    "wrong link": RateLimitItemPerMinute(60),
    "link": RateLimitItemPerMinute(600),
    "link written": RateLimitItemPerMinute(120),
    "colleague": RateLimitItemPerHour(5),
    "new link": RateLimitItemPerHour(3),
    "new link from": RateLimitItemPerHour(30),
}
"""How often each thing may be done by the same one."""
OF_ALL: Final[dict[str, RateLimitItem]] = {
    "wrong link": RateLimitItemPerMinute(1200),
    "new link from": RateLimitItemPerHour(600),
}
"""And by all together, from however many addresses. Nothing that a valid link opens is among
them: a flood must not shut out those who have one."""


class TooOften(Exception):
    """Somebody comes more often than a person would."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Gates:
    """Counts who comes how often, in this process's memory."""

    def __init__(
        self,
        limits: dict[str, RateLimitItem] | None = None,
        *,
        of_all: dict[str, RateLimitItem] | None = None,
    ) -> None:
        self._limits = LIMITS if limits is None else LIMITS | limits
        self._of_all = OF_ALL if of_all is None else of_all
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def enter(self, gate: str, who: str) -> None:
        """Count somebody in.

        Raises:
            TooOften: the limit is reached; says after how many seconds there is room again.
        """
        self._count(self._limits[gate], gate, who)
        if gate in self._of_all:
            self._count(self._of_all[gate], gate)

    def _count(self, limit: RateLimitItem, *whom: str) -> None:
        if not self._limiter.hit(limit, *whom):
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
    own = f"{request.scope['scheme']}://{request.headers.get('host', '')}"
    return origin in (own, _origin_of(settings.portal_url))


def _origin_of(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}".lower()


class BodyLimit:
    """Answers a body that is too large with a page, and takes in no more than the limit."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        refuse: Callable[[Request], Response],
        bound: Callable[[Scope], int],
        seconds: float = BODY_SECONDS,
    ) -> None:
        self._app = app
        self._bound = bound
        self._seconds = seconds
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        length = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        # Twenty digits say enough, and Python reads no more than some thousand of them.
        octets = int(length[:20]) if length.isdecimal() else 0
        most = self._bound(scope) if scope["type"] == "http" else 0
        if octets <= most:
            # Counted too: it may say another length than it has, or none.
            await RequestBodyLimitMiddleware(self._app, most)(scope, receive, send)
            return
        if octets <= most_read_away(most):
            with suppress(TimeoutError):
                async with asyncio.timeout(self._seconds):
                    await _read_away(receive)
        await self._refuse(Request(scope))(scope, receive, send)


def most_read_away(most: int) -> int:
    """How much of a body that is too large is still taken in, piece by piece, and dropped.

    A browser that is hung up on while it sends shows a fault of its own instead of the page that
    says why.
    """
    return max(_READ_AWAY_TIMES * most, _READ_AWAY_LEAST)


async def _read_away(receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
