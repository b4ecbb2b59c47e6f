"""What a kind of activity is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from agenda.forms.fields import Form
from agenda.kinds.sentences import SENTENCES


class Closing(StrEnum):
    """What ends an activity."""

    DEADLINE = "deadline"
    """It closes by itself at midnight after its last day."""
    MARKED_DONE = "marked_done"
    """It stays open, overdue if need be, until somebody marks it done."""


def _each_once(counts: tuple[int, ...]) -> tuple[int, ...]:
    # Two steps with one count would have one name and one key: the second is never sent.
    if len(set(counts)) != len(counts):
        raise ValueError(SENTENCES("count_twice"))
    return counts


_Before = Annotated[int, Field(ge=0, le=250)]
_After = Annotated[int, Field(ge=1, le=250)]
CountsBefore = Annotated[tuple[_Before, ...], AfterValidator(_each_once)]
"""Workdays before the last day, each once; 0 is the last day itself, 250 about a year."""
CountsAfter = Annotated[tuple[_After, ...], AfterValidator(_each_once)]


class Ladder(BaseModel):
    """The dated steps of an activity, counted in workdays from its last day (`due_on`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opens: bool = False
    """Invite the organisations asked on the first day (on a day off: the next workday)."""
    invitation_workdays_before: _Before | None = None
    """Invite them this long before the last day instead."""
    reminders_workdays_before: CountsBefore = ()
    """Remind those who have not answered."""
    closes: bool = False
    """Tell the coordinator how it ended, at midnight after the last day."""
    overdue_workdays_after: CountsAfter = ()
    """Tell those who have still not answered that the last day has passed."""
    escalation_workdays_after: _After | None = None
    """Tell the escalation contact, with a copy to the coordinator."""
    internal_workdays_before: CountsBefore = ()
    """Remind the person responsible at the region; 0 is the last day itself."""
    nags: bool = False
    """Remind the person responsible after the last day until it is done."""
    nags_daily_workdays: Annotated[int, Field(ge=0, le=250)] = 5
    """For how many workdays after the last day that is daily; then weekly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """What an answer is called in a letter, in one language."""

    bare: str
    """After a possessive: "ert yttrande"."""
    one: str
    """What somebody is asked for: "ett yttrande"."""
    the: str
    """What has come in: "yttrandet"; in English after "the"."""
    give_here: str
    """What leads to the page for it: "Lämna ert yttrande här"."""
    for_example: str = ""
    """What it can be, where it is written in a mail: "till exempel förslag till frågor"."""


AN_ANSWER: Mapping[str, AnswerWords] = {
    "sv": AnswerWords(bare="svar", one="ett svar", the="svaret", give_here="Svara här"),
    "en": AnswerWords(bare="answer", one="an answer", the="answer", give_here="Answer here"),
}
"""An answer of which no more is said, by language."""


def nothing_odd(_title: str, _first: date, _last: date) -> str | None:
    """Days of which nothing is odd."""
    return None


BALLOT_OPENED = "ballot_opened"
BALLOT_CLOSED = "ballot_closed"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of activity and the defaults it brings; a plan file can override each."""

    name: str
    label: dict[str, str]
    """What the kind is called, by language ("sv", "en")."""
    asks: tuple[str, ...]
    """The kinds of organisation asked to answer; empty when the work is internal."""
    closing: Closing
    ladder: Ladder
    form: Form = ()
    """What they are asked to fill in, when the plan has no form of its own; empty for nothing."""
    ballot: Form = ()
    """What they vote on once the coordinator opens it, likewise."""
    states: tuple[str, ...] = (BALLOT_OPENED, BALLOT_CLOSED)
    """The states of its own that an activity can come to be in, besides the stages that all
    kinds share. `Activity.since` dates those that hold. A plan can give any kind a ballot."""
    is_meeting: bool = False
    """People come together on the day: its mails carry a real invitation (RFC 5546)."""
    is_on_a_day: bool = False
    """It happens on its day, instead of being done by then."""
    answer: Mapping[str, AnswerWords] = field(default_factory=lambda: AN_ANSWER)
    """What letters call an answer to it, by language."""
    odd_days: Callable[[str, date, date], str | None] = nothing_odd
    """What is odd about its days and may well be meant, in a sentence: asked with the
    title of an activity, its first day and its last."""


INTERNAL = Ladder(internal_workdays_before=(10, 2, 0), nags=True)
"""The ladder of work that somebody at the region does: remind, then nag until done."""
