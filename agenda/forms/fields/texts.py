"""Fields that hold a text: one line, or several."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Limits

from agenda.forms.faults import too_long
from agenda.forms.field import FieldFault, FieldType
from agenda.forms.written import line_in, text_in
from agenda.words.addresses import channel_schema, checked_address


class ShortText(FieldType):
    """One line of text."""

    type: Literal["short_text"] = "short_text"
    max_length: Annotated[int, Limits(ge=1, le=2000)] = 300
    """In characters."""
    holds: Literal["text", "name", "email", "telephone", "title"] = "text"
    """What kind of text: browsers fill in names and addresses, and an address is checked."""

    def understood(self, written: str) -> str:
        """The line exactly as written."""
        return line_in(written)

    def faults_of(self, name: str, value: Any, language: str) -> Iterator[FieldFault]:
        """Its length and, where it holds an address, its form."""
        if len(value) > self.max_length:
            yield too_long(name, value, most=self.max_length)
        elif self.holds == "email" and not _is_email(value):
            yield FieldFault(name, "email", {})


class LongText(FieldType):
    """Text of several lines."""

    is_long: ClassVar[bool] = True

    type: Literal["long_text"] = "long_text"
    max_length: Annotated[int, Limits(ge=1, le=100_000)] = 20_000
    """In characters."""

    def understood(self, written: str) -> str:
        """The text exactly as written."""
        return text_in(written)

    def faults_of(self, name: str, value: Any, language: str) -> Iterator[FieldFault]:
        """Its length."""
        if len(value) > self.max_length:
            yield too_long(name, value, most=self.max_length)


def _is_email(text: str) -> bool:
    try:
        return channel_schema(checked_address(text)) is None
    except ValueError:
        return False
