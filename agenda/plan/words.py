"""Dates in words, for what is said about a plan."""

from datetime import date

from babel.dates import format_date

_QUARTERS = {
    "sv": "{} kvartalet {}",
    "en": "the {} quarter of {}",
}
_ORDINALS = {
    "sv": ("första", "andra", "tredje", "fjärde"),
    "en": ("first", "second", "third", "fourth"),
}


def day_in_words(day: date) -> str:
    """A date as people say it: fredag 2 oktober 2020."""
    return format_date(day, "EEEE d MMMM y", locale="sv")


def quarter_in_words(day: date, language: str) -> str:
    """The quarter that a date lies in: "första kvartalet 2021"."""
    return _QUARTERS[language].format(_ORDINALS[language][(day.month - 1) // 3], day.year)
