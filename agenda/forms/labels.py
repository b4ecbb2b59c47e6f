"""What a form says and what it offers to choose: labels, options, keys."""

import re
import unicodedata
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, StringConstraints, model_validator

from agenda.forms.sentences import SENTENCES
from agenda.words.texts import Frozen, Key, LongLine

_FIELD_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def _field_key(value: str) -> str:
    # No hyphen: it separates group, row and field in the names of what is posted.
    if not _FIELD_KEY.fullmatch(value):
        raise ValueError(SENTENCES("field_key"))
    return value


FieldKey = Annotated[str, StringConstraints(max_length=60), AfterValidator(_field_key)]
"""What a field is called in a form's answers."""


class Words(Frozen):
    """A label or an explanation; a file may write it as one Swedish text."""

    may_be_text: ClassVar[bool] = True

    sv: LongLine
    en: LongLine | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"sv": value} if isinstance(value, str) else value

    def shown_in(self, language: str) -> str:
        """The text in a language or, where that is missing, in Swedish."""
        return (self.en or self.sv) if language == "en" else self.sv

    def language_when(self, language: str) -> str:
        """Which language `shown_in` answers in: a page marks what is not in its own."""
        return "en" if language == "en" and self.en else "sv"


class Option(Frozen):
    """Something to choose, or to give points; a file may write it as one Swedish text."""

    may_be_text: ClassVar[bool] = True

    key: Key
    label: Words

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        value = {"label": value} if isinstance(value, str) else value
        if isinstance(value, dict) and "key" not in value:
            label = value.get("label")
            text = label.get("sv") if isinstance(label, dict) else label
            return value | {"key": key_of(text)} if isinstance(text, str) else value
        return value


def key_of(label: str) -> str:
    """A key made of a label: ”Bredband och digitalisering” is bredband-och-digitalisering."""
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-")
