"""A field in which one or several of some options are chosen."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal, Self

from agenda.forms.field import FieldType, Lists, Posted, ReplyRow
from agenda.forms.labels import Option
from agenda.forms.values import is_list_of


class Choice(FieldType):
    """One or several of some options, given in place or named as one of the plan's lists."""

    missing: ClassVar[str] = "missing_choice"

    type: Literal["choice"] = "choice"
    options: tuple[Option, ...] = ()
    options_from: str | None = None
    is_multiple: bool = False

    def labels(self, language: str) -> dict[str, str]:
        """What can be chosen."""
        return {option.key: option.label.shown_in(language) for option in self.options}

    def with_lists(self, lists: Lists) -> Self:
        """With its options in place."""
        if self.options_from is None:
            return self
        return self.model_copy(update={"options": lists[self.options_from]})

    def read(self, posted: Posted, name: str) -> Any:
        """The keys of what is chosen, in the options' order; of one alone, the last."""
        written = posted.get(name, ())
        chosen = [option.key for option in self.options if option.key in written]
        return chosen if self.is_multiple else "".join(chosen[-1:])

    def pairs(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """Each option that is chosen."""
        yield from ((name, key) for key in _keys(value))

    def most_pairs(self, value: Any) -> int:
        """All options of several, or one."""
        return len(self.options) if self.is_multiple else 1

    def suits(self, value: Any) -> bool:
        """The keys of several, or the key of one."""
        return is_list_of(str, value) if self.is_multiple else isinstance(value, str)

    def shown(self, value: Any, language: str, level: int) -> Iterator[ReplyRow]:
        """The labels of what is chosen; a key that the form no longer knows stands as it is."""
        labels = self.labels(language)
        text = "\n".join(labels.get(key, key) for key in _keys(value))
        yield ReplyRow(self.label.shown_in(language), text, level, ())


def _keys(value: Any) -> list[str]:
    return value if isinstance(value, list) else [] if value is None else [value]
