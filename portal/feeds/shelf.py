"""Rendered calendar feeds, kept for as long as nothing at all has been changed since.

Calendar programs ask again and again for what seldom changes. Whether anything has is one
look at the register, where every change leaves a line; all who ask at the same time share it.
"""

import asyncio
from email.utils import format_datetime
from typing import NamedTuple

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from agenda.calendar.feeds import Feed, render_feed
from agenda.clock import utc_now
from agenda.links.links import find
from agenda.models import Purpose
from agenda.storage.newest import NewestLine
from agenda.storage.store import reading

MOST_KEPT = 2000
MEDIA_TYPE = "text/calendar; charset=utf-8"


class Shelved(NamedTuple):
    """What is answered for a token, made once: it holds nothing of who asks."""

    whole: Response
    """The feed, or the bare status of one that is closed (410) or never was (404)."""
    unchanged: Response | None = None
    """304, for a program that has it already; None without a feed."""
    feed: Feed | None = None


class FeedShelf:
    """The feeds that were asked for last; never older than what was committed before one asked."""

    def __init__(self, engine: Engine, *, portal_url: str, line: NewestLine | None = None) -> None:
        self._engine = engine
        self._portal_url = portal_url
        self._looks = _Looks(line or NewestLine(engine))
        self._stands_at: object = None
        self._kept: dict[tuple[str, bool], Shelved] = {}

    async def feed(self, token: str, *, has_spans: bool) -> Shelved:
        """What a token opens, now.

        Args:
            token: From the feed's address.
            has_spans: Long activities as one long entry.
        """
        stands_at = await self._looks.newest()
        if stands_at != self._stands_at:
            self._stands_at = stands_at
            self._kept.clear()
        found = self._kept.get((token, has_spans))
        if found is None or _is_over(found):
            found = await run_in_threadpool(self._made, token, has_spans)
            # What was never a feed is not kept, or a guesser could push out those that are;
            # nor is what was read before a change that others have seen meanwhile.
            if found.whole.status_code != 404 and self._stands_at == stands_at:
                self._keep(token, found, has_spans=has_spans)
        return found

    def close(self) -> None:
        """Let go of the database."""
        self._looks.close()

    def _made(self, token: str, has_spans: bool) -> Shelved:
        with reading(self._engine) as session:
            found = find(session, Purpose.FEED, token)
            if found is None or found.is_former:
                return Shelved(Response(status_code=404))
            if not found.is_open:
                return Shelved(Response(status_code=410))
            url, now = self._portal_url, utc_now()
            return _shelved(
                render_feed(session, found.link, portal_url=url, now=now, has_spans=has_spans)
            )

    def _keep(self, token: str, found: Shelved, *, has_spans: bool) -> None:
        self._kept.pop((token, has_spans), None)
        self._kept[token, has_spans] = found
        if len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]


class _Looks:
    """Looks at the register.

    Where a look must be waited for it is shared: one at a time, each for all who asked before
    it began.
    """

    def __init__(self, line: NewestLine) -> None:
        self._line = line
        self._waiting: list[asyncio.Future[object]] = []
        self._looking: asyncio.Task[None] | None = None

    async def newest(self) -> object:
        """What tells the newest line from every other, seen after this was called."""
        if (seen := self._line.look_at_once()) is not None:
            return seen
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        return await waiting

    def close(self) -> None:
        """Let go of the database."""
        self._line.close()

    async def _look(self) -> None:
        try:
            while self._waiting:
                waiting, self._waiting = self._waiting, []
                await self._look_for(waiting)
        finally:
            self._looking = None

    async def _look_for(self, waiting: list[asyncio.Future[object]]) -> None:
        seen: object = None
        failed: Exception | None = None
        try:
            seen = await run_in_threadpool(self._line.look)
        except Exception as error:  # it is theirs who wait
            failed = error
        for one in waiting:
            if one.done():
                continue  # whoever asked has hung up
            if failed is not None:
                one.set_exception(failed)
            else:
                one.set_result(seen)


def _shelved(feed: Feed) -> Shelved:
    headers = {
        "ETag": feed.etag,
        "Last-Modified": format_datetime(feed.changed_at, usegmt=True),
        # Kept by nobody on the way, and by the program only to ask whether it still holds.
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="paverkansagendan.ics"',
    }
    return Shelved(
        whole=Response(feed.content, media_type=MEDIA_TYPE, headers=headers),
        unchanged=Response(status_code=304, headers=headers),
        feed=feed,
    )


def _is_over(found: Shelved) -> bool:
    """Whether something cancelled has stood long enough in it."""
    until = found.feed.holds_until if found.feed else None
    return until is not None and until < utc_now()
