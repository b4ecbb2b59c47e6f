"""Dates in words, in Swedish and English, as people read them in mails and on pages.

A language is "sv" or "en"; any other is a KeyError. Dates are Swedish calendar dates.
"""

from datetime import date, datetime

from babel.dates import format_date, format_datetime

from agenda.plan.words import quarter_in_words as quarter_in_words
from agenda.workdays import STOCKHOLM

_LOCALES = {"sv": "sv_SE", "en": "en_GB"}
_CLOCKS = {"sv": "EEEE d MMMM y 'kl.' HH.mm", "en": "EEEE d MMMM y 'at' HH:mm"}
# Up to twelve in words, from there in figures: the rule of Myndigheternas skrivregler.
_COUNTS = {
    "sv": ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    "en": (
        *("one", "two", "three", "four", "five", "six"),
        *("seven", "eight", "nine", "ten", "eleven", "twelve"),
    ),
}
_SPANS = {
    "sv": ("om {} {}", "för {} {} sedan", "arbetsdag", "arbetsdagar"),
    "en": ("in {} {}", "{} {} ago", "working day", "working days"),
}
_NO_WORKDAY_LEFT = {"sv": "före nästa arbetsdag", "en": "before the next working day"}
_NEAR = {
    "sv": {-1: "i går", 0: "i dag", 1: "i morgon"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
_LATELY = {
    "sv": tuple(
        f"i {day}s, den {{}}"
        for day in ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
    ),
    "en": tuple(
        f"last {day}, {{}}"
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ),
}


def in_words(day: date, language: str) -> str:
    """A date with its weekday: "fredag 2 oktober 2020"."""
    return format_date(day, "EEEE d MMMM y", locale=_LOCALES[language])


def short(day: date, language: str) -> str:
    """A date without its weekday, for subjects: "2 oktober 2020"."""
    return format_date(day, "d MMMM y", locale=_LOCALES[language])


def at_in_words(instant: datetime, language: str) -> str:
    """An instant in Swedish time: "fredag 2 oktober 2020 kl. 08.00".

    Args:
        instant: With a time zone; one without is taken as UTC, as everything stored is.
    """
    return format_datetime(instant, _CLOCKS[language], tzinfo=STOCKHOLM, locale=_LOCALES[language])


def in_workdays(count: int, language: str) -> str:
    """A distance in workdays: "om tio arbetsdagar", "för tre arbetsdagar sedan".

    Never "i morgon": one workday ahead of a Friday is a Monday. `deadline_in_words` knows
    both dates and can say it.
    """
    if count == 0:
        return _NO_WORKDAY_LEFT[language]
    ahead, ago, one, several = _SPANS[language]
    number = _COUNTS[language][abs(count) - 1] if abs(count) <= 12 else str(abs(count))
    return (ahead if count > 0 else ago).format(number, one if abs(count) == 1 else several)


def deadline_in_words(last_day: date, language: str, *, today: date, workdays_left: int) -> str:
    """A last day as seen from today; always names the date.

    "i morgon, fredag 2 oktober 2020", "fredag 2 oktober 2020, om tio arbetsdagar" or, of a
    day that has passed, "i fredags, den 2 oktober 2020".
    """
    days = (last_day - today).days
    if days in _NEAR[language]:
        return f"{_NEAR[language][days]}, {in_words(last_day, language)}"
    if -7 < days < 0:
        return _LATELY[language][last_day.weekday()].format(short(last_day, language))
    if days > 0 and workdays_left > 0:
        return f"{in_words(last_day, language)}, {in_workdays(workdays_left, language)}"
    return in_words(last_day, language)
