"""A week of a round as it begins: what waits, who has answered, what leaves. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agenda.words.sentence import said
from notifications.letters import dates
from notifications.letters.cleaning import one_line
from notifications.letters.sentences import SENTENCES


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekMatter:
    """What waits for a decision: one matter, or several of a kind together."""

    kind: str
    """A `ToDoKind`, by its value."""
    count: int = 1
    """How many there are; of several none is named."""
    url: str
    """Where it is decided."""
    name: str = ""
    title: str = ""
    day: date | None = None
    of: int = 0
    """How many it concerns, where that is counted."""


@dataclass(frozen=True, slots=True)
class WeekAnswers:
    """How many have answered an activity that is under way."""

    title: str
    answered: int
    asked: int
    due_on: date


@dataclass(frozen=True, slots=True)
class WeekMails:
    """One step's mails of one day."""

    leaves_on: date
    label: str
    title: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWeek:
    """One round, as far as there is something to say of it."""

    name: str
    plan_title: str
    url: str
    """The round's own page on the desk."""
    until: date
    """The last day that counts to the week, inclusive."""
    matters: tuple[WeekMatter, ...] = ()
    answers: tuple[WeekAnswers, ...] = ()
    mails: tuple[WeekMails, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits, nobody is missing and nothing leaves."""
        is_missing = any(one.answered < one.asked for one in self.answers)
        return not (self.matters or self.mails or is_missing)


def week_in_words(week: RoundWeek, language: str) -> dict[str, Any]:
    """What a template may name of a round's week: cleaned words and whole addresses."""
    return {
        "name": one_line(week.name),
        "plan": one_line(week.plan_title),
        "url": week.url,
        "upcoming_url": f"{week.url}/harnast",
        "until": dates.in_words(week.until, language),
        "matters": [(one.url, _matter(one, language)) for one in week.matters],
        "answers": _answers(week.answers, language),
        "mails": _mails(week.mails, language),
    }


def _matter(one: WeekMatter, language: str) -> str:
    if one.count > 1:
        return said(SENTENCES(f"week_many_{one.kind}", count=one.count), language)
    sentence = SENTENCES(
        f"week_{one.kind}",
        name=one_line(one.name),
        title=one_line(one.title),
        day=dates.short(one.day, language) if one.day else "",
        of=one.of,
        count=one.count,
    )
    return said(sentence, language)


def _answers(answers: Sequence[WeekAnswers], language: str) -> list[str]:
    return [
        said(
            SENTENCES(
                "week_answers",
                title=one_line(one.title),
                answered=one.answered,
                asked=one.asked,
                day=dates.short(one.due_on, language),
            ),
            language,
        )
        for one in answers
    ]


def _mails(mails: Sequence[WeekMails], language: str) -> list[str]:
    return [
        said(
            SENTENCES(
                "week_mails",
                day=dates.in_words(one.leaves_on, language),
                label=one_line(one.label),
                title=one_line(one.title),
                count=one.count,
            ),
            language,
        )
        for one in mails
    ]
