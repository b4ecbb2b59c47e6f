"""Dates in words, for what is said about a plan."""

from datetime import date

from babel.dates import format_date

from agenda.plan.sentences import SENTENCES
from agenda.words.sentence import LANGUAGES, Sentence, said


def day_in_words(day: date, form: str = "EEEE d MMMM y") -> Sentence:
    """A date as people say it: fredag 2 oktober 2020."""
    swedish, english = (format_date(day, form, locale=language) for language in LANGUAGES)
    return Sentence("", (swedish, english), {})


def quarter_in_words(day: date, language: str) -> str:
    """The quarter that a date lies in: "första kvartalet 2021"."""
    return said(SENTENCES(f"quarter_{(day.month + 2) // 3}", year=day.year), language)
