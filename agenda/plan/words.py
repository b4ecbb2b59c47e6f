"""Dates in Swedish words, for what is said about a plan."""

from datetime import date

from babel.dates import format_date


def day_in_words(day: date) -> str:
    """A date as people say it: fredag 2 oktober 2020."""
    return format_date(day, "EEEE d MMMM y", locale="sv")
