"""What the door says where there is no page, and when something breaks: with the way on."""

from fastapi import Request, Response

from portal.door.headers import HEADERS
from portal.door.voice import language_of, show
from portal.door.words import speaker

DOOR = "/svar"
_RENEWAL = f"{DOOR}/ny-lank"


def is_at_the_door(request: Request) -> bool:
    """Whether somebody is at an address of the door, be it mistyped."""
    path: str = request.scope["path"]
    return path == DOOR or path.startswith(f"{DOOR}/")


def no_such_page(request: Request, *, status_code: int) -> Response:
    """The page for an address below the door that leads nowhere."""
    return _said(request, "astray", status_code=status_code, is_astray=True)


def closed_for_now(request: Request, *, number: str) -> Response:
    """The page for a portal that cannot work yet; whoever runs it finds why in the log."""
    return _said(request, "away", status_code=503, number=number)


def broken(request: Request, *, number: str) -> Response:
    """The page for a fault (ASVS 16.5.1): what to do, and the number that the log has."""
    # This answer is made outside the layer that adds the headers.
    return _said(request, "broken", status_code=500, headers=HEADERS, number=number)


def home_of(request: Request) -> str | None:
    """The address of the reply that a mistyped address begins with, if it does."""
    token = request.scope["path"].removeprefix(f"{DOOR}/").partition("/")[0]
    return None if token in ("", DOOR, "ny-lank") else f"{DOOR}/{token}"


def _said(
    request: Request,
    key: str,
    *,
    status_code: int,
    headers: dict[str, str] | None = None,
    is_astray: bool = False,
    number: str = "",
) -> Response:
    language = language_of(request)
    say = speaker(language)
    back = f" {say('often_back')}" if request.method == "POST" and number else ""
    home = home_of(request)
    ways = [(home, say("to_reply_again"))] if home else []
    if is_astray:
        ways.append((_RENEWAL, say("renewal_title")))
    return show(
        request,
        "refused.html",
        language=language,
        status_code=status_code,
        headers=headers,
        title=say(f"{key}_title"),
        advice=f"{say(key, number=number)}{back}",
        ways=ways,
    )
