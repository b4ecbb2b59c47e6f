"""`/tillganglighet`: how accessible the pages are, as the law on digital services asks.

Lag (2018:1937) om tillgänglighet till digital offentlig service and Digg's regulations
(MDFFS 2019:2) say what such a statement holds and that it can be found from every page.
"""

from fastapi import APIRouter, Request, Response

from portal.door.voice import language_of, show

CHECKED_ON = "2026-11-21"
"""When the pages were last checked as a whole, which the statement must say."""

router = APIRouter()


@router.api_route("/tillganglighet", methods=["GET", "HEAD"])
def statement(request: Request) -> Response:
    """The accessibility statement."""
    return show(request, "accessibility.html", language=language_of(request), checked_on=CHECKED_ON)
