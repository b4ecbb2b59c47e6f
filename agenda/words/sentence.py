"""What people read: sentences of a room's table, found by key, said in Swedish or in English."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

LANGUAGES = ("sv", "en")


class Sentence(str):
    """A sentence with its values. As text it is Swedish; `said` has it in every language.

    It can hold others, which are then said in the same language.
    """

    key: str
    forms: tuple[str, str]
    values: Mapping[str, Any]

    def __new__(cls, key: str, forms: tuple[str, str], values: Mapping[str, Any]) -> Self:
        """The sentence of a key, which reads so in Swedish and so in English."""
        made = super().__new__(cls, forms[0].format_map(values))
        made.key, made.forms, made.values = key, forms, values
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        """What a copy is made of."""
        return self.key, self.forms, self.values


class Sentences(dict[str, tuple[str, str]]):
    """A room's one table of sentences by their keys: each in Swedish, then in English.

    They are given by name, so that Python itself refuses a key that stands there twice.
    """

    def __call__(self, key: str, /, **values: Any) -> Sentence:
        """One of them, with its values."""
        return Sentence(key, self[key], values)


def said(text: str, language: str) -> str:
    """A sentence in a language ("sv", "en"); what is none, such as a name, as it stands."""
    if not isinstance(text, Sentence):
        return text
    values = {
        name: said(value, language) if isinstance(value, str) else value
        for name, value in text.values.items()
    }
    return text.forms[LANGUAGES.index(language)].format_map(values)


def joined(between: str, texts: Iterable[str]) -> Sentence:
    """Several texts as one, which still says each in its language."""
    values = {f"n{number}": text for number, text in enumerate(texts)}
    form = between.join(f"{{{name}}}" for name in values)
    return Sentence("", (form, form), values)
