"""What the door says when it stays shut: in plain words, with the way on, and never a secret."""

from collections.abc import Sequence
from contextlib import suppress

from fastapi import FastAPI, Request, Response

from agenda.attachments import LARGEST_FILE, MEGABYTE
from portal.door.posting import TOKEN_FIELD, Posted, TooMuchText, most_octets, open_form
from portal.door.protection import LARGEST_BODY, LARGEST_FIELD, LARGEST_SHORT, TooOften
from portal.door.voice import language_of, show
from portal.door.words import Say, speaker

_STATUS = {"unknown": 404, "former": 410, "revoked": 410}
_MINUTE = 60


class NotOpened(Exception):
    """A token that opens nothing: it never did, was replaced, or its link was closed."""

    def __init__(self, why: str, *, language: str, room: str, say: Say) -> None:
        super().__init__(why)
        self.why = why
        self.language = language
        self.room = room
        self.say = say


class NotFromHere(Exception):
    """A form that was not on a page of ours; what it held is shown, not acted on."""

    def __init__(self, posted: Posted, *, token: str, language: str) -> None:
        super().__init__("a form from elsewhere")
        self.posted = posted
        self.token = token
        self.language = language


class Missing(Exception):
    """A file or a version that the reply does not have."""

    def __init__(self, language: str) -> None:
        super().__init__("no such part of the reply")
        self.language = language


def install(app: FastAPI) -> None:
    """Have an application answer what the door refuses with its pages."""
    app.add_exception_handler(NotOpened, _not_opened)
    app.add_exception_handler(NotFromHere, _not_from_here)
    app.add_exception_handler(TooOften, _too_often)
    app.add_exception_handler(TooMuchText, _too_much_text)
    app.add_exception_handler(Missing, _missing)
    # What the limit raises where a body has not said how long it is.
    app.add_exception_handler(413, too_large)
    app.add_exception_handler(408, _too_slow)


def too_large(request: Request, _error: Exception | None = None) -> Response:
    """The page for a body that is larger than its address takes."""
    language = language_of(request)
    say = speaker(language)
    if most_octets(request.scope) > LARGEST_SHORT:
        advice = say("large", each=LARGEST_FILE // MEGABYTE, all=LARGEST_BODY // MEGABYTE)
    else:
        advice = say("large_text")
    return _plain(request, language, say("large_title"), advice, status_code=413)


async def _not_opened(request: Request, error: Exception) -> Response:
    if not isinstance(error, NotOpened):
        raise error
    written: Sequence[tuple[str, str]] = ()
    if request.method == "POST" and error.why != "unknown":
        # Whoever was writing when the link was replaced must not lose it.
        with suppress(TooMuchText):
            async with open_form(request, language=error.language) as posted:
                written = posted.written
    return show(
        request,
        "shut.html",
        language=error.language,
        status_code=_STATUS[error.why],
        room=error.room,
        say=error.say,
        why=error.why,
        written=written,
    )


def _not_from_here(request: Request, error: Exception) -> Response:
    if not isinstance(error, NotFromHere):
        raise error
    return show(
        request,
        "foreign.html",
        language=error.language,
        status_code=403,
        is_hidden=request.headers.get("origin") == "null",
        pairs=[pair for pair in error.posted.pairs if pair[0] != TOKEN_FIELD],
        written=error.posted.written,
        form_token=error.token,
        token_field=TOKEN_FIELD,
    )


def _too_often(request: Request, error: Exception) -> Response:
    if not isinstance(error, TooOften):
        raise error
    language = language_of(request)
    say = speaker(language)
    is_long = error.seconds > 2 * _MINUTE
    wait = (
        say("minutes", n=-(-error.seconds // _MINUTE))
        if is_long
        else say("seconds", n=error.seconds)
    )
    advice = f"{say('often', wait=wait)} {say('often_back') if request.method == 'POST' else ''}"
    return _plain(
        request,
        language,
        say("often_title"),
        advice,
        status_code=429,
        headers={"Retry-After": str(error.seconds)},
    )


def _too_much_text(request: Request, error: Exception) -> Response:
    language = error.language if isinstance(error, TooMuchText) else "sv"
    say = speaker(language)
    advice = say("fields", each=LARGEST_FIELD // MEGABYTE)
    return _plain(request, language, say("fields_title"), advice, status_code=400)


def _too_slow(request: Request, _error: Exception) -> Response:
    language = language_of(request)
    say = speaker(language)
    return _plain(request, language, say("slow_title"), say("slow"), status_code=408)


def _missing(request: Request, error: Exception) -> Response:
    language = error.language if isinstance(error, Missing) else "sv"
    say = speaker(language)
    return _plain(request, language, say("missing_title"), say("missing"), status_code=404)


def _plain(
    request: Request,
    language: str,
    title: str,
    advice: str,
    *,
    status_code: int,
    headers: dict[str, str] | None = None,
) -> Response:
    return show(
        request,
        "refused.html",
        language=language,
        status_code=status_code,
        headers=headers,
        title=title,
        advice=advice,
    )
