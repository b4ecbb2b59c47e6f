"""A field that holds a date."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from agenda.forms.field import FieldFault, FieldType
from agenda.forms.written import date_in, day_of


class Date(FieldType):
    """A date."""

    type: Literal["date"] = "date"
    earliest_on: date | None = None
    latest_on: date | None = None

    def understood(self, written: str) -> str:
        """The date as 2026-10-02."""
        return date_in(written)

    def faults_of(self, name: str, value: Any, language: str) -> Iterator[FieldFault]:
        """That it is no date, too early or too late."""
        day = day_of(value)
        if day is None:
            yield FieldFault(name, "date", {})
        elif self.earliest_on is not None and day < self.earliest_on:
            yield FieldFault(name, "too_early", {"value": day, "limit": self.earliest_on})
        elif self.latest_on is not None and day > self.latest_on:
            yield FieldFault(name, "too_late", {"value": day, "limit": self.latest_on})
