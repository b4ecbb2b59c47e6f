"""What a person sees when something is wrong: a page in plain words, never a traceback."""

import logging
import secrets
import sqlite3

import psycopg
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from sqlalchemy import Engine, exc
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Match

from agenda.storage.faults import is_busy, is_out_of_use
from agenda.storage.store import BadDatabase
from agenda.storage.upgrading import refuse_unless_current
from agenda.words.errors import AgendaError
from portal.door import astray, busy
from portal.door.headers import HEADERS
from portal.door.rendering import page
from portal.feeds import pages as feeds

_LOG = logging.getLogger(__name__)
_TITLES = {404: "Sidan finns inte", 405: "Det går inte att göra så"}
_ADVICE = {404: "Adressen kan vara felskriven, eller så har sidan tagits bort."}


def answer_faults(app: FastAPI) -> None:
    """Have an application answer faults with the portal's own pages."""
    app.add_exception_handler(HTTPException, _said_no)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(AgendaError, _can_be_mended)
    # The drivers' own too: feeds look at the register past SQLAlchemy.
    for kind in (DBAPIError, exc.TimeoutError, sqlite3.Error, psycopg.Error):
        app.add_exception_handler(kind, _from_database)
    app.add_exception_handler(Exception, _unexpected)


def _said_no(request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 500
    if astray.is_at_the_door(request) and code in _TITLES:
        said = astray.no_such_page(request, status_code=code)
    else:
        title, advice = _TITLES.get(code, "Det gick inte"), _ADVICE.get(code, "")
        said = page(request, "fault.html", status_code=code, title=title, advice=advice)
    if code == 405:
        said.headers["Allow"] = ", ".join(_allowed(request))
    return said


def _allowed(request: Request) -> list[str]:
    """What may be done at an address (RFC 9110 15.5.6): one route may read and another write."""
    found: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        if route.methods and route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods
    # Files, which no route of ours answers for, are only read.
    return sorted(found or {"GET", "HEAD"})


def _not_understood(request: Request, _error: Exception) -> Response:
    if astray.is_at_the_door(request):
        return astray.no_such_page(request, status_code=404)
    return page(request, "fault.html", status_code=404, title=_TITLES[404], advice=_ADVICE[404])


def _can_be_mended(request: Request, error: Exception) -> Response:
    return _said_outside(request, error) or _not_now(request, str(error))


async def _from_database(request: Request, error: Exception) -> Response:
    if is_busy(error) and not feeds.is_feed(request):
        return await busy.busy_page(request)
    return await run_in_threadpool(_out_of_use, request, error)


def _out_of_use(request: Request, error: Exception) -> Response:
    if not _is_out_of_use(request.app.state.engine, error):
        # A query that is wrong is a fault of ours and must not pass for another's.
        raise error
    if (said := _said_outside(request, error)) is not None:
        return said
    # Not the sentence: it names the database's place, and anybody can ask for a page.
    why = f"Varför står i loggen vid numret {_noted(error)}."
    return _not_now(request, f"Databasen går inte att använda. {why} Försök igen om en stund.")


def _is_out_of_use(engine: Engine, error: Exception) -> bool:
    """Whether a database cannot be used as it stands: out of reach, or without its tables."""
    if is_out_of_use(error):
        return True
    try:
        refuse_unless_current(engine)
    except BadDatabase:
        return True
    return False


def _said_outside(request: Request, error: Exception) -> Response | None:
    """What those are told who only answer or subscribe: what the region can mend is not theirs."""
    if feeds.is_feed(request):
        _noted(error)
        return feeds.closed_for_now()
    if astray.is_at_the_door(request):
        return astray.closed_for_now(request, number=_noted(error))
    return None


def _not_now(request: Request, advice: str) -> Response:
    title = "Det går inte just nu"
    return page(request, "fault.html", status_code=503, title=title, advice=advice)


def _unexpected(request: Request, error: Exception) -> Response:
    number = _noted(error)
    if astray.is_at_the_door(request):
        return astray.broken(request, number=number)
    advice = f"Felet är antecknat i loggen med numret {number}. Försök igen om en stund."
    # This answer is made outside the layer that adds the headers.
    return page(
        request,
        "fault.html",
        status_code=500,
        headers=HEADERS,
        title="Något gick fel",
        advice=advice,
    )


def _noted(error: Exception) -> str:
    """The number that ties what a person reports to the line in the log; it says nothing else."""
    number = secrets.token_hex(4)
    _LOG.error("Fault %s", number, exc_info=error)
    return number
