"""Instants as the portal shows them; a day's end belongs to that day, not to the next."""

from datetime import date, datetime, time
from functools import lru_cache

from babel.dates import format_date

from agenda.workdays import ONE_DAY, STOCKHOLM, swedish_date
from notifications.letters.dates import at_in_words, in_words


def moment_in_words(at: datetime) -> str:
    """An instant in Swedish time: "fredag 4 december 2026 kl. 08.00".

    Midnight is said as the end of a day, "fredag 4 december 2026 kl. 24.00": the instant
    that a last day ends would otherwise carry the date of the day after.
    """
    if at.astimezone(STOCKHOLM).time() == time():
        return f"{in_words(swedish_date(at) - ONE_DAY, 'sv')} kl. 24.00"
    return at_in_words(at, "sv")


def brief(on: date | datetime, language: str, *, now: datetime) -> str:
    """A Swedish date as short as a table needs it: "2 okt", of another year "2 okt 2020"."""
    day = swedish_date(on) if isinstance(on, datetime) else on
    pattern = "d MMM" if day.year == swedish_date(now).year else "d MMM y"
    return _briefly(day, pattern, language)


# A matrix names the same few days in every row.
@lru_cache(maxsize=1024)
def _briefly(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language).rstrip(".").replace(". ", " ")


def month_in_words(month: date, language: str) -> str:
    """A month as short as a drawing needs it: "okt", of January with its year."""
    return format_date(month, "MMM y" if month.month == 1 else "MMM", locale=language).rstrip(".")
