"""What is said when others are in the way: wait a moment, with all that was written in the form."""

from contextlib import suppress

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from portal.door.posting import Posted, TooMuchText, open_form
from portal.door.voice import language_of, show

RETRY_SECONDS = 15
_NOTHING = Posted((), (), frozenset())


async def busy_page(request: Request) -> Response:
    """A page that posts the same once more, and says when; for who only looks, one to reload.

    Nothing was done: a transaction that did not get its turn has changed nothing. The form is
    the one that was posted, its proof with it, so that pressing again is the same press.
    """
    posted = await _posted(request) if request.method == "POST" else _NOTHING
    return show(
        request,
        "busy.html",
        language=getattr(request.state, "language", None) or language_of(request),
        status_code=503,
        headers={"Retry-After": str(RETRY_SECONDS)},
        is_form=request.method == "POST",
        pairs=posted.pairs,
        written=posted.written,
        files=[(name, file.filename or "") for name, file in posted.files],
    )


async def _posted(request: Request) -> Posted:
    """What was posted: as it was read, or read now where nobody has come so far."""
    read: Posted | None = getattr(request.state, "posted", None)
    if read is not None:
        return read
    with suppress(TooMuchText, HTTPException):
        async with open_form(request, language=language_of(request)) as posted:
            return posted
    return _NOTHING
