"""What the desk says to those who are not let in, or not so far."""

from contextlib import suppress

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.routing import Match

from portal.desk.cookies import HOME, DeskCookie, kept
from portal.desk.entrance.signing_in import sign_in
from portal.desk.starting.visits import DraftStarted
from portal.desk.visits import READS, DeskVisit, NotFresh, NotSignedIn, NotYours, RefusedBecause
from portal.door.posting import Posted, TooMuchText, open_form
from portal.door.voice import language_of

_NOTHING = Posted((), (), frozenset())


def install(app: FastAPI) -> None:
    """Have an application answer whom the desk does not let in."""
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(NotYours, _not_yours)
    app.add_exception_handler(NotFresh, _not_fresh)
    app.add_exception_handler(DraftStarted, _started)


async def _not_signed_in(request: Request, _error: Exception) -> Response:
    """The page that asks who it is; with what was written, which would be lost otherwise."""
    posted = _NOTHING
    if request.method not in READS and kept(request, DeskCookie.SIGNED_IN):
        with suppress(TooMuchText):
            async with open_form(request, language=language_of(request)) as found:
                posted = found
    return sign_in(
        request,
        on=_way_on(request),
        status_code=401,
        is_over=bool(kept(request, DeskCookie.SIGNED_IN)),
        written=posted.written,
    )


def _not_yours(_request: Request, error: Exception) -> Response:
    if not isinstance(error, NotYours):
        raise error
    # Of the desk itself, whichever of its rooms they came to.
    return DeskVisit.show(
        error.here,
        "refused.html",
        status_code=404 if error.why is RefusedBecause.NOT_THERE else 403,
        title=error.here.say(f"{error.why}_title"),
        advice=error.here.say(error.why.value),
    )


def _not_fresh(request: Request, error: Exception) -> Response:
    if not isinstance(error, NotFresh):
        raise error
    return sign_in(
        request,
        on=_way_on(request),
        status_code=403,
        is_stale=True,
        written=getattr(request.state, "posted", _NOTHING).written,
        own_address=error.here.person.address,
    )


def _started(_request: Request, error: Exception) -> Response:
    """Whoever comes to a draft that a round was started with goes on to the round."""
    if not isinstance(error, DraftStarted):
        raise error
    return RedirectResponse(f"{HOME}/{error.round_id}", status_code=303)


def _way_on(request: Request) -> str:
    """The page that somebody was on, with what was chosen there.

    Where nothing but a form is posted to an address, it is the page above it.
    """
    path, query = request.url.path, request.url.query
    while path != HOME and not _is_page(request, path):
        path, query = path.rpartition("/")[0], ""
    return f"{path}?{query}" if query else path


def _is_page(request: Request, path: str) -> bool:
    # Routes of every room, however deep their routers lie.
    scope = {**request.scope, "method": "GET", "path": path}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
