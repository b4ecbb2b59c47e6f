"""Closed lists that are stored as their words, in a column of text."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Dialect, String, TypeDecorator


def in_words(words: type[StrEnum]) -> type[TypeDecorator[Any]]:
    """The type of a column that holds one of some words: a new one needs no new table."""

    class Word(TypeDecorator[Any]):
        impl = String
        cache_ok = True

        def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
            # A driver would write an enum's own name.
            return None if value is None else words(value).value

        def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
            return None if value is None else words(value)

    return Word
