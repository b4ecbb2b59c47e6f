"""What the desk keeps in a browser: who is signed in, who asked to be, and where they were going.

Behind https each name begins with `__Host-`: such a cookie is sent to this very host alone, and
no other site of the same domain can set one (RFC 6265bis 4.1.3.2).
"""

from datetime import timedelta
from enum import StrEnum

from fastapi import Request, Response

from agenda.installation.settings import Settings
from agenda.people.sessions import LONGEST
from agenda.people.signing_in import HOLDS

HOME = "/samordna"


class DeskCookie(StrEnum):
    """The cookies, by what they are called."""

    SIGNED_IN = "agenda"
    """The secret of a session."""
    ASKED = "agenda-fraga"
    """The secret of the browser that asked to be let in."""
    TO_DIRECTORY = "agenda-katalog"
    """The secret of the browser that went to the region's directory."""
    ON_THE_WAY = "agenda-vidare"
    """Where somebody was going when they were asked to sign in."""


_AGES: dict[DeskCookie, timedelta] = {
    DeskCookie.SIGNED_IN: LONGEST,
    DeskCookie.ASKED: HOLDS,
    DeskCookie.TO_DIRECTORY: HOLDS,
    DeskCookie.ON_THE_WAY: HOLDS,
}


def kept(request: Request, which: DeskCookie) -> str:
    """What a cookie holds; empty where the browser has none."""
    return request.cookies.get(_name(_settings(request), which), "")


def keep(request: Request, answer: Response, which: DeskCookie, value: str) -> None:
    """Have a browser keep something."""
    settings = _settings(request)
    answer.set_cookie(
        _name(settings, which),
        value,
        max_age=int(_AGES[which].total_seconds()),
        path="/",
        secure=_is_https(settings),
        httponly=True,
        samesite="lax",
    )


def drop(request: Request, answer: Response, *which: DeskCookie) -> None:
    """Have a browser forget some of it."""
    settings = _settings(request)
    for one in which:
        answer.delete_cookie(
            _name(settings, one),
            path="/",
            secure=_is_https(settings),
            httponly=True,
            samesite="lax",
        )


def is_way_on(path: str) -> bool:
    """Whether an address is one of the desk's own, so that nobody is sent elsewhere."""
    return (path == HOME or path.startswith((f"{HOME}/", f"{HOME}?"))) and not any(
        sign in path for sign in ("\\", "//", "..", "\r", "\n")
    )


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


def _is_https(settings: Settings) -> bool:
    return settings.portal_url.startswith("https://")


def _name(settings: Settings, which: DeskCookie) -> str:
    return f"__Host-{which}" if _is_https(settings) else which.value
