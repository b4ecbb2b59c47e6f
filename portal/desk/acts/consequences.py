"""What an act leads to, as a page lists it: letters by subject, steps by instant."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from agenda.words.sentence import said
from notifications.acts.foreseeing import Consequences, FutureLetter, FutureStep


class LetterGroup(NamedTuple):
    """Letters with one subject."""

    subject: str
    leaves_at: datetime
    whom: tuple[str, ...]


class StepGroup(NamedTuple):
    """A dated step, and to whom it is."""

    at: datetime
    label: str
    whom: tuple[str, ...]
    activities: tuple[str, ...]
    """The keys of the activities whose it is."""


class ShownConsequences(NamedTuple):
    """Everything that follows."""

    letters: Sequence[LetterGroup]
    withdrawn: Sequence[LetterGroup]
    ends: Sequence[StepGroup]
    begins: Sequence[StepGroup]
    remarks: Sequence[str]

    @property
    def is_nothing(self) -> bool:
        """Whether no letter leaves or stays, and no step changes."""
        return not (self.letters or self.withdrawn or self.ends or self.begins)


def shown(found: Consequences, language: str) -> ShownConsequences:
    """What follows, put together, with what there is to think of in a language."""
    return ShownConsequences(
        _letters(found.letters),
        _letters(found.withdrawn),
        _steps(found.ends),
        _steps(found.begins),
        [said(remark, language) for remark in found.remarks],
    )


def _letters(letters: Iterable[FutureLetter]) -> list[LetterGroup]:
    found: dict[str, list[FutureLetter]] = {}
    for letter in letters:
        found.setdefault(letter.subject, []).append(letter)
    return [
        LetterGroup(
            subject,
            min(one.leaves_at for one in same),
            tuple(f"{one.organisation}, {one.to}" if one.organisation else one.to for one in same),
        )
        for subject, same in found.items()
    ]


def _steps(steps: Iterable[FutureStep]) -> list[StepGroup]:
    ordered = sorted(steps, key=lambda step: (step.at, step.label, step.recipient))
    groups = (
        (at, label, list(same))
        for (at, label), same in groupby(ordered, key=lambda step: (step.at, step.label))
    )
    return [
        StepGroup(
            at,
            label,
            tuple(dict.fromkeys(step.recipient for step in same)),
            tuple(dict.fromkeys(step.activity for step in same)),
        )
        for at, label, same in groups
    ]
