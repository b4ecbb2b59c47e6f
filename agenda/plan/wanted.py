"""What the plan's model wants at each place of a file, read from its annotations."""

from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

KeyPath = tuple[str | int, ...]
"""Where a value stands: ("activities", 4, "due_on")."""


@dataclass(frozen=True, slots=True, eq=False)
class OneOf:
    """A part of a file that can be of several sorts, told apart by one of its keys."""

    key: str
    sorts: dict[str, type[BaseModel]]

    def sort(self, name: object) -> type[BaseModel] | None:
        """The model of a sort; None where there is none of that name."""
        return self.sorts.get(name) if isinstance(name, str) else None


def annotation_at(model: Any, path: KeyPath) -> Any:
    """What the model wants at a place as Pydantic names it; None where it knows none such."""
    wanted = bare(model)
    for step in path:
        wanted = inside(wanted, step)
    return wanted


def path_in_file(model: Any, path: KeyPath) -> KeyPath:
    """A place as Pydantic names it, without the names of sorts that it puts in between."""
    wanted = bare(model)
    keys: list[str | int] = []
    for step in path:
        # Of what hangs on a key of the file's own, Pydantic says that it is the key itself.
        if not isinstance(wanted, OneOf) and step != "[key]":
            keys.append(step)
        wanted = inside(wanted, step)
    return tuple(keys)


def inside(wanted: Any, step: str | int) -> Any:
    """What is wanted one step further in; None where the model knows no such place."""
    if isinstance(wanted, OneOf):
        return wanted.sort(step)
    if isinstance(step, int):
        return bare(get_args(wanted)[0]) if get_origin(wanted) is tuple else None
    if get_origin(wanted) is dict:
        return bare(get_args(wanted)[1])
    if isinstance(wanted, type) and issubclass(wanted, BaseModel) and step in wanted.model_fields:
        return bare(wanted.model_fields[step].annotation)
    return None


def is_text(wanted: Any) -> bool:
    """Whether a text is wanted, or a part that may be written as one text."""
    return wanted is str or getattr(wanted, "may_be_text", False)


def bare(annotation: Any) -> Any:
    """An annotation without its constraints and without "or None"."""
    if get_origin(annotation) is Annotated:
        inner, *constraints = get_args(annotation)
        for constraint in constraints:
            if isinstance(constraint, FieldInfo) and isinstance(constraint.discriminator, str):
                return _one_of(constraint.discriminator, get_args(inner))
        return bare(inner)
    if get_origin(annotation) in (Union, UnionType):
        kept = [part for part in get_args(annotation) if part is not type(None)]
        return bare(kept[0])
    return annotation


def _one_of(key: str, models: tuple[type[BaseModel], ...]) -> OneOf:
    return OneOf(key, {str(model.model_fields[key].default): model for model in models})
