"""What Pydantic finds wrong in a plan, as sentences that its author can mend the file by."""

from difflib import get_close_matches
from enum import Enum
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from agenda.plan.sentences import SENTENCES
from agenda.plan.wanted import OneOf, annotation_at

# Of what a dictionary is wanted for, Pydantic says two things.
_ALIKE = {"model_attributes_type": "model_type"}


def sentence(error: ErrorDetails, model: type[BaseModel]) -> str:
    """What is wrong and how to mend it, without the place."""
    kind, context, path = error["type"], error.get("ctx", {}), error["loc"]
    if kind == "extra_forbidden":
        return _unknown_key(str(path[-1]), annotation_at(model, path[:-1]))
    if kind.startswith("union_tag"):
        return _not_a_sort(error["input"], annotation_at(model, path))
    if kind == "value_error":
        # A rule's own sentence, which str() would make Swedish text of.
        return next((word for word in context["error"].args if isinstance(word, str)), "")
    if kind == "enum" or kind == "literal_error":
        return _not_among(str(error["input"]), annotation_at(model, path))
    key = f"model_{_ALIKE.get(kind, kind)}"
    if key in SENTENCES:
        return SENTENCES(key, **context)
    return SENTENCES("model_other", said=error["msg"])


def is_about_the_value(error: ErrorDetails) -> bool:
    """Whether showing the value helps: not when it is missing, or a whole part of the file."""
    return error["type"] not in ("missing", "extra_forbidden") and isinstance(
        error["input"], str | int
    )


def meant(written: str, possible: list[str]) -> str:
    """The nearest of what is possible or, if none is near, all of it."""
    if near := get_close_matches(written, possible, n=1):
        return SENTENCES("meant", near=near[0])
    return SENTENCES("possible", possible=", ".join(possible))


def _unknown_key(key: str, owner: Any) -> str:
    return SENTENCES("unknown_key", meant=meant(key, list(owner.model_fields)))


def _not_a_sort(written: Any, wanted: OneOf) -> str:
    name = written.get(wanted.key) if isinstance(written, dict) else None
    if name is None:
        return SENTENCES("sort_missing", key=wanted.key, meant=meant("", list(wanted.sorts)))
    return SENTENCES("unknown_sort", key=wanted.key, meant=meant(str(name), list(wanted.sorts)))


def _not_among(written: str, wanted: Any) -> str:
    is_enum = isinstance(wanted, type) and issubclass(wanted, Enum)
    possible = [member.value for member in wanted] if is_enum else get_args(wanted)
    return SENTENCES("unknown_value", meant=meant(written, [str(value) for value in possible]))
