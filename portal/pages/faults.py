"""What a person sees when something is wrong: a page in plain words, never a traceback."""

import logging
import secrets

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from agenda.errors import AgendaError
from portal.headers import HEADERS
from portal.pages.rendering import page

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
    title = _TITLES.get(code, "Det gick inte")
    return page(request, "fault.html", status_code=code, title=title, advice=_ADVICE.get(code, ""))


def _not_understood(request: Request, _error: Exception) -> Response:
    return page(request, "fault.html", status_code=404, title=_TITLES[404], advice=_ADVICE[404])


def _can_be_mended(request: Request, error: Exception) -> Response:
    title = "Det går inte just nu"
    return page(request, "fault.html", status_code=503, title=title, advice=str(error))


def _unexpected(request: Request, error: Exception) -> Response:
    # The number ties what a person reports to the line in the log, and says nothing else.
    number = secrets.token_hex(4)
    _LOG.error("Fault %s", number, exc_info=error)
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
