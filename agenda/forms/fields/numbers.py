"""Fields that hold a number: a count, a score on a scale, an amount of money."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Limits

from agenda.forms.field import FieldFault, FieldType
from agenda.forms.labels import Words
from agenda.forms.sentences import SENTENCES
from agenda.forms.written import amount_in, grouped, number_in, shown_number
from agenda.words.sentence import said

_LARGEST = 10**12


class _Numeric(FieldType):
    """A number, or the text that was written when it is none."""

    def pairs(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """The number as it can be read again."""
        if isinstance(value, float):
            yield name, f"{value:.6f}".rstrip("0")
        elif value is not None:
            yield name, str(value)

    def suits(self, value: Any) -> bool:
        """A number, or a text."""
        return isinstance(value, int | float | str)


class _Limited(_Numeric):
    """A number between limits."""

    is_summed: ClassVar[bool] = True

    minimum: int | None = None
    maximum: int | None = None

    def faults_of(self, name: str, value: Any, language: str) -> Iterator[FieldFault]:
        """That it is no number, too little or too much."""
        if isinstance(value, str):
            yield self.no_number(name)
        elif self.minimum is not None and value < self.minimum:
            yield _beyond(name, "too_low", value, self.minimum, language)
        elif self.maximum is not None and value > self.maximum:
            yield _beyond(name, "too_high", value, self.maximum, language)

    @abstractmethod
    def no_number(self, name: str) -> FieldFault:
        """What is said of a text that is no number."""


class Number(_Limited):
    """A number."""

    type: Literal["number"] = "number"
    decimals: Annotated[int, Limits(ge=0, le=6)] = 0
    """How many may be given; 0 for whole numbers only."""
    unit: Words | None = None

    def understood(self, written: str) -> int | float | str:
        """The number."""
        return number_in(written, decimals=self.decimals)

    def no_number(self, name: str) -> FieldFault:
        """How a number is written."""
        if self.decimals:
            return FieldFault(name, "number", {"decimals": self.decimals})
        return FieldFault(name, "whole", {})

    def in_words(self, value: Any, language: str) -> str:
        """With its unit."""
        number = shown_number(value, language=language)
        return f"{number}\u00a0{self.unit.shown_in(language)}" if self.unit else number


class Amount(_Limited):
    """An amount in whole Swedish kronor."""

    type: Literal["amount_sek"] = "amount_sek"
    minimum: int = 0
    maximum: Annotated[int, Limits(le=_LARGEST)] = _LARGEST

    def understood(self, written: str) -> int | str:
        """The amount."""
        return amount_in(written)

    def no_number(self, name: str) -> FieldFault:
        """How an amount is written."""
        return FieldFault(name, "amount", {})

    def in_words(self, value: Any, language: str) -> str:
        """In kronor."""
        return said(SENTENCES("kronor", amount=grouped(value)), language)


class Score(_Numeric):
    """A whole number on a scale, with words for its ends."""

    missing: ClassVar[str] = "missing_choice"

    type: Literal["score"] = "score"
    minimum: Annotated[int, Limits(ge=0, le=1)] = 1
    maximum: Annotated[int, Limits(ge=2, le=20)] = 10
    lowest: Words | None = None
    """What the lowest score means."""
    highest: Words | None = None

    def understood(self, written: str) -> int | None:
        """The score; None for what is not on the scale."""
        scale = {str(score): score for score in range(self.minimum, self.maximum + 1)}
        return scale.get(written)

    def in_words(self, value: Any, language: str) -> str:
        """Out of how many."""
        return said(SENTENCES("score", score=value, most=self.maximum), language)


def _beyond(name: str, kind: str, value: float, limit: int, language: str) -> FieldFault:
    terms = {"value": value, "limit": limit}
    return FieldFault(
        name, kind, {k: shown_number(one, language=language) for k, one in terms.items()}
    )
