"""What one person is to have done, and by when, in words: a line of the letter about it all."""

from dataclasses import dataclass
from datetime import date

from agenda.words.sentence import said
from notifications.letters import dates
from notifications.letters.cleaning import one_line
from notifications.letters.occasions import Meeting, occasion_in_words
from notifications.letters.sentences import SENTENCES


@dataclass(frozen=True, slots=True)
class Work:
    """Something that one person is to have done by a day."""

    title: str
    due_on: date
    is_quarter: bool = False
    occasion: Meeting | None = None
    """When and where, if it is a meeting."""


def in_words(work: Work, language: str) -> tuple[str, str]:
    """What is to be done, and by when: a day, a meeting's hours and place, or a quarter."""
    if work.occasion is not None:
        when = one_line(occasion_in_words(work.occasion, language))
    elif work.is_quarter:
        when = said(
            SENTENCES("within", quarter=dates.quarter_in_words(work.due_on, language)), language
        )
    else:
        when = said(SENTENCES("by", day=dates.short(work.due_on, language)), language)
    return one_line(work.title), when
