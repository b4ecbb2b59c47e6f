"""Pydantic's errors about a plan, said in Swedish so that the author can mend the file."""

from difflib import get_close_matches
from enum import Enum
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from agenda.plan.wanted import OneOf, annotation_at

_SHAPES = {
    "tuple_type": "här ska en lista stå: [ett, två] eller en rad med bindestreck för varje",
    "model_type": "här ska nycklar med värden stå, indragna under raden",
    "model_attributes_type": "här ska nycklar med värden stå, indragna under raden",
    "string_type": "här ska en text stå",
    "date_type": "här ska ett datum stå, som 2020-10-02",
    "time_type": "här ska ett klockslag stå, som 08:00",
    "bool_type": "här ska true (ja) eller false (nej) stå",
    "int_type": "här ska ett heltal stå",
    "string_unicode": "här står ett halvt tecken (\\ud800–\\udfff); skriv hela tecknet",
    "string_too_short": "texten är tom; skriv något eller ta bort raden",
}


def sentence(error: ErrorDetails, model: type[BaseModel]) -> str:
    """What is wrong and how to mend it, without the place."""
    kind, context, path = error["type"], error.get("ctx", {}), error["loc"]
    if kind == "extra_forbidden":
        return _unknown_key(str(path[-1]), annotation_at(model, path[:-1]))
    if kind == "missing":
        return "nyckeln saknas; lägg till den"
    if kind.startswith("union_tag"):
        return _not_a_sort(error["input"], annotation_at(model, path))
    if kind == "value_error":
        return str(context["error"])
    if kind == "enum" or kind == "literal_error":
        return _not_among(str(error["input"]), annotation_at(model, path))
    if kind == "string_too_long":
        return f"texten är för lång; högst {context['max_length']} tecken"
    if kind == "too_short":
        return "listan är tom; här behövs minst en rad"
    if kind == "greater_than_equal":
        return f"ska vara minst {context['ge']}"
    if kind == "less_than_equal":
        return f"ska vara högst {context['le']}"
    return _SHAPES.get(kind, f"värdet går inte att använda ({error['msg']})")


def is_about_the_value(error: ErrorDetails) -> bool:
    """Whether showing the value helps: not when it is missing, or a whole part of the file."""
    return error["type"] not in ("missing", "extra_forbidden") and isinstance(
        error["input"], str | int
    )


def meant(written: str, possible: list[str]) -> str:
    """The nearest of what is possible or, if none is near, all of it."""
    if near := get_close_matches(written, possible, n=1):
        return f"Menar du ”{near[0]}”?"
    return f"Det som går är: {', '.join(possible)}"


def _unknown_key(key: str, owner: Any) -> str:
    return f"okänd nyckel. {meant(key, list(owner.model_fields))}"


def _not_a_sort(written: Any, wanted: OneOf) -> str:
    name = written.get(wanted.key) if isinstance(written, dict) else None
    if name is None:
        return f"nyckeln ”{wanted.key}” saknas. {meant('', list(wanted.sorts))}"
    return f"okänt värde för ”{wanted.key}”. {meant(str(name), list(wanted.sorts))}"


def _not_among(written: str, wanted: Any) -> str:
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return f"okänt värde. {meant(written, [str(member.value) for member in wanted])}"
    return f"okänt värde. {meant(written, [str(value) for value in get_args(wanted)])}"
