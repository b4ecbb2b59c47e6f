"""What a person sees when something is wrong: a page in plain words, never a traceback."""

import logging
import secrets

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from agenda.errors import AgendaError
from portal.headers import HEADERS
from portal.pages.rendering import page
from portal.reply import astray

_LOG = logging.getLogger(__name__)
_TITLES = {404: "Sidan finns inte", 405: "Det går inte att göra så"}
_ADVICE = {404: "Adressen kan vara felskriven, eller så har sidan tagits bort."}


def answer_faults(app: FastAPI) -> None:
    """Have an application answer faults with the portal's own pages."""
    app.add_exception_handler(HTTPException, _said_no)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(AgendaError, _can_be_mended)
    app.add_exception_handler(Exception, _unexpected)


def _said_no(request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 500
    if astray.is_at_the_door(request) and code in _TITLES:
        return astray.no_such_page(request, status_code=code)
    title = _TITLES.get(code, "Det gick inte")
    return page(request, "fault.html", status_code=code, title=title, advice=_ADVICE.get(code, ""))


def _not_understood(request: Request, _error: Exception) -> Response:
    if astray.is_at_the_door(request):
        return astray.no_such_page(request, status_code=404)
    return page(request, "fault.html", status_code=404, title=_TITLES[404], advice=_ADVICE[404])


def _can_be_mended(request: Request, error: Exception) -> Response:
    if astray.is_at_the_door(request):
        # What the region can mend is no business of those who only want to answer.
        return astray.closed_for_now(request, number=_noted(error))
    title = "Det går inte just nu"
    return page(request, "fault.html", status_code=503, title=title, advice=str(error))


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
