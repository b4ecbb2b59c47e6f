"""What language a page speaks, and what its templates need to speak it."""

from datetime import date, datetime
from typing import Any

from fastapi import Request, Response
from markupsafe import Markup

from agenda.installation.settings import Settings
from agenda.workdays import STOCKHOLM, swedish_date
from notifications.letters.dates import at_in_words, in_words, quarter_in_words
from portal.door.rendering import page
from portal.door.words import LANGUAGES, Say, speaker

COOKIE = "sprak"
ONE_YEAR_SECONDS = 31_536_000
SCRIPT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The one page with a script of ours; the script only saves what the page could save itself."""


def language_of(request: Request, usual: str = "sv") -> str:
    """What was asked for just now, else what the browser remembers, else the usual one."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(COOKIE), usual):
        if wanted in LANGUAGES:
            return wanted
    return LANGUAGES[0]


def show(
    request: Request,
    template: str,
    *,
    language: str,
    status_code: int = 200,
    has_script: bool = False,
    headers: dict[str, str] | None = None,
    room: str = "door",
    say: Say | None = None,
    **values: Any,
) -> Response:
    """A page of a door, in a language; remembers a language that was chosen just now.

    Each door has templates of its own, in the folder of its name, and sentences of its own.
    """
    headers = dict(headers or {})
    if has_script:
        headers["Content-Security-Policy"] = SCRIPT_POLICY
    settings: Settings = request.app.state.settings
    answer = page(
        request,
        f"{room}/{template}",
        status_code=status_code,
        headers=headers,
        **_spoken(language, say or speaker(language)),
        sender=settings.mail_from_name,
        # What a page shows after something was posted cannot be fetched again.
        other_language=None if request.method == "POST" else _other(language),
        **values,
    )
    if request.query_params.get("lang") in LANGUAGES:
        _remember(answer, language, is_https=settings.portal_url.startswith("https://"))
    return answer


def _remember(answer: Response, language: str, *, is_https: bool) -> None:
    answer.set_cookie(
        COOKIE,
        language,
        max_age=ONE_YEAR_SECONDS,
        httponly=True,
        samesite="lax",
        secure=is_https,
    )


def clock(at: datetime, language: str, *, now: datetime) -> str:
    """An instant near now: "i dag kl. 14.32", else with its date."""
    if swedish_date(at) != swedish_date(now):
        return at_in_words(at, language)
    return speaker(language)("today_at", time=time_of_day(at, language))


def time_of_day(at: datetime, language: str) -> str:
    """A time of day as the language writes it: 14.32 or 14:32."""
    return at.astimezone(STOCKHOLM).strftime("%H:%M" if language == "en" else "%H.%M")


def _other(language: str) -> str:
    return next(one for one in LANGUAGES if one != language)


def _spoken(language: str, say: Say) -> dict[str, Any]:
    def day(on: date) -> str:
        return in_words(on, language)

    def at(instant: datetime) -> str:
        return at_in_words(instant, language)

    def quarter(on: date) -> str:
        return quarter_in_words(on, language)

    return {
        "language": language,
        "t": say,
        # The plan's own words are Swedish whatever the page speaks.
        "sv": Markup("") if language == "sv" else Markup(' lang="sv"'),
        "day": day,
        "at": at,
        "quarter": quarter,
    }
